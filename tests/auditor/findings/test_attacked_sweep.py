"""Attacks on the sweep: a worker that was away comes back just past a limit, and the lights of a year that others belong to."""

from datetime import timedelta

from auditor.findings.sweep import sweep
from casework.program import Context
from storage.postgres.transaction import Database
from tests.auditor.keeping import acts, findings, kept
from tests.domain.stories import approval, said, shanghai

DUE = shanghai("2026-11-19 18:00")


async def test_a_worker_that_comes_back_within_the_margin_warns_of_nothing_and_finds_it_on_time(db: Database, context: Context) -> None:
    case_id = await kept(db, context, approval())
    swept = await sweep(db, context.at(DUE + timedelta(seconds=30)))
    assert (swept.warnings, swept.findings, swept.skipped) == (0, 0, 0)
    swept = await sweep(db, context.at(DUE + timedelta(seconds=60)))
    assert (swept.warnings, swept.findings) == (0, 1)
    assert "warning.raised" not in await acts(db, case_id)


async def test_two_misses_of_one_year_and_one_of_the_next_are_no_repetition(db: Database, context: Context) -> None:
    """Fell due on 29 and 31 December and on 5 January, each swept within its minute: none is the third of its year."""
    ids = [await kept(db, context, approval(told)) for told in ("2026-12-24 10:00", "2026-12-28 10:00", "2026-12-30 10:00")]
    for due in ("2026-12-29 18:01", "2026-12-31 18:01", "2027-01-05 18:01"):
        await sweep(db, context.at(shanghai(due)))
    found = [row.finding for case_id in ids for row in await findings(db, case_id, "joint-approval")]
    assert [said(one.due_at) for one in found] == ["2026-12-29 18:00", "2026-12-31 18:00", "2027-01-05 18:00"]
    assert found[2].light == "yellow"
    async with db.connection() as tx:
        turned = await tx.fetch("SELECT body FROM entry WHERE act = 'light.turned' AND body LIKE '%repeated%' AND case_id = $1", ids[2])
    assert turned == []


async def test_of_three_that_fall_due_at_one_moment_one_is_the_third(db: Database, context: Context) -> None:
    ids = [await kept(db, context, approval()) for _ in range(3)]
    await sweep(db, context.at(DUE + timedelta(seconds=60)))
    lights = [row.finding.light for case_id in ids for row in await findings(db, case_id)]
    assert sorted(lights) == ["red", "yellow", "yellow"]
