"""A finding that lapsed may be found again: under its one id, in the ledger, in the list, and at every audit the same."""

from datetime import date

from auditor.audit.audit import AuditRun, audit
from auditor.findings.sweep import sweep
from casework.program import Context
from domain.acts.enforcement.supervision import RectificationJudged, RectificationOrdered, RectificationReported
from domain.acts.stop import ClockStopped
from storage.postgres.transaction import Database
from tests.auditor.keeping import act, acts, findings, kept, signed
from tests.conftest import Clock
from tests.domain.stories import Story, approval, said, shanghai

KEYS = ("jm-water", "jm-cgw")


async def states(db: Database, context: Context, now: Clock, case_id: object, rule: str, at: str) -> list[tuple[str, str | None]]:
    """Sweep at a moment, audit, and give how the rule's findings stand and when they were due."""
    now.move_to(shanghai(at))
    await sweep(db, context.at(now()))
    audited = await audit(AuditRun(db, context, "one", now, now))
    assert (audited.disagreements, audited.broken_chains) == (0, 0)
    return [(row.finding.state, said(row.finding.due_at)) for row in await findings(db, case_id, rule)]  # type: ignore[arg-type]  # a case's id


async def test_a_stop_told_after_the_finding_ends_it_until_the_new_day_is_missed(db: Database, context: Context, now: Clock) -> None:
    story = approval("2026-11-16 10:00")
    case_id = await kept(db, context, story)
    assert await states(db, context, now, case_id, "joint-approval", "2026-11-19 18:01") == [("open", "2026-11-19 18:00")]
    stop = ClockStopped(
        rule="joint-approval", keys=KEYS, reason="art-45", basis="专家评审",
        needed_until=shanghai("2026-11-23 12:00"), told_at=shanghai("2026-11-19 17:30"),
    )  # fmt: skip
    now.move_to(shanghai("2026-11-20 09:00"))
    await act(db, context, case_id, story.at("2026-11-19 17:30", written="2026-11-20 09:00"), stop)
    assert await states(db, context, now, case_id, "joint-approval", "2026-11-20 09:00") == [("lapsed", "2026-11-23 18:00")]
    assert await states(db, context, now, case_id, "joint-approval", "2026-11-23 18:00") == [("lapsed", "2026-11-23 18:00")]
    assert await states(db, context, now, case_id, "joint-approval", "2026-11-23 18:01") == [("open", "2026-11-23 18:00")]
    written = await acts(db, case_id)
    assert [one for one in written if one.startswith("finding")].count("finding.opened") >= 2
    now.move_to(shanghai("2026-11-24 10:00"))
    await act(db, context, case_id, story.at("2026-11-24 10:00"), signed())
    assert await states(db, context, now, case_id, "joint-approval", "2026-11-24 10:05") == [("open", "2026-11-23 18:00")]


async def test_a_report_that_was_judged_insufficient_brings_its_finding_back(db: Database, context: Context, now: Clock) -> None:
    story = Story("jingmen-2023")
    order = RectificationOrdered(utility="jm-water", department="jm-cgw", defect="路面不平", due_on=date(2026, 11, 18))
    story.at("2026-11-16 09:00").does(order, by="jm-cgw")
    case_id = await kept(db, context, story)
    assert await states(db, context, now, case_id, "rectification", "2026-11-18 18:01") == [("open", "2026-11-18 18:00")]
    now.move_to(shanghai("2026-11-18 18:20"))
    report = RectificationReported(utility="jm-water", evidence="照片")
    await act(db, context, case_id, story.at("2026-11-18 17:50", written="2026-11-18 18:20"), report, by="jm-water")
    assert await states(db, context, now, case_id, "rectification", "2026-11-18 18:20") == [("lapsed", "2026-11-18 18:00")]
    now.move_to(shanghai("2026-11-19 10:00"))
    judged = RectificationJudged(utility="jm-water", accepted=False, reason="仍不平")
    await act(db, context, case_id, story.at("2026-11-19 10:00"), judged)
    assert await states(db, context, now, case_id, "rectification", "2026-11-19 10:00") == [("open", "2026-11-18 18:00")]
