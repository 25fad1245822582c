"""The auditor opens the half-years to be settled at their time, once each, and nothing where a plan settles nothing."""

import asyncio
from datetime import date
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from auditor.audit.audit import AuditRun, begin, take_part
from auditor.audit.verify import verify_ledger
from auditor.jobs import Job
from auditor.settlement.periods import open_periods, run_periods
from casework.program import Context
from domain.acts import Acted
from domain.acts.connection import AcceptanceHeld
from domain.acts.enforcement.supervision import PeriodOpened, StatementChecked, StatementItem, StatementSubmitted
from domain.acts.service import CaseClosed
from domain.acts.settlement import StatementSettled, WorksCosted, YearEndOpened, YearEndSettled
from domain.case import Case
from domain.cases.appending import write
from domain.judging.judge import judge
from domain.ledger import SHA256, Actor
from domain.recording.state import as_it_follows, header_of
from domain.schemes.rulebook import Rulebook
from storage.audit.jobs import last_success
from storage.cases.cases import CaseFilter, list_cases, lock_case, next_number, read_case, save_case
from storage.cases.clocks import read_clocks
from storage.cases.ledger import append, read_ledger
from storage.loading.bulk import Written, write_cases
from storage.postgres.transaction import Database
from storage.settlement.costs import costs_of
from tests.auditor.keeping import BOOKS
from tests.conftest import Clock
from tests.domain.stories import accepted, said, shanghai

WATER, GAS, DONGBAO, DUODAO = "jm-water", "jm-gas", "jm-dongbao", "jm-duodao"
JUNE = "2026-06-01 02:10"
Acts = tuple[tuple[str, str, Acted], ...]


async def keep(db: Database, context: Context, kind: str, district: str | None, subject: str | None, *acts: tuple[str, str, Acted]) -> UUID:
    """Keep a case as these acts left it."""
    at, by, _ = acts[0]
    book = context.books["jingmen-2023"]
    case = Case(
        case_id=uuid4(), kind=kind, scheme=book.id, city="420800", district=district, subject=subject, number=None, year=2026,  # type: ignore[arg-type]  # a kind
        state="open", opened_at=shanghai(at), opened_by=by, parties=(by,), seq=0, head=b"",
    )  # fmt: skip
    told = [(act, shanghai(when), Actor(party, "utility", "person")) for when, party, act in acts]
    case, entries = write(case, told, shanghai(acts[-1][0]), context.offices.newest, SHA256)
    async with db.transaction() as tx:
        clocks = judge(book, entries, context.offices).clocks
        header = header_of(book, case, entries, clocks, context.offices)
        number = await next_number(tx, book.id, 2026) if header.numbered else None
        case = replace(as_it_follows(case, header), district=district, number=number)
        await write_cases(tx, [Written(case, entries, clocks)])
    return case.case_id


async def works(
    db: Database, context: Context, stated: str, utility: str = WATER, district: str | None = DONGBAO, *more: tuple[str, str, Acted]
) -> UUID:
    cost = WorksCosted(utility=utility, amount=700)
    return await keep(
        db, context, "connection", district, None, ("2026-01-05 09:00", "jm-spj", accepted(WATER, GAS)), (stated, utility, cost), *more
    )


async def add(db: Database, context: Context, case_id: UUID, at: str, *acts: Acted) -> None:
    async with db.transaction() as tx:
        case = await lock_case(tx, case_id)
        assert case is not None
        told = [(act, shanghai(at), Actor(WATER, "utility", "person")) for act in acts]
        case, made = write(case, told, shanghai(at), context.offices.newest, SHA256)
        await append(tx, made)
        closed = any(isinstance(act, CaseClosed) for act in acts)
        await save_case(tx, replace(case, state="closed" if closed else case.state))


async def opened(db: Database, context: Context, at: str) -> int:
    return await open_periods(db, context.at(shanghai(at)))


async def subjects(db: Database) -> list[str]:
    async with db.connection() as tx:
        cases = await list_cases(tx, CaseFilter(kind="settlement"), None, 100)
    return sorted(case.subject or "" for case in cases)


async def test_at_its_time_every_district_and_utility_with_costs_has_its_half_year_opened(db: Database, context: Context) -> None:
    await works(db, context, "2026-03-02 10:00")
    await works(db, context, "2026-05-31 10:00")
    await works(db, context, "2026-04-01 10:00", GAS, DUODAO)
    await works(db, context, "2026-04-01 10:00", GAS, None)
    assert await opened(db, context, "2026-05-31 23:59") == 0
    assert await opened(db, context, JUNE) == 2
    assert await subjects(db) == ["jm-gas|jm-duodao|2026-1", "jm-water|jm-dongbao|2026-1"]
    assert await opened(db, context, "2026-06-02 02:10") == 0


