"""A person that goes through every operation, errors and all, is found nowhere plain: no log, no row, no address, no feed, no figure."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any, cast

import asyncpg
import httpx
import pytest
import structlog
from litestar import Litestar

from auditor.findings.sweep import sweep
from casework.program import read_context
from storage.postgres.transaction import Database
from tests.api.callers import JINGMEN, Body, Callers, application, opened, record
from tests.conftest import Clock
from tests.database import Urls

NAME, PHONE, ID_NUMBER = "鬱靉龘", "13975318642", "420800197503186424"
MARKS = (NAME, PHONE, ID_NUMBER)
APPLICANT = {"name": "荆门某某制造有限公司", "contact": NAME, "legalRepresentative": NAME, "phone": PHONE, "idNumber": ID_NUMBER}
_keys = count(1)


class Heard:
    """Everything that answers, by address and by text, but for those that are asked to say it whole."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.texts: list[str] = []

    async def __call__(self, response: httpx.Response) -> None:
        await response.aread()
        headers = [value for name, value in response.headers.items() if name in {"location", "link", "etag", "content-disposition"}]
        self.addresses += [str(response.request.url), *headers]
        if not response.request.url.path.endswith("/personal-data"):
            self.texts.append(response.text)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def listening(callers: Callers, heard: Heard) -> Callable[..., httpx.AsyncClient]:
    """Callers whose every answer is heard, each POST under a key of its own."""

    def caller(role: Any, party: str) -> httpx.AsyncClient:  # noqa: ANN401 -- a role's name
        client = callers(role, party)
        client.event_hooks["response"].append(heard)

        async def keyed(request: httpx.Request) -> None:
            if request.method == "POST":
                request.headers["idempotency-key"] = f"marker-{next(_keys)}"

        client.event_hooks["request"].append(keyed)
        return client

    return caller


