"""The sweep finds what is missed once and no more, whoever sweeps, however often and in whatever order."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from msgspec.structs import replace

from auditor.findings.lights import turn_red
from auditor.findings.sweep import sweep, sweep_cases
from casework.program import Context
from domain.acts import tag_of
from domain.acts.enforcement.audit import FindingNotified
from domain.acts.fact import VisitRequired
from storage.postgres.transaction import Database
from tests.auditor.keeping import act, acts, findings, kept, signed
from tests.domain.stories import Story, accepted, approval, shanghai

DUE = shanghai("2026-11-19 18:00")
PLAYED = [tag_of(entry.act) for entry in approval().entries]


async def test_a_limit_is_warned_of_at_its_share_and_flagged_once_its_margin_has_passed(db: Database, context: Context) -> None:
    case_id = await kept(db, context, approval())
    assert (await sweep(db, context.at(shanghai("2026-11-18 11:50")))).warnings == 0
    assert (await sweep(db, context.at(shanghai("2026-11-19 11:50")))).warnings == 1
    assert (await sweep(db, context.at(DUE + timedelta(seconds=59)))).findings == 0
    assert (await sweep(db, context.at(DUE + timedelta(seconds=60)))).findings == 1
    assert (await sweep(db, context.at(DUE + timedelta(days=3)))).findings == 0
    (row,) = await findings(db, case_id)
    assert (row.finding.rule, row.finding.keys, row.finding.party) == ("joint-approval", ("jm-water", "jm-cgw"), "jm-cgw")
    assert (row.finding.due_at, row.finding.state, row.stage, row.city) == (DUE, "open", "approval", "420800")
    assert (await acts(db, case_id))[-3:] == ["warning.raised", "finding.opened", "light.turned"]


async def test_a_tick_that_was_missed_heals_by_itself(db: Database, context: Context) -> None:
    case_id = await kept(db, context, approval())
    swept = await sweep(db, context.at(DUE + timedelta(days=30)))
    assert (swept.warnings, swept.findings) == (0, 1)
    assert [row.finding.rule for row in await findings(db, case_id)] == ["joint-approval"]


async def test_many_sweeps_at_once_flag_each_clock_once(db: Database, context: Context) -> None:
    cases = [await kept(db, context, approval()) for _ in range(30)]
    swept = await asyncio.gather(*(sweep(db, context.at(DUE + timedelta(hours=1)), batch=7) for _ in range(4)))
    assert sum(one.findings for one in swept) == len(cases)
    for case_id in cases:
        assert (await acts(db, case_id)).count("finding.opened") == 1
        assert len(await findings(db, case_id)) == 1


async def test_an_opinion_signed_in_time_but_entered_within_two_office_hours_ends_the_finding(db: Database, context: Context) -> None:
    story = approval()
    case_id = await kept(db, context, story)
    await sweep(db, context.at(DUE + timedelta(minutes=2)))
    await act(db, context, case_id, story.at("2026-11-19 17:00", "2026-11-19 18:30"), signed())
    assert (await sweep(db, context.at(shanghai("2026-11-19 18:31")))).lapsed == 1
    assert [row.finding.state for row in await findings(db, case_id, "joint-approval")] == ["lapsed"]
    assert "finding.lapsed" in await acts(db, case_id)
    assert (await sweep(db, context.at(shanghai("2026-11-25 10:00")))).lapsed == 0


async def test_an_opinion_entered_later_than_that_leaves_the_finding_marked(db: Database, context: Context) -> None:
    story = approval()
    case_id = await kept(db, context, story)
    await sweep(db, context.at(DUE + timedelta(minutes=2)))
    await act(db, context, case_id, story.at("2026-11-19 17:00", "2026-11-20 10:01"), signed())
    assert (await sweep(db, context.at(shanghai("2026-11-20 12:00")))).lapsed == 0
    (row,) = await findings(db, case_id, "joint-approval")
    assert (row.finding.state, row.finding.late_entry, row.finding.ended_at) == ("open", True, shanghai("2026-11-19 17:00"))


async def test_once_a_party_was_notified_the_auditor_proposes_and_does_not_end(db: Database, context: Context) -> None:
    story = approval()
    case_id = await kept(db, context, story)
    await sweep(db, context.at(DUE + timedelta(minutes=2)))
    (row,) = await findings(db, case_id)
    told = FindingNotified(finding_id=row.finding.finding_id, served_at=DUE + timedelta(minutes=3))
    await act(db, context, case_id, story.at("2026-11-19 18:10"), told, by="jm-spj")
    await act(db, context, case_id, story.at("2026-11-19 17:00", "2026-11-19 18:30"), signed())
    await sweep(db, context.at(shanghai("2026-11-19 18:31")))
    (row,) = await findings(db, case_id, "joint-approval")
    assert (row.finding.state, row.finding.withdrawal_proposed) == ("notified", True)
    assert "finding.withdrawal_proposed" in await acts(db, case_id)
    assert "finding.lapsed" not in await acts(db, case_id)


async def test_a_light_turns_red_after_a_working_day(db: Database, context: Context) -> None:
    case_id = await kept(db, context, approval())
    await sweep(db, context.at(DUE + timedelta(minutes=2)))
    assert (await sweep(db, context.at(shanghai("2026-11-20 18:00")))).turned_red == 0
    assert [row.light for row in await findings(db, case_id)] == ["yellow"]
    assert (await sweep(db, context.at(shanghai("2026-11-20 18:00:01")))).turned_red == 1
    assert [row.light for row in await findings(db, case_id)] == ["red"]
    assert await acts(db, case_id) == [*PLAYED, "finding.opened", "light.turned"]
    assert (await sweep(db, context.at(shanghai("2026-11-25 10:00")))).turned_red == 0


async def test_a_missed_limit_that_is_found_days_late_is_red_from_the_start(db: Database, context: Context) -> None:
    case_id = await kept(db, context, approval())
    assert (await sweep(db, context.at(DUE + timedelta(days=7)))).turned_red == 1
    assert await acts(db, case_id) == [*PLAYED, "finding.opened", "light.turned"]


async def test_an_opinion_that_came_after_the_working_day_was_over_is_red_though_nobody_swept_meanwhile(
    db: Database, context: Context
) -> None:
    story = approval()
    case_id = await kept(db, context, story)
    await sweep(db, context.at(DUE + timedelta(minutes=2)))
    await act(db, context, case_id, story.at("2026-11-20 18:30"), signed())
    assert [row.light for row in await findings(db, case_id, "joint-approval")] == ["yellow"]
    assert (await sweep(db, context.at(shanghai("2026-11-20 18:31")))).turned_red == 1
    assert [row.light for row in await findings(db, case_id, "joint-approval")] == ["red"]


async def test_the_third_missed_limit_of_a_party_under_one_rule_in_a_year_is_red_at_once(db: Database, context: Context) -> None:
    ids = [await kept(db, context, approval()) for _ in range(2)]
    assert (await sweep(db, context.at(DUE + timedelta(minutes=2)))).turned_red == 0
    ids.append(await kept(db, context, approval("2026-11-16 10:30")))
    assert (await sweep(db, context.at(DUE + timedelta(minutes=3)))).turned_red == 1
    lights = [row.light for case_id in ids for row in await findings(db, case_id)]
    assert sorted(lights) == ["red", "yellow", "yellow"]
    turned = [case_id for case_id in ids if "light.turned" in await acts(db, case_id)]
    assert [row.light for row in await findings(db, turned[0])] == ["red"]


async def test_two_sweepers_at_once_turn_each_light_once(db: Database, context: Context) -> None:
    ids = [await kept(db, context, approval()) for _ in range(20)]
    await asyncio.gather(*(sweep(db, context.at(DUE + timedelta(minutes=2)), batch=3) for _ in range(3)))
    told = [(await acts(db, case_id)).count("light.turned") for case_id in ids]
    # The first two of the year are yellow, whichever they are; lanes that did not see each other's are set right before the end.
    assert sorted(told) == [0, 0, *[1] * 18]
    lights = [row.light for case_id in ids for row in await findings(db, case_id)]
    assert sorted(lights) == [*["red"] * 18, "yellow", "yellow"]
    await asyncio.gather(*(sweep(db, context.at(shanghai("2026-11-20 18:01"))) for _ in range(3)))
    assert [(await acts(db, case_id)).count("light.turned") for case_id in ids] == [1] * 20


async def test_what_a_sweep_that_was_killed_left_yellow_turns_at_the_next(db: Database, context: Context) -> None:
    ids = [await kept(db, context, approval()) for _ in range(3)]
    unaware = replace(context, books={name: book for name, book in context.books.items() if name != "jingmen-2023"})
    await sweep_cases(db, context.at(DUE + timedelta(minutes=2)), ids)
    async with db.transaction() as tx:
        # As if it had been killed between opening the findings and turning the lights.
        await tx.execute("UPDATE finding SET light = 'yellow' WHERE case_id = ANY($1::uuid[])", ids)
    assert await turn_red(db, unaware.at(DUE + timedelta(minutes=3))) == 0
    assert await turn_red(db, context.at(DUE + timedelta(minutes=3))) == 1
    assert await turn_red(db, context.at(DUE + timedelta(minutes=3))) == 0


async def test_a_warning_that_was_passed_over_waits_for_the_office_to_open(db: Database, context: Context) -> None:
    # Due on the 19th at 18:00; three quarters of 26.5 office hours have gone that morning at 08:52:30.
    case_id = await kept(db, context, approval())
    swept = await sweep(db, context.at(shanghai("2026-11-19 12:00")))
    assert (swept.warnings, swept.waiting, swept.skipped) == (0, 1, 0)
    swept = await sweep(db, context.at(shanghai("2026-11-19 14:30")))
    assert (swept.warnings, swept.waiting) == (1, 0)
    assert (await acts(db, case_id))[-1] == "warning.raised"


async def test_a_case_that_cannot_be_handled_holds_up_no_other(db: Database, context: Context) -> None:
    lost = await kept(db, context, approval())
    fine = await kept(db, context, approval())
    async with db.transaction() as tx:
        await tx.execute("UPDATE cases SET scheme = 'gone-2020' WHERE case_id = $1", lost)
    swept = await sweep(db, context.at(DUE + timedelta(hours=1)), batch=1)
    assert (swept.findings, swept.skipped) == (1, 1)
    assert len(await findings(db, fine)) == 1
    assert await findings(db, lost) == []


async def test_a_counted_breach_is_flagged_at_once_against_whoever_asked(db: Database, context: Context) -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(accepted("jm-water"), by="jm-spj")
    story.at("2026-11-16 09:05").does(VisitRequired(required_by="jm-water", reason="补签"), by="jm-spj")
    case_id = await kept(db, context, story)
    await sweep(db, context.at(shanghai("2026-11-16 09:06")))
    (row,) = await findings(db, case_id)
    assert (row.finding.rule, row.finding.party, row.finding.due_at) == ("no-visits", "jm-water", shanghai("2026-11-16 09:05"))


async def test_no_case_is_swept_that_does_not_exist(db: Database, context: Context) -> None:
    assert (await sweep_cases(db, context.at(DUE), [uuid4()])).findings == 0
