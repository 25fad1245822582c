"""A finding that lapses takes along what rests on it, in the sweep's own transaction, and once."""

from datetime import timedelta
from uuid import UUID

from auditor.findings.sweep import sweep
from casework.program import Context
from domain.acts.enforcement.accountability import AccountabilityProposed
from domain.acts.enforcement.process import Ground
from storage.postgres.transaction import Database
from tests.auditor.keeping import act, acts, findings, kept, signed
from tests.domain.stories import Story, approval, shanghai

DUE = shanghai("2026-11-19 18:00")


async def record_on(db: Database, context: Context, *cases: UUID) -> UUID:
    """Keep a record that rests on the finding of each case, as the API would."""
    grounds = [Ground(finding_id=(await findings(db, one, "joint-approval"))[0].finding.finding_id, case_id=one) for one in cases]
    story = Story("jingmen-2023")
    proposed = AccountabilityProposed(unit="jm-cgw", by="jm-fgw", conduct="slow", facts="逾期", grounds=tuple(grounds))
    story.at("2026-11-19 18:05").does(proposed, by="jm-fgw")
    return await kept(db, context, story)


async def test_a_lapsed_finding_takes_along_what_rests_on_it_once(db: Database, context: Context) -> None:
    story = approval()
    case_id = await kept(db, context, story)
    await sweep(db, context.at(DUE + timedelta(minutes=2)))
    record = await record_on(db, context, case_id)
    await act(db, context, case_id, story.at("2026-11-19 17:00", "2026-11-19 18:30"), signed())
    for moment in ("2026-11-19 18:31", "2026-11-20 18:31"):
        await sweep(db, context.at(shanghai(moment)))
        assert await acts(db, record) == ["accountability.proposed", "ground.fell", "accountability.withdrawn"]


async def test_two_findings_that_lapse_in_one_sweep_both_fall(db: Database, context: Context) -> None:
    stories = [approval(), approval()]
    cases = [await kept(db, context, story) for story in stories]
    await sweep(db, context.at(DUE + timedelta(minutes=2)))
    record, other = await record_on(db, context, *cases), await record_on(db, context, cases[0])
    for case_id, story in zip(cases, stories, strict=True):
        await act(db, context, case_id, story.at("2026-11-19 17:00", "2026-11-19 18:30"), signed())
    await sweep(db, context.at(shanghai("2026-11-19 18:31")))
    assert await acts(db, record) == ["accountability.proposed", "ground.fell", "ground.fell", "accountability.withdrawn"]
    assert await acts(db, other) == ["accountability.proposed", "ground.fell", "accountability.withdrawn"]
