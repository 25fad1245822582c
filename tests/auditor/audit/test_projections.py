"""Every table that follows from the ledgers is lost, changed and made up in turn: the audit names the case and builds it again."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import pytest
from structlog.testing import capture_logs

from auditor.audit.audit import Audited, AuditRun, audit
from auditor.findings.sweep import sweep
from casework.program import Context
from domain.acts.connection import AcceptanceHeld
from domain.acts.enforcement.credit import CreditHeard, CreditPublished
from domain.acts.enforcement.process import FindingDecided, Ground, Outcome
from domain.acts.fact import DocumentAttached
from domain.acts.settlement import WorksCosted
from storage.audit.case_pages import read_page
from storage.credit.records import CreditFilter, list_credit
from storage.postgres.transaction import Database
from storage.projections import PROJECTIONS
from tests.auditor.keeping import act, acts, findings, kept
from tests.conftest import Clock
from tests.database import Urls
from tests.domain.accountability.records import decision, falsified, notice
from tests.domain.stories import Story, approval, shanghai

LATER = shanghai("2026-11-19 19:00")
EXTRA = {
    "clock": (
        "INSERT INTO clock (case_id, rule, start_seq, keys, party, started, state, edition, late_entry, provisional, counted, stops) "
        "SELECT case_id, 'made-up', start_seq, keys, party, started, 'running', edition, false, false, false, stops FROM clock "
        "WHERE case_id = $1 LIMIT 1"
    ),
    "finding": (
        "INSERT INTO finding SELECT (json_populate_record(f, json_build_object('finding_id', gen_random_uuid()))).* FROM finding f "
        "WHERE case_id = $1 LIMIT 1"
    ),
    "stretch": "INSERT INTO stretch SELECT case_id, seq, '无此路', utility, city, metres, held_at FROM stretch WHERE case_id = $1",
    "ground": "INSERT INTO ground (finding_id, case_id, finding_case) SELECT gen_random_uuid(), $1, $1",
    "credit_record": (
        "INSERT INTO credit_record (case_id, city, subject_kind, role, state, penalty, proposed_at) "
        "SELECT $1, '420800', 'person', 'user', 'entered', false, date_trunc('second', now())"
    ),
    "works_cost": (
        "INSERT INTO works_cost (case_id, utility, seq, city, scheme, amount, occurred_at) "
        "SELECT $1, 'jm-gas', 1, '420800', 'jingmen-2023', 1, date_trunc('second', now())"
    ),
    "document": (
        "INSERT INTO document (document_id, case_id, seq, sha256, name, media_type, size) "
        "SELECT gen_random_uuid(), $1, 1, sha256('x'), '无.pdf', 'application/pdf', 1"
    ),
}
CHANGED = {
    "clock": "due = due + interval '1 day'",
    "finding": "state = 'withdrawn'",
    "stretch": "metres = metres + 1",
    "ground": "finding_case = case_id",
    "credit_record": "state = 'withdrawn'",
    "works_cost": "amount = amount + 1",
    "document": "name = '别的.pdf'",
}
WORDS = {
    "clock": "clock",
    "finding": "finding",
    "stretch": "works",
    "ground": "ground",
    "credit_record": "entry of a credit file",
    "works_cost": "cost of works",
    "document": "document",
}
HOLDS = ("clock", "finding", "stretch", "works_cost", "document")
"""What the connection case has; the rest has the record."""
TABLES = sorted(WORDS)


class Ledgers(NamedTuple):
    """A connection case with a finding, works that cost something and a document; and the cases of two entries of credit files."""

    case: UUID
    story: Story
    finding: Ground
    records: tuple[UUID, UUID]

    def of(self, table: str) -> UUID:
        """Say which case has rows in a table."""
        return self.case if table in HOLDS else self.records[0]


@pytest.fixture
async def world(db: Database, context: Context) -> Ledgers:
    story = approval()
    case = await kept(db, context, story)
    await sweep(db, context.at(LATER))
    await act(db, context, case, story.at("2026-11-19 19:01"), WorksCosted(utility="jm-water", amount=700), by="jm-water")
    await act(db, context, case, story.at("2026-11-19 19:02"), AcceptanceHeld(utilities=("jm-water",)), by="jm-water")
    paper = DocumentAttached(document_id=UUID(int=5), name="图.pdf", media_type="application/pdf", size=3, sha256="0a" * 32)
    await act(db, context, case, story.at("2026-11-19 19:03"), paper, by="jm-water")
    (row,) = await findings(db, case, "joint-approval")
    ground = Ground(finding_id=row.finding.finding_id, case_id=case)
    await act(db, context, case, story.at("2026-11-19 19:04"), decided(ground, "upheld"), by="jm-spj")
    return Ledgers(case, story, ground, (await published(db, context, ground), await published(db, context, ground)))


def decided(about: Ground, outcome: Outcome) -> FindingDecided:
    return FindingDecided(finding_id=about.finding_id, by="jm-spj", outcome=outcome, reason="核实")


async def published(db: Database, context: Context, ground: Ground) -> UUID:
    """Keep an entry that rests on the finding and is shown for three months."""
    story = Story("jingmen-2023")
    steps = (
        falsified(grounds=(ground,)),
        notice(served="2026-11-19 19:05", until="2026-11-19 19:05"),
        CreditHeard(by="jm-spj", statement="无"),
        decision(),
        CreditPublished(by="jm-spj", how="published", on=date(2026, 11, 19), until=date(2027, 2, 18)),
    )
    for step in steps:
        story.at("2026-11-19 19:06").does(step, by="jm-spj")
    return await kept(db, context, story)


async def everything(db: Database) -> dict[str, list[Any]]:
    """Read every row of every table that follows, by table."""
    async with db.reading() as tx:
        pages = await read_page(tx, None, None, 1000)
    rows = {each.table: [row for page in pages for row in page.kept[at]] for at, each in enumerate(PROJECTIONS)}
    return rows | {"cases": [page.case for page in pages]}


async def as_superuser(urls: Urls, statement: str, *values: object) -> str:
    connection = await asyncpg.connect(urls.admin)
    try:
        return str(await connection.execute(statement, *values))
    finally:
        await connection.close()


async def audited(db: Database, context: Context, now: Clock) -> tuple[Audited, list[tuple[str, str]]]:
    """Audit, and give what was told: of which case, in which words."""
    now.move_to(shanghai("2026-11-19 19:30"))
    with capture_logs() as logs:
        done = await audit(AuditRun(db, context, "one", now, now))
    return done, [(one["case_id"], one["what"]) for one in logs if one["log_level"] == "error"]


@pytest.mark.usefixtures("world")
async def test_what_acts_and_sweeps_left_follows_from_the_ledgers(db: Database, context: Context, now: Clock) -> None:
    before = await everything(db)
    assert {table for table, rows in before.items() if rows} == {*TABLES, "cases"}
    assert await audited(db, context, now) == (await _clean(db), [])
    assert await everything(db) == before


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("table", TABLES)
async def test_rows_that_are_lost_are_told_and_built_again(db: Database, context: Context, now: Clock, urls: Urls, table: str) -> None:
    before = await everything(db)
    assert await as_superuser(urls, f"DELETE FROM {table}") == f"DELETE {len(before[table])}"  # noqa: S608 -- a table of ours
    done, told = await audited(db, context, now)
    assert done.disagreements == len(before[table]) == len(told)
    assert {case for case, _ in told} == {str(row[0]) for row in before[table]}
    assert all(what.startswith(f"{WORDS[table]} ") and what.endswith("follows from the ledger, but is not kept") for _, what in told)
    assert await everything(db) == before
    assert (await audited(db, context, now))[1] == []


@pytest.mark.parametrize("table", TABLES)
async def test_rows_that_are_changed_are_told_and_put_right(
    db: Database, context: Context, now: Clock, urls: Urls, world: Ledgers, table: str
) -> None:
    before = await everything(db)
    await as_superuser(urls, f"UPDATE {table} SET {CHANGED[table]} WHERE case_id = $1", world.of(table))  # noqa: S608 -- a table of ours
    done, told = await audited(db, context, now)
    assert done.disagreements == len(told) == len([row for row in before[table] if row[0] == world.of(table)])
    assert {case for case, _ in told} == {str(world.of(table))}
    assert all(what.startswith(f"{WORDS[table]} ") and "is kept otherwise than the ledger says" in what for _, what in told)
    assert await everything(db) == before
    assert (await audited(db, context, now))[1] == []


@pytest.mark.parametrize("table", TABLES)
async def test_rows_that_follow_from_nothing_are_told_and_removed(
    db: Database, context: Context, now: Clock, urls: Urls, world: Ledgers, table: str
) -> None:
    before, case = await everything(db), world.case
    assert await as_superuser(urls, EXTRA[table], case) == "INSERT 0 1"
    done, told = await audited(db, context, now)
    assert (done.disagreements, [one for one, _ in told]) == (1, [str(case)])
    assert told[0][1].startswith(f"{WORDS[table]} ")
    assert told[0][1].endswith("is kept, but does not follow from the ledger")
    assert await everything(db) == before
    assert (await audited(db, context, now))[1] == []


@pytest.mark.parametrize("table", ["finding", "document"])
async def test_a_row_that_was_moved_to_another_case_comes_back(
    db: Database, context: Context, now: Clock, urls: Urls, world: Ledgers, table: str
) -> None:
    before = await everything(db)
    await as_superuser(urls, f"UPDATE {table} SET case_id = $1", world.records[0])  # noqa: S608 -- a table of ours
    _, told = await audited(db, context, now)
    assert str(world.case) in {case for case, _ in told} <= {str(world.case), str(world.records[0])}
    assert await everything(db) == before
    assert (await audited(db, context, now))[1] == []


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'enquiry'",
        "city = '420281'",
        "subject = '2612-420800-04-01-123456'",
        "year = 2025",
        "state = 'closed'",
        "opened_at = opened_at - interval '1 day'",
        "opened_by = 'jm-gas'",
        "parties = parties || '{jm-gas}'",
        "parties = parties[2:]",
    ],
)
async def test_a_case_that_is_kept_otherwise_than_its_ledger_says_is_told_and_put_right(
    db: Database, context: Context, now: Clock, urls: Urls, world: Ledgers, change: str
) -> None:
    before = await everything(db)
    await as_superuser(urls, f"UPDATE cases SET {change} WHERE case_id = $1", world.case)  # noqa: S608 -- our own words
    _, told = await audited(db, context, now)
    assert [case for case, _ in told] == [str(world.case)]
    assert told[0][1].startswith(f"case {world.case} is kept otherwise than the ledger says: ")
    assert await everything(db) == before
    assert (await audited(db, context, now))[1] == []


async def test_what_follows_from_a_case_is_not_built_upon_what_was_made_of_it(
    db: Database, context: Context, now: Clock, urls: Urls, world: Ledgers
) -> None:
    before = await everything(db)
    await as_superuser(urls, "UPDATE cases SET city = '420281' WHERE case_id = $1", world.case)
    await as_superuser(urls, "DELETE FROM stretch")
    await as_superuser(urls, "DELETE FROM finding")
    await audited(db, context, now)
    assert await everything(db) == before


async def test_a_number_that_was_lost_is_told_each_night_and_never_made_up(
    db: Database, context: Context, now: Clock, urls: Urls, world: Ledgers
) -> None:
    before = await everything(db)
    await as_superuser(urls, "UPDATE cases SET number = NULL WHERE case_id = $1", world.case)
    for _ in range(2):
        _, told = await audited(db, context, now)
        assert told == [(str(world.case), f"case {world.case} is kept otherwise than the ledger says: False instead of True")]
    number = next(case.number for case in before["cases"] if case.case_id == world.case)
    await as_superuser(urls, "UPDATE cases SET number = $1 WHERE case_id = $2", number, world.case)
    assert (await audited(db, context, now))[1] == []


async def test_credit_records_that_were_lost_are_listed_again(
    db: Database, context: Context, now: Clock, urls: Urls, world: Ledgers
) -> None:
    chosen = CreditFilter(city="420800", today=date(2026, 11, 20))
    before = await _listed(db, chosen)
    assert set(before) == set(world.records)
    await as_superuser(urls, "DELETE FROM credit_record")
    assert await _listed(db, chosen) == []
    await audited(db, context, now)
    assert await _listed(db, chosen) == before


async def test_a_finding_that_is_withdrawn_after_its_grounds_were_lost_takes_its_published_record_along(
    db: Database, context: Context, now: Clock, urls: Urls, world: Ledgers
) -> None:
    await as_superuser(urls, "DELETE FROM ground")
    await audited(db, context, now)
    await act(db, context, world.case, world.story.at("2026-11-19 19:40"), decided(world.finding, "withdrawn"), by="jm-spj")
    for record in world.records:
        assert (await acts(db, record))[-2:] == ["ground.fell", "credit.withdrawn"]
    async with db.connection() as tx:
        states = [row["state"] for row in await tx.fetch("SELECT state FROM credit_record")]
    assert states == ["withdrawn", "withdrawn"]


async def _listed(db: Database, chosen: CreditFilter) -> Sequence[UUID]:
    async with db.connection() as tx:
        return [case.case_id for case in await list_credit(tx, chosen, None, 10)]


async def _clean(db: Database) -> Audited:
    async with db.connection() as tx:
        entries = await tx.fetchval("SELECT count(*) FROM entry")
        clocks = await tx.fetchval("SELECT count(*) FROM clock")
    return Audited(cases=3, acts=entries, clocks=clocks)
