"""Lights that are to turn are found by their overrun and by how many went before in the year; what no longer stands is not counted."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.finding import Finding
from domain.warnings.lights import Series
from storage.findings.findings import save_findings
from storage.findings.lights import first_of, lock_cases, record_turned, turning
from storage.postgres.transaction import Database, Tx
from tests.storage.making import AT, STAGES, a_finding, entries_of, stored

THREE = {"jingmen-2023": 3}
NEVER = datetime(2044, 1, 1, tzinfo=UTC)
MIDNIGHT = datetime(2025, 12, 31, 16, tzinfo=UTC)
"""The first moment of 2026 in Shanghai."""


async def found(tx: Tx, party: str, *dues: datetime, **changes: object) -> list[UUID]:
    """Findings of one party, each in a case of its own, that no overrun makes red."""
    made: list[UUID] = []
    for due in dues:
        case = await stored(tx)
        finding: Finding = a_finding(case.case_id, **({"party": party, "due_at": due, "red_at": NEVER} | changes))
        await save_findings(tx, case, [finding], stages=STAGES)
        made.append(finding.finding_id)
    return made


async def red(tx: Tx, now: datetime, only: list[UUID]) -> dict[UUID, str]:
    return {one.finding_id: one.because for one in await turning(tx, now, THREE, 100, only)}


async def test_an_overrun_turns_red_once_it_has_lasted_and_one_that_ended_before_never_does(database: Database) -> None:
    async with database.transaction() as tx:
        [lasting] = await found(tx, "a", AT, red_at=AT)
        [ended] = await found(tx, "b", AT, red_at=AT, ended_at=AT)
        [later] = await found(tx, "c", AT, red_at=AT, ended_at=AT + timedelta(seconds=1))
        [lapsed] = await found(tx, "d", AT, red_at=AT, state="lapsed")
        every = [lasting, ended, later, lapsed]
        assert await red(tx, AT, every) == {}
        assert await red(tx, AT + timedelta(seconds=1), every) == {lasting: "overrun", later: "overrun"}
        assert await turning(tx, AT + timedelta(days=1), {}, 100, [ended, lapsed]) == []


async def test_from_the_third_of_a_year_on_each_is_red_and_the_year_is_shanghais(database: Database) -> None:
    hour = timedelta(hours=1)
    async with database.transaction() as tx:
        dues = [MIDNIGHT - hour, MIDNIGHT - 2 * hour, MIDNIGHT, MIDNIGHT + hour, MIDNIGHT + 2 * hour, MIDNIGHT + 3 * hour]
        made = await found(tx, "e", *dues)
        # Two fell due in 2025: of 2026 it is the third and the fourth.
        assert await red(tx, AT, made) == dict.fromkeys(made[4:], "repeated")
        assert await red(tx, AT, made[:4]) == {}


@pytest.mark.parametrize("state", ["lapsed", "excused", "withdrawn"])
async def test_what_no_longer_stands_is_not_counted(database: Database, state: str) -> None:
    async with database.transaction() as tx:
        gone = await found(tx, f"f-{state}", AT, AT, state=state)
        two = await found(tx, f"f-{state}", AT + timedelta(days=1), AT + timedelta(days=2))
        assert await red(tx, AT, gone + two) == {}
        third = await found(tx, f"f-{state}", AT + timedelta(days=3))
        assert await red(tx, AT, gone + two + third) == {third[0]: "repeated"}


async def test_another_party_rule_or_plan_counts_apart(database: Database) -> None:
    async with database.transaction() as tx:
        made = await found(tx, "g", AT, AT + timedelta(days=1))
        made += await found(tx, "h", AT + timedelta(days=2))
        case = await stored(tx)
        other = a_finding(case.case_id, party="g", rule="other", due_at=AT + timedelta(days=3), red_at=NEVER)
        await save_findings(tx, case, [other], stages={"other": "survey"})
        assert await red(tx, AT, [*made, other.finding_id]) == {}
        third = await found(tx, "g", AT + timedelta(days=4))
        assert await turning(tx, AT, {"daye-2023": 3}, 100, third) == []
        assert await red(tx, AT, third) == {third[0]: "repeated"}


async def test_the_first_of_a_series_are_read_with_their_moments(database: Database) -> None:
    series = Series("420800", "i", "joint-approval", 2026)
    async with database.transaction() as tx:
        dues = [AT + timedelta(days=number) for number in range(4)]
        made = await found(tx, "i", *reversed(dues))
        assert await first_of(tx, [series], [], 2) == {series: [(dues[0], made[3]), (dues[1], made[2])]}
        assert await first_of(tx, [series], [made[3]], 2) == {series: [(dues[1], made[2]), (dues[2], made[1])]}
        assert await first_of(tx, [series], [], 0) == {series: []}
        assert await first_of(tx, [], [], 2) == {}


async def test_a_turned_light_is_written_with_its_entry_and_its_cases_head(database: Database) -> None:
    async with database.transaction() as tx:
        case = await stored(tx)
        finding = a_finding(case.case_id, party="j", red_at=AT)
        await save_findings(tx, case, [finding], stages=STAGES)
        [locked] = await lock_cases(tx, [case.case_id])
        [entry] = entries_of(case, 1, start=2, previous=case.head)
        changed = replace(locked, seq=2, head=entry.hash)
        await record_turned(tx, [changed], [entry], [finding.finding_id])
        assert await lock_cases(tx, [case.case_id]) == [changed]
        assert await red(tx, AT + timedelta(days=9), [finding.finding_id]) == {}
