"""The worked cases again, told over HTTP to a database of their own, by a client of each party, as the sweep looks on."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from litestar import Litestar

from auditor.findings.sweep import sweep
from casework.access.caller import Caller
from casework.access.roles import SCOPES
from casework.program import read_context
from cli.servers import Addresses
from domain.acts import OPENS, tag_of
from domain.schemes.enforcement import Role
from tests.api.callers import Body, signed_in
from tests.api.conftest import started
from tests.conftest import Clock
from tests.database import copied
from tests.domain.stories import LINJIANG, Story, said, shanghai
from tests.domain.worked_cases.worked import (
    FILES,
    NAMES,
    STILL,
    Act,
    Deadline,
    Example,
    Found,
    check_doubts,
    check_findings,
    check_suspicions,
    read,
)

ROLES: tuple[Role, ...] = get_args(Role)


@pytest.fixture
async def alone(servers: Addresses, template: str, moving: Clock) -> AsyncIterator[Litestar]:
    """The application on a database of the test's own."""
    async with copied(servers, template) as urls, started(urls.app, moving, schemes=(LINJIANG,)) as app:
        yield app


class Counter:
    """Takes a file's acts over HTTP, each when it was written."""

    def __init__(self, app: Litestar, example: Example, now: Clock) -> None:
        self.app, self.example, self.now = app, example, now
        self.story = Story(example.scheme)
        self.ids: dict[str, str] = {}

    def client(self, party: str, role: str, account: str = "person") -> httpx.AsyncClient:
        named = next(one for one in ROLES if one == role)
        caller = Caller(f"{party}-{account}", self.story.book.scheme.city.code, party, named, frozenset(SCOPES))
        return signed_in(self.app, caller, self.now())

    async def office(self, path: str) -> Any:  # noqa: ANN401 -- JSON is any value
        """Read something as whoever coordinates the city."""
        party = next(one.code for one in self.story.book.scheme.parties if "coordinator" in one.roles)
        async with self.client(party, "coordinator") as client:
            answer = await client.get(path)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    async def take(self, act: Act) -> None:
        self.now.move_to(act.recorded)
        await self.sweep()
        body = act.body(self.ids)
        async with self.client(act.by, act.role or self.story.role(body, act.by), act.account) as client:
            answer = await self._post(client, act, tag_of(body))
        if act.refused:
            assert answer.status_code >= httpx.codes.BAD_REQUEST, (act.at, act.act["act"])
            says = "There is no such case" if act.refused.hidden else act.refused.says
            assert says in answer.json()["detail"], answer.text
            return
        assert answer.status_code == httpx.codes.CREATED, (act.at, act.act["act"], answer.text)
        check_doubts(act, tuple(answer.json()["doubts"]))
        self.ids.setdefault(act.case, answer.json().get("caseId", ""))

    async def _post(self, client: httpx.AsyncClient, act: Act, tag: str) -> httpx.Response:
        told: Body = {"body": act.told(self.ids), "occurredAt": act.moment.isoformat()}
        if act.case in self.ids:
            return await client.post(f"/v1/cases/{self.ids[act.case]}/acts", json=told)
        opening = {"kind": OPENS[tag], "city": self.story.book.scheme.city.code, "district": act.district}
        return await client.post("/v1/cases", json=told | {name: value for name, value in opening.items() if value})

    async def sweep(self) -> None:
        program = self.app.state.program
        await sweep(program.db, await read_context(program.db, program.books, self.now()))

    async def deadlines(self) -> list[Deadline]:
        shown = {name: await self.office(f"/v1/cases/{case}/deadlines") for name, case in self.ids.items()}
        return [
            Deadline(one["rule"], tuple(one["keys"].values()), one["party"], _told(one["dueAt"]) or STILL, one["state"], name)
            for name, page in shown.items()
            for one in page["items"]
        ]

    async def findings(self) -> list[Found]:
        names = {case: name for name, case in self.ids.items()}
        return [
            Found(
                one["rule"],
                tuple(one["keys"].values()),
                one["party"],
                _told(one["dueAt"]) or "",
                one["state"],
                names[one["caseId"]],
                one["contested"],
            )
            for one in (await self.office("/v1/findings?limit=200"))["items"]
        ]

    async def suspicions(self) -> list[tuple[str, str]]:
        shown = {name: await self.office(f"/v1/cases/{case}/acts?limit=200") for name, case in self.ids.items()}
        return [(name, one["body"]["about"]) for name, page in shown.items() for one in page["items"] if one["act"] == "suspicion.raised"]

    async def states(self) -> dict[str, str]:
        shown = {name: (await self.office(f"/v1/cases/{case}"))["state"] for name, case in self.ids.items()}
        return {name: state for name, state in shown.items() if state != "open"}


def _told(moment: str | None) -> str | None:
    return None if moment is None else said(shanghai("2026-01-01").fromisoformat(moment))


@pytest.mark.parametrize("path", FILES, ids=NAMES)
async def test_the_example_comes_out_the_same_over_http(path: Path, alone: Litestar, moving: Clock) -> None:
    example = read(path)
    counter = Counter(alone, example, moving)
    for act in example.acts:
        await counter.take(act)
    moving.move_to(shanghai(example.now))
    await counter.sweep()
    check_findings(await counter.findings(), example.findings)
    check_suspicions(await counter.suspicions(), example.suspicions)
    assert sorted(await counter.deadlines()) == sorted(example.deadlines)
    assert await counter.states() == example.states
