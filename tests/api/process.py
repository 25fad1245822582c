"""A utility's finding over HTTP and the steps of its due process; holds no expected answers."""

from datetime import timedelta

import httpx
from litestar import Litestar

from auditor.findings.sweep import sweep
from casework.access.caller import Caller
from casework.access.roles import SCOPES
from casework.program import read_context
from domain.schemes.enforcement import Role
from tests.api.callers import CREDIT_CODE, JINGMEN, Body, Callers, opened, record, signed_in
from tests.api.records import DOCUMENT, ITEM
from tests.conftest import Clock

AFTER_LATE_ENTRIES = timedelta(hours=23)
"""From Wednesday 16:01 to Thursday 15:01: two office hours, in which an act may still be written down lawfully, ended at 18:00."""


class Office:
    """Everybody who has to do with findings of one city."""

    def __init__(self, app: Litestar, callers: Callers, now: Clock) -> None:
        self.app, self.callers, self.now = app, callers, now

    def account(self, name: str, role: Role, party: str, city: str = JINGMEN) -> httpx.AsyncClient:
        """A client of that very name: four eyes are two accounts."""
        caller = Caller(name, city, party, role, frozenset(SCOPES))
        return signed_in(self.app, caller, self.now())

    async def swept(self) -> None:
        program = self.app.state.program
        await sweep(program.db, await read_context(program.db, program.books, self.now()))

    async def unconnected(self) -> tuple[Body, Body]:
        """Access confirmed on Wednesday 3 June at 10:00, half a working day later, at 16:00, not connected: the case and its finding."""
        case = await opened(self.callers.window())
        await record(self.callers.window(), case, "application.pushed", utilities=["jm-water", "jm-gas"])
        answer = await record(self.callers.water(), case, "access.confirmed", utility="jm-water")
        assert answer.status_code == 201, answer.text
        self.now.advance(hours=6, minutes=1)
        await self.swept()
        return case, await self.found(case, "half-day-connection")

    async def found(self, case: Body, rule: str) -> Body:
        listed = await self.callers.coordinator().get(f"/v1/findings?rule={rule}&limit=200")
        one: Body = next(item for item in listed.json()["items"] if item["caseId"] == case["caseId"])
        return one

    async def notified(self) -> tuple[Body, Body]:
        """The same, served on Thursday 4 June at 15:01: five working days on is Thursday 11 June."""
        case, finding = await self.unconnected()
        self.now.advance(AFTER_LATE_ENTRIES)
        await taken(self.callers.coordinator(), finding, "notifications", servedAt=self.now().isoformat())
        return case, finding

    async def upheld(self) -> tuple[Body, Body]:
        """The same, objected to on Friday 5 June and upheld on Tuesday 9 June by the account `zhang`."""
        case, finding = await self.notified()
        self.now.advance(days=1)
        await taken(self.callers.water(), finding, "objections", text="用户当日未在场")
        self.now.advance(days=4)
        await taken(self.account("zhang", "supervisor", "jm-spj"), finding, "decisions", outcome="upheld", reason="未见用户确认")
        return case, finding


async def step(client: httpx.AsyncClient, finding: Body, kind: str, **fields: object) -> httpx.Response:
    return await client.post(f"/v1/findings/{finding['findingId']}/{kind}", json=fields)


async def taken(client: httpx.AsyncClient, finding: Body, kind: str, **fields: object) -> Body:
    answer = await step(client, finding, kind, **fields)
    assert answer.status_code == 201, answer.text
    whole: Body = answer.json()
    return whole


def ground(finding: Body) -> Body:
    return {"findingId": finding["findingId"], "caseId": finding["caseId"]}


def accountability(*findings: Body) -> Body:
    act = {"act": "accountability.proposed", "unit": "jm-water", "by": "jm-fgw", "conduct": "slow", "facts": "具备接入条件后未按时接入"}
    return {"kind": "accountability", "city": JINGMEN, "body": act | {"grounds": [ground(one) for one in findings]}}


def credit(*findings: Body) -> Body:
    """An entry that rests on findings alone."""
    subject = {"kind": "enterprise", "role": "utility", "name": "荆门市城市水务集团", "creditCode": CREDIT_CODE}
    act = {
        "act": "credit.proposed",
        "subject": subject,
        "party": "jm-water",
        "by": "jm-fgw",
        "conduct": "falsification",
        "facts": "虚报接入",
    }
    document = DOCUMENT | {"issuedOn": "2026-06-05", "servedOn": "2026-06-08"}
    return {"kind": "credit", "city": JINGMEN, "body": act | {"item": ITEM, "restsOn": document, "grounds": [ground(f) for f in findings]}}