@pytest.fixture
async def logged(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> AsyncIterator[Callable[[], str]]:
    """What the program has logged, whichever way."""
    with structlog.testing.capture_logs() as events:

        def said() -> str:
            out, err = capsys.readouterr()
            return out + err + caplog.text + repr(events)

        yield said


async def rows(urls: Urls) -> str:
    """Every value of every column of every table, as text; bytes as they are."""
    connection = await asyncpg.connect(urls.admin)
    try:
        tables = [row["tablename"] for row in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        found = [await connection.fetch(f'SELECT * FROM "{table}"') for table in tables]  # noqa: S608 -- our own tables
    finally:
        await connection.close()
    assert len(tables) > 15
    return "\n".join(_text(value) for table in found for row in table for value in row.values())


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def bodies() -> list[Body]:
    person = {"name": NAME, "phone": PHONE}
    enquiry = {"act": "enquiry.received", "channel": "12345", "receiver": "jm-spj", "class": "general", "reason": "一般事项"}
    enquiry |= {"subject": "通水进度", "place": "市民中心", "window": "3", "officer": "李四"}
    complaint = {"act": "complaint.received", "form": "complaint", "channel": "12345", "about": "jm-water", "businessEnvironment": True}
    complaint |= {"class": "general", "subject": "拖延"}
    demand = {"act": "demand.registered", "occasion": "other", "form": application(applicant=APPLICANT)["body"]["form"]}
    return [
        application(applicant=APPLICANT),
        application(applicant=APPLICANT | {"name": NAME, "kind": "resident"}, address=f"某某某某小区1栋{NAME}"),
        {"kind": "connection", "city": JINGMEN, "body": demand},
        {"kind": "enquiry", "city": JINGMEN, "body": enquiry | {"customer": cast("Any", person)}},
        {"kind": "complaint", "city": JINGMEN, "body": complaint | {"reporter": cast("Any", person)}},
    ]


async def drive_wrong(client: httpx.AsyncClient, case: Body) -> None:
    """Send what is refused: not JSON, unknown fields, wrong types, out of order, a key used twice, another version."""
    acts = f"/v1/cases/{case['caseId']}/acts"
    form = application(applicant=APPLICANT)["body"]["form"]
    for content in (
        json.dumps({"body": {"phone": PHONE}})[:-1],
        json.dumps({"kind": "connection", "city": JINGMEN, "body": {"act": "application.accepted", "form": form | {PHONE: NAME}}}),
        json.dumps({"kind": PHONE, "city": JINGMEN, "body": {"act": ID_NUMBER}}),
    ):
        for path in ("/v1/cases", acts):
            await client.post(path, content=content, headers={"content-type": "application/json"})
    wrong = APPLICANT | {"idNumber": ID_NUMBER + "9" * 200, "phone": f"sealed:{PHONE}"}
    await client.post("/v1/cases", json=application(applicant=wrong))
    await record(client, case, "application.refused", form=form, clause="二", reason="x", refusedBy="jm-spj")
    await record(client, case, "application.accepted", form=form | {"applicant": APPLICANT | {"creditCode": "91350100M000100Y44"}})
    await record(client, case, "personal_data.read", reason=NAME, fields=[PHONE])
    await client.post(acts, json={"body": {"act": "application.accepted", "form": form}}, headers={"if-match": '"99"'})


async def drive_right(client: httpx.AsyncClient, case: Body) -> None:
    """Read the case in every way, and the persons whole."""
    for path in ("", "/acts", "/deadlines", "/sign-offs", "/documents", "/plan", "/registers"):
        await client.get(f"/v1/cases/{case['caseId']}{path}")
    for path in ("/v1/cases?limit=200", "/v1/events?limit=200", "/v1/findings?limit=200", "/metrics", "/health/ready", "/v1/openapi.json"):
        await client.get(path)
    await client.post(f"/v1/cases/{case['caseId']}/personal-data", json={"reason": "预约"})


async def test_nobody_is_found_anywhere(
    listening: Callable[..., httpx.AsyncClient],
    heard: Heard,
    logged: Callable[[], str],
    app: Litestar,
    database: Database,
    fresh_urls: Urls,
    moving: Clock,
) -> None:
    window, office, water = listening("window", "jm-spj"), listening("coordinator", "jm-spj"), listening("utility", "jm-water")
    first = await opened(window, bodies()[0])
    cases = [first]
    for body in bodies()[1:]:
        answer = (await (window if body["kind"] != "complaint" else listening("inspector", "jm-fgw")).post("/v1/cases", json=body)).json()
        assert "caseId" in answer, answer
        cases.append(answer)
    for case in cases:
        for client in (window, office, water, listening("inspector", "jm-fgw"), listening("portal", "hb-portal")):
            await drive_wrong(client, case)
            await drive_right(client, case)
    whole = await water.post(f"/v1/cases/{first['caseId']}/personal-data", json={"reason": "预约"})
    assert PHONE in whole.text, whole.text
    await fail_inside(app, window)
    moving.advance(days=3)
    await sweep(database, await read_context(database, app.state.program.books, moving()))
    for client in (listening("coordinator", "jm-spj"), listening("inspector", "jm-fgw")):
        found = (await client.get("/v1/findings?limit=200")).json()["items"]
        assert found
        await asyncio.gather(*(client.get(f"/v1/findings/{one['findingId']}") for one in found))
    said, kept = logged(), await rows(fresh_urls)
    assert '"sealed:1:' in kept
    for mark in MARKS:
        assert mark not in said, "the log"
        assert mark not in kept, "the database"
        assert not [one for one in heard.addresses if mark in one], "an address"
        assert not [one for one in heard.texts if mark in one and '"status":400' not in one], "an answer"
        assert json.dumps(mark)[1:-1] not in kept + said
    assert not [one for one in heard.texts if "sealed:1:" in one]


async def fail_inside(app: Litestar, client: httpx.AsyncClient) -> None:
    """What is missing in the middle of a request is a fault of ours, told and logged without a value."""
    program = app.state.program
    ring, program.ring = program.ring, None
    try:
        answer = await client.post("/v1/cases", json=bodies()[0])
        assert answer.status_code == 500, answer.text
    finally:
        program.ring = ring
