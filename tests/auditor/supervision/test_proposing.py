"""The auditor proposes orders, interviews and referrals with what is under them: each once, whoever else is at it; a person takes them."""

import asyncio
from datetime import timedelta
from uuid import UUID

from auditor.audit.audit import AuditRun, audit
from auditor.jobs import PROPOSE_EVERY, Job, run_propose
from auditor.supervision.proposing import propose
from casework.program import Context
from domain.acts.enforcement.audit import StepProposed
from domain.judging.judge import judge
from storage.audit.jobs import last_success
from storage.cases.ledger import read_ledger
from storage.loading.bulk import Written, write_cases
from storage.postgres.transaction import Database
from tests.auditor.keeping import BOOKS
from tests.conftest import Clock
from tests.domain.stories import shanghai
from tests.domain.supervision.laddering import PARKS, WATER, Ladder, insufficient_twice

LATER = shanghai("2026-12-01 12:00")


async def stored(db: Database, context: Context, ladder: Ladder) -> None:
    """Keep every case of the ladder with its clocks."""
    written = [
        Written(case, ladder.entries(name), judge(BOOKS[case.scheme], ladder.entries(name), context.offices).clocks)
        for name, case in ladder.desk.cases.items()
    ]
    async with db.transaction() as tx:
        await write_cases(tx, written)


async def proposed(db: Database, case_id: UUID) -> list[tuple[str, str, str | None, tuple[int, ...]]]:
    async with db.connection() as tx:
        acts = [entry.act for entry in await read_ledger(tx, case_id) if entry.actor.role == "auditor"]
    return [(one.step, one.party, one.department, one.because_seqs) for one in acts if isinstance(one, StepProposed)]


async def test_an_order_and_an_interview_are_proposed_once_where_they_belong(db: Database, context: Context, now: Clock) -> None:
    ladder = insufficient_twice()
    ladder.finds("2026-06-20", item=3)
    await stored(db, context, ladder)
    assert await propose(db, context.at(LATER)) == 2
    assert await proposed(db, ladder.id("commitment")) == [("order", WATER, PARKS, (7,))]
    assert await proposed(db, ladder.id("second")) == [("interview", WATER, PARKS, (1, 3))]
    assert await proposed(db, ladder.id("first")) == []
    assert await propose(db, context.at(LATER)) == 0
    now.move_to(LATER)
    audited = await audit(AuditRun(db, context, "one", now, now))
    assert audited.broken_chains == 0


async def test_several_workers_propose_nothing_twice(db: Database, context: Context) -> None:
    ladder = insufficient_twice()
    ladder.finds("2026-06-20", item=3)
    await stored(db, context, ladder)
    assert sum(await asyncio.gather(*(propose(db, context.at(LATER)) for _ in range(4)))) == 2
    assert len(await proposed(db, ladder.id("second"))) == 1


async def test_a_referral_is_proposed_where_nobody_came_to_the_interview(db: Database, context: Context) -> None:
    ladder = insufficient_twice()
    ladder.calls("second", "2026-06-18 11:00", "2026-06-22 09:00")
    ladder.holds("second", "2026-06-22 10:00")
    await stored(db, context, ladder)
    assert await propose(db, context.at(LATER)) == 1
    assert await proposed(db, ladder.id("second")) == [("referral", WATER, PARKS, (5,))]


async def test_a_late_rectification_that_was_accepted_proposes_nothing(db: Database, context: Context) -> None:
    ladder = Ladder()
    ladder.orders("first", "2026-03-17 10:00", "2026-03-27", ladder.finds("2026-03-16"))
    ladder.orders("second", "2026-06-09 10:00", "2026-06-18", ladder.finds("2026-06-08", item=2))
    ladder.reports("second", "2026-06-22 10:00")
    ladder.judges("second", "2026-06-22 11:00", accepted=True)
    await stored(db, context, ladder)
    assert await propose(db, context.at(LATER)) == 0


async def test_a_city_without_a_ladder_is_proposed_nothing(db: Database, context: Context) -> None:
    ladder = insufficient_twice()
    await stored(db, context, ladder)
    daye = Context({"daye-2023": BOOKS["daye-2023"]}, context.offices, LATER)
    assert await propose(db, daye) == 0


async def test_the_job_looks_again_after_some_minutes(db: Database, context: Context, now: Clock) -> None:
    await stored(db, context, insufficient_twice())
    now.move_to(LATER)
    job = Job(db, BOOKS, "one", now, now)
    assert await run_propose(job) == 1
    now.advance(seconds=60)
    assert await run_propose(job) == 0
    async with db.connection() as tx:
        assert (await last_success(tx))["propose"] == LATER
    now.move_to(LATER + PROPOSE_EVERY + timedelta(seconds=1))
    assert await run_propose(job) == 0
    async with db.connection() as tx:
        assert (await last_success(tx))["propose"] == now()