async def test_the_period_is_a_case_with_its_reminders_and_a_whole_chain(db: Database, context: Context, now: Clock) -> None:
    await works(db, context, "2026-03-02 10:00")
    await opened(db, context, JUNE)
    async with db.connection() as tx:
        [case] = await list_cases(tx, CaseFilter(kind="settlement"), None, 10)
        clocks = await read_clocks(tx, case.case_id)
        [entry] = await read_ledger(tx, case.case_id)
    assert (case.parties, case.opened_by, case.district) == (("jm-czj", DONGBAO, WATER), "auditor", DONGBAO)
    assert entry.act == PeriodOpened(utility=WATER, district=DONGBAO, year=2026, half=1)
    # Without a day of the finance bureau's: the last working day of June 2026 is Tuesday the 30th.
    assert {(one.rule, one.party, said(one.due)) for one in clocks} == {
        ("settlement-statement", WATER, "2026-06-30 18:00"),
        ("settlement-check", DONGBAO, "2026-06-30 18:00"),
    }
    assert (await verify_ledger(db)).broken == []
    run = AuditRun(db, context, "one", now, now)
    audited = await take_part(run, await begin(run))
    assert (audited.disagreements, audited.broken_chains) == (0, 0)


async def test_two_workers_at_once_open_it_once(db: Database, context: Context) -> None:
    for _ in range(3):
        await works(db, context, "2026-03-02 10:00")
        await works(db, context, "2026-03-02 10:00", GAS, DUODAO)
    assert sorted(await asyncio.gather(*(opened(db, context, JUNE) for _ in range(4)))) == [0, 0, 0, 2]
    assert len(await subjects(db)) == 2


async def test_a_cost_waits_for_the_half_year_in_which_its_works_were_accepted(db: Database, context: Context) -> None:
    held = ("2026-07-02 10:00", WATER, AcceptanceHeld(utilities=(WATER, GAS)))
    case_id = await works(db, context, "2026-05-04 10:00", WATER, DONGBAO, held)
    async with db.connection() as tx:
        [cost] = await costs_of(tx, [case_id], WATER)
        assert await costs_of(tx, [case_id], GAS) == []
    assert (cost.amount, cost.district, said(cost.counts_at), cost.seq) == (700, DONGBAO, "2026-07-02 10:00", 2)
    assert await opened(db, context, "2026-07-03 02:10") == 0
    assert await opened(db, context, "2026-12-01 02:10") == 1
    assert await subjects(db) == ["jm-water|jm-dongbao|2026-2"]


async def test_what_was_stated_after_its_half_year_was_settled_opens_the_next(db: Database, context: Context) -> None:
    first = await works(db, context, "2026-03-02 10:00")
    await opened(db, context, JUNE)
    async with db.connection() as tx:
        [case] = await list_cases(tx, CaseFilter(kind="settlement"), None, 10)
    item = StatementItem(case_id=first, amount=700)
    pay = StatementSettled(district=DONGBAO, utility=WATER, amount=700, paid_on=date(2026, 6, 20), reference="1")
    accept = StatementChecked(district=DONGBAO, accepted=True)
    await add(db, context, case.case_id, "2026-06-20 10:00", StatementSubmitted(utility=WATER, amount=700, items=(item,)), accept, pay)
    await add(db, context, case.case_id, "2026-06-21 10:00", CaseClosed(outcome="已结算"))
    # Nothing is left to settle: neither then nor at the year's end.
    assert await opened(db, context, "2026-12-01 02:10") == 0
    await works(db, context, "2026-06-25 10:00")
    assert await opened(db, context, "2026-07-01 02:10") == 0
    assert await opened(db, context, "2026-12-01 02:10") == 1
    assert await subjects(db) == ["jm-water|jm-dongbao|2026-1", "jm-water|jm-dongbao|2026-2"]


async def test_a_year_that_is_settled_with_the_city_opens_no_more(db: Database, context: Context) -> None:
    end = YearEndSettled(district=DONGBAO, year=2026, settled=0, amount=0, paid_on=date(2026, 12, 20), reference="1")
    begun = ("2026-12-01 09:00", "jm-czj", YearEndOpened(district=DONGBAO, year=2026))
    await keep(db, context, "settlement", DONGBAO, "jm-dongbao|2026", begun, ("2026-12-20 09:00", "jm-czj", end))
    await works(db, context, "2026-12-21 10:00")
    assert await opened(db, context, "2026-12-22 02:10") == 0
    assert await opened(db, context, "2027-06-01 02:10") == 1
    assert await subjects(db) == ["jm-dongbao|2026", "jm-water|jm-dongbao|2027-1"]


async def test_a_plan_without_a_settlement_has_nothing_opened(db: Database, context: Context) -> None:
    await works(db, context, "2026-03-02 10:00")
    bare = Rulebook(replace(BOOKS["jingmen-2023"].scheme, settlement=None))
    assert await opened(db, replace(context, books={bare.id: bare, "daye-2023": BOOKS["daye-2023"]}), JUNE) == 0


@pytest.fixture
def job(db: Database, now: Clock) -> Job:
    now.move_to(shanghai("2026-06-01 02:11"))
    return Job(db, BOOKS, "one", now, now)


async def test_the_job_looks_once_a_night(job: Job, context: Context, now: Clock) -> None:
    await works(job.db, context, "2026-03-02 10:00")
    assert await run_periods(job) == 1
    async with job.db.connection() as tx:
        assert (await last_success(tx))["periods"] == now()
    await works(job.db, context, "2026-06-01 02:00", GAS, DUODAO)
    assert await run_periods(job) == 0
    now.move_to(shanghai("2026-06-02 02:10"))
    assert await run_periods(job) == 1
    async with job.db.connection() as tx:
        cases = await list_cases(tx, CaseFilter(kind="settlement"), None, 10)
        assert await read_case(tx, cases[0].case_id) == cases[0]
