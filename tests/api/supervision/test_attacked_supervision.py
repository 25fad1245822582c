"""Supervision attacked over HTTP: portals, parties, other cities and the reported look everywhere for what is not theirs to see."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import httpx
import pytest
from litestar import Litestar

from domain.schemes.enforcement import Role
from tests.api.callers import DAYE, JINGMEN, Body, Callers, opened
from tests.api.process import Office
from tests.api.records import ITEM, SOMEBODY, UTILITY, WEDNESDAY, decided, done, entry, falsified, shown, upheld
from tests.conftest import Clock

OFFICIAL, PORTAL = "欧阳靉靆", "hb-portal"
PERSONS = ("张三丰", "11010519491231002X", OFFICIAL)
OF_A_CASE = ("", "/acts", "/deadlines", "/delay-shares", "/service-figures", "/registers", "/plan", "/documents", "/sign-offs")
PAGES = (
    "cases", "warnings", "suspicions", "findings", "commitments", "inspections", "supervision", "oversight", "credit-records",
    "credit-records/changes", "accountability-records", "settlements", "events",
)  # fmt: skip
WHOLE = ("findings/grouped", "findings.csv", "packs", "scorecards?period=2023", "dossiers/jm-water", "dossiers/jm-spj")


class World(NamedTuple):
    """What there is to be found, each by its id."""

    connection: str
    """With a finding against the water works."""
    finding: str
    """Not yet served."""
    report: str
    """About the water works."""
    credit: str
    """A person's, entered and shared."""
    proposed: str
    """About the water works, not yet served."""
    account: str
    """About the window's body, with an official, not yet served."""
    interview: str
    """To which the portal's own operator is called."""

    def addresses(self) -> list[str]:
        """Give everything that can be asked for."""
        cases = [one for one in self if one != self.finding]
        found = [f"cases/{one}{part}" for one in cases for part in OF_A_CASE]
        found += [f"{kind}/{one}" for one in cases for kind in ("credit-records", "accountability-records", "settlements")]
        found += [f"findings/{self.finding}", f"findings/{self.finding}/pack", *WHOLE]
        return [f"/v1/{one}" for one in (*found, *(f"{page}?limit=200" for page in PAGES))]


@pytest.fixture
async def world(app: Litestar, callers: Callers, moving: Clock) -> World:
    moving.move_to(WEDNESDAY)
    suspected = await falsified(callers, "jm-water")
    credit = await opened(callers("inspector", "jm-fgw"), entry(subject=SOMEBODY, item=ITEM | {"published": False}))
    await decided(callers, credit, moving)
    await shown(callers, credit, how="shared")
    reform = callers("inspector", "jm-fgw")
    proposed = await opened(reform, entry(subject=UTILITY, party="jm-water", suspicion=suspected))
    grounds = [await upheld(app, callers, moving)]
    reform = callers("inspector", "jm-fgw")
    account: Body = {"act": "accountability.proposed", "unit": "jm-spj", "by": "jm-fgw", "conduct": "slow", "facts": "没有推送"}
    account |= {"person": {"name": OFFICIAL, "post": "主任"}, "grounds": grounds}
    report = {"act": "complaint.received", "form": "report", "channel": "12345", "about": "jm-water", "businessEnvironment": True}
    report |= {"class": "general", "subject": "拖延"}
    called = {"act": "interview.arranged", "party": PORTAL, "by": "jm-fgw", "ground": "推送迟延", "place": "三楼"}
    called |= {"heldFor": "2023-09-01T09:00:00+08:00"}
    first = {"complaint": report, "accountability": account, "supervision": called}
    made = {kind: (await opened(reform, {"kind": kind, "city": JINGMEN, "body": body}))["caseId"] for kind, body in first.items()}
    await done(reform, {"caseId": made["complaint"]}, "complaint.accepted", body="jm-fgw")
    moving.move_to(datetime(2023, 8, 2, 2, 0, tzinfo=UTC))
    connection, finding = await Office(app, callers, moving).unconnected()
    entries = (credit["caseId"], proposed["caseId"])
    return World(connection["caseId"], finding["findingId"], made["complaint"], *entries, made["accountability"], made["supervision"])


async def answers(client: httpx.AsyncClient, world: World) -> dict[str, str]:
    """Ask for everything and give each answer with its headers."""
    given = {}
    for address in world.addresses():
        answer = await client.get(address)
        assert answer.status_code in {200, 403, 404}, (address, answer.text)
        given[address] = f"{answer.status_code} {answer.headers} {answer.content.decode('utf-8', 'replace')}"
    return given


def told(given: dict[str, str], secrets: Iterable[str]) -> list[tuple[str, str]]:
    """Name the answers that hold what they should not."""
    return [(address, secret) for address, text in given.items() for secret in secrets if secret in text]


async def test_nobody_finds_what_is_not_theirs_to_see(callers: Callers, world: World) -> None:
    closed = {world.finding, world.report, world.credit, world.proposed, world.account, world.interview}
    looking: dict[tuple[Role, str, str], set[str]] = {
        ("portal", PORTAL, JINGMEN): closed,
        ("utility", "jm-water", JINGMEN): closed,
        ("utility", "jm-gas", JINGMEN): closed,
        ("finance", "jm-czj", JINGMEN): closed | {world.connection},
        ("department", "jm-cgw", JINGMEN): closed - {world.credit},
        ("window", "jm-spj", JINGMEN): closed - {world.credit},
        ("coordinator", "jm-spj", JINGMEN): set(),
        ("supervisor", "jm-fgw", JINGMEN): set(),
        ("inspector", "jm-zjj", JINGMEN): set(),
        ("coordinator", "dy-ysb", DAYE): {*world},
        ("supervisor", "dy-ysb", DAYE): {*world},
        ("inspector", "dy-ysb", DAYE): {*world},
        ("admin", "dy-ysb", DAYE): {*world},
    }
    for (role, party, city), secrets in looking.items():
        given = await answers(callers(role, party, city), world)
        assert told(given, [*secrets, *PERSONS]) == [], (role, party)
    seen = await answers(callers.coordinator(), world)
    assert {secret for _, secret in told(seen, {*world, *PERSONS})} == {*world}
