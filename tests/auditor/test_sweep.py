"""The sweep finds what is missed once and no more, whoever sweeps, however often and in whatever order."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from auditor.standing import Standing
from auditor.sweep import sweep, sweep_cases
from domain.acts.audit import FindingNotified
from domain.acts.fact import VisitRequired
from storage.transaction import Database
from tests.auditor.keeping import act, acts, findings, kept, signed
from tests.domain.stories import Story, accepted, approval, shanghai

DUE = shanghai("2026-11-19 18:00")


async def test_a_limit_is_warned_of_at_its_share_and_flagged_once_its_margin_has_passed(db: Database, standing: Standing) -> None:
    case_id = await kept(db, standing, approval())
    assert (await sweep(db, standing, shanghai("2026-11-18 12:00"))).warnings == 0
    assert (await sweep(db, standing, shanghai("2026-11-19 12:00"))).warnings == 1
    assert (await sweep(db, standing, DUE + timedelta(seconds=59))).findings == 0
    assert (await sweep(db, standing, DUE + timedelta(seconds=60))).findings == 1
    assert (await sweep(db, standing, DUE + timedelta(days=3))).findings == 0
    (row,) = await findings(db, case_id)
    assert (row.finding.rule, row.finding.keys, row.finding.party) == ("joint-approval", ("jm-water", "jm-cgw"), "jm-cgw")
    assert (row.finding.due_at, row.finding.state, row.stage, row.city) == (DUE, "open", "approval", "420800")
    assert (await acts(db, case_id))[-2:] == ["warning.raised", "finding.opened"]


async def test_a_tick_that_was_missed_heals_by_itself(db: Database, standing: Standing) -> None:
    case_id = await kept(db, standing, approval())
    swept = await sweep(db, standing, DUE + timedelta(days=30))
    assert (swept.warnings, swept.findings) == (0, 1)
    assert [row.finding.rule for row in await findings(db, case_id)] == ["joint-approval"]


async def test_many_sweeps_at_once_flag_each_clock_once(db: Database, standing: Standing) -> None:
    cases = [await kept(db, standing, approval()) for _ in range(30)]
    swept = await asyncio.gather(*(sweep(db, standing, DUE + timedelta(hours=1), batch=7) for _ in range(4)))
    assert sum(one.findings for one in swept) == len(cases)
    for case_id in cases:
        assert (await acts(db, case_id)).count("finding.opened") == 1
        assert len(await findings(db, case_id)) == 1


async def test_an_opinion_signed_in_time_but_entered_within_two_office_hours_ends_the_finding(db: Database, standing: Standing) -> None:
    story = approval()
    case_id = await kept(db, standing, story)
    await sweep(db, standing, DUE + timedelta(minutes=2))
    await act(db, standing, case_id, story.at("2026-11-19 17:00", "2026-11-19 18:30"), signed())
    assert (await sweep(db, standing, shanghai("2026-11-19 18:31"))).lapsed == 1
    assert [row.finding.state for row in await findings(db, case_id, "joint-approval")] == ["lapsed"]
    assert "finding.lapsed" in await acts(db, case_id)
    assert (await sweep(db, standing, shanghai("2026-11-25 10:00"))).lapsed == 0


async def test_an_opinion_entered_later_than_that_leaves_the_finding_marked(db: Database, standing: Standing) -> None:
    story = approval()
    case_id = await kept(db, standing, story)
    await sweep(db, standing, DUE + timedelta(minutes=2))
    await act(db, standing, case_id, story.at("2026-11-19 17:00", "2026-11-20 10:01"), signed())
    assert (await sweep(db, standing, shanghai("2026-11-20 12:00"))).lapsed == 0
    (row,) = await findings(db, case_id, "joint-approval")
    assert (row.finding.state, row.finding.late_entry, row.finding.ended_at) == ("open", True, shanghai("2026-11-19 17:00"))


async def test_once_a_party_was_notified_the_auditor_proposes_and_does_not_end(db: Database, standing: Standing) -> None:
    story = approval()
    case_id = await kept(db, standing, story)
    await sweep(db, standing, DUE + timedelta(minutes=2))
    (row,) = await findings(db, case_id)
    told = FindingNotified(finding_id=row.finding.finding_id, served_at=DUE + timedelta(minutes=3))
    await act(db, standing, case_id, story.at("2026-11-19 18:10"), told, by="jm-spj")
    await act(db, standing, case_id, story.at("2026-11-19 17:00", "2026-11-19 18:30"), signed())
    await sweep(db, standing, shanghai("2026-11-19 18:31"))
    (row,) = await findings(db, case_id, "joint-approval")
    assert (row.finding.state, row.finding.withdrawal_proposed) == ("notified", True)
    assert "finding.withdrawal_proposed" in await acts(db, case_id)
    assert "finding.lapsed" not in await acts(db, case_id)


async def test_a_light_turns_red_after_a_working_day(db: Database, standing: Standing) -> None:
    case_id = await kept(db, standing, approval())
    await sweep(db, standing, DUE + timedelta(minutes=2))
    assert (await sweep(db, standing, shanghai("2026-11-20 18:00"))).reddened == 0
    assert [row.light for row in await findings(db, case_id)] == ["yellow"]
    assert (await sweep(db, standing, shanghai("2026-11-20 18:00:01"))).reddened == 1
    assert [row.light for row in await findings(db, case_id)] == ["red"]


async def test_a_case_that_cannot_be_handled_holds_up_no_other(db: Database, standing: Standing) -> None:
    lost = await kept(db, standing, approval())
    fine = await kept(db, standing, approval())
    async with db.transaction() as tx:
        await tx.execute("UPDATE cases SET scheme = 'gone-2020' WHERE case_id = $1", lost)
    swept = await sweep(db, standing, DUE + timedelta(hours=1), batch=1)
    assert (swept.findings, swept.skipped) == (1, 1)
    assert len(await findings(db, fine)) == 1
    assert await findings(db, lost) == []


async def test_a_counted_breach_is_flagged_at_once_against_whoever_asked(db: Database, standing: Standing) -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(accepted("jm-water"), by="jm-spj")
    story.at("2026-11-16 09:05").does(VisitRequired(required_by="jm-water", reason="补签"), by="jm-spj")
    case_id = await kept(db, standing, story)
    await sweep(db, standing, shanghai("2026-11-16 09:06"))
    (row,) = await findings(db, case_id)
    assert (row.finding.rule, row.finding.party, row.finding.due_at) == ("no-visits", "jm-water", shanghai("2026-11-16 09:05"))


async def test_no_case_is_swept_that_does_not_exist(db: Database, standing: Standing) -> None:
    assert (await sweep_cases(db, standing, [uuid4()], DUE)).findings == 0
