"""Every refusal has its status, and a bug shows nothing of the inside."""

import importlib
import pkgutil
from collections.abc import Iterator

import httpx
import pytest
import structlog
from litestar import Litestar

import api
import domain
import schemes
import storage
from api.wire.problems import FAULT, TABLE, row_of
from domain.refusals import Refusal
from storage.postgres.faults import StorageFault
from tests.api.callers import Callers

PHONE = "13800000000"


def every_kind(above: type[Exception]) -> Iterator[type[Exception]]:
    for kind in above.__subclasses__():
        yield kind
        yield from every_kind(kind)


@pytest.mark.parametrize("above", [Refusal, StorageFault])
def test_every_refusal_and_fault_has_its_own_row(above: type[Exception]) -> None:
    for room in (api, domain, schemes, storage):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if "piccolo" not in module.name and "migration" not in module.name:
                importlib.import_module(module.name)
    lacking = [kind for kind in every_kind(above) if kind not in TABLE and row_of(kind) == FAULT]
    assert lacking == []


def test_each_status_is_the_one_that_callers_were_promised() -> None:
    found = {kind.__name__: row.status for kind, row in TABLE.items()}
    promised = {"NotFound": 404, "NotAllowed": 403, "OutOfOrder": 409, "AlreadyDone": 409, "StaleVersion": 412, "NotCovered": 422}
    promised |= {"Malformed": 422, "KeyReused": 422, "NotComputable": 422, "NotReadable": 400, "NotAuthenticated": 401, "TooLarge": 413}
    promised |= {"WrongMediaType": 415, "DatabaseAway": 503, "OldSchema": 503, "Busy": 503}
    assert {name: found[name] for name in promised} == promised


async def test_a_bug_is_logged_and_shows_nothing_of_the_inside(app: Litestar, callers: Callers, monkeypatch: pytest.MonkeyPatch) -> None:
    office = callers.coordinator()
    assert (await office.get("/v1/cases")).status_code == 200
    monkeypatch.setattr(app.state.program, "db", None)
    with structlog.testing.capture_logs() as logs:
        answer = await office.get("/v1/cases/00000000-0000-4000-8000-000000000000")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "NoneType" not in answer.text
    (entry,) = [entry for entry in logs if entry["event"] == "fault"]
    assert entry["case"] == "00000000-0000-4000-8000-000000000000"
    assert "NoneType" in entry["trace"]


async def test_the_log_of_a_bug_holds_no_row_of_the_database(app: Litestar, callers: Callers, monkeypatch: pytest.MonkeyPatch) -> None:
    office = callers.coordinator()
    message, cause = f"new row violates a check\nDETAIL:  Failing row contains ({PHONE}).", f"first\n{PHONE}"

    def fails() -> None:
        raise RuntimeError(message) from ValueError(cause)

    monkeypatch.setattr(app.state.program, "domain_clock", fails)
    with structlog.testing.capture_logs() as logs:
        assert (await office.get("/v1/cases")).status_code == 500
    (entry,) = [entry for entry in logs if entry["event"] == "fault"]
    assert "new row violates a check" in entry["trace"]
    assert "test_problems.py" in entry["trace"]
    assert PHONE not in entry["trace"]


async def test_an_unknown_address_is_a_problem_too(anybody: httpx.AsyncClient) -> None:
    answer = await anybody.get("/v2/cases")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
