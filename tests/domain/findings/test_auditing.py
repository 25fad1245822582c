"""What the auditor writes, and when it has nothing to do."""

from datetime import date, timedelta

import msgspec
import pytest

from calendars import BeyondCalendar
from domain.acts.connection import AccessConfirmed, ApplicationPushed, ServiceConnected, SignoffGiven
from domain.acts.enforcement.audit import FindingOpened, SuspicionRaised, WarningRaised
from domain.acts.enforcement.supervision import PeriodOpened, RectificationOrdered, StatementSubmitted
from domain.acts.fact import RemarkMade, VisitRequired
from domain.acts.service import EnquiryReceived
from domain.clock import Clock, is_breached, is_contested, shown_state
from domain.findings.audit_acts import decide_about, finding_of, notifiable_from
from domain.judging.judge import judge
from domain.ledger import AUDITOR
from domain.warnings.lights import is_overrun
from tests.domain.stories import CASE, Story, approval, connection, said, shanghai, with_rules

WATER, BUREAU = "jm-water", "jm-cgw"


def signed(story: Story, at: str) -> None:
    act = SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")
    story.at(at).does(act, by=BUREAU)


def test_an_empty_ledger_has_neither_clocks_nor_findings() -> None:
    story = Story("jingmen-2023")
    assert judge(story.book, (), story.offices).clocks == ()


def test_three_working_days_over_the_national_day_warn_after_three_quarters_of_the_office_time() -> None:
    story = approval("2026-09-30 16:00")
    clock = story.clock("joint-approval")
    assert (said(clock.warn), said(clock.next_check_at)) == ("2026-10-10 09:45", "2026-10-10 09:45")


def test_a_clock_is_looked_at_for_its_warning_then_for_its_finding_then_no_more() -> None:
    story = approval("2026-11-16 10:00")
    warned = said(story.clock("joint-approval").warn)
    assert warned is not None
    story.swept(warned)
    assert len(story.written(WarningRaised)) == 1
    assert said(story.clock("joint-approval").next_check_at) == "2026-11-19 18:01"
    story.swept("2026-11-19 18:01")
    assert story.clock("joint-approval").next_check_at is None
    assert len([act for act in story.written(FindingOpened) if act.rule == "joint-approval"]) == 1


def test_a_day_that_an_order_names_is_warned_of_and_may_be_read_to_midnight() -> None:
    story = Story("jingmen-2023")
    act = RectificationOrdered(utility=WATER, department=BUREAU, defect="沉降", due_on=date(2026, 11, 20))
    story.at("2026-11-16 10:00").does(act, by=BUREAU)
    clock = story.clock("rectification")
    # 33.5 office hours from Monday 10:00 to Friday 18:00; three quarters are 25 hours 7.5 minutes.
    assert (said(clock.warn), said(clock.also_due)) == ("2026-11-19 16:37:30", "2026-11-21 00:00")


def test_a_limit_of_half_an_hour_is_not_warned_of() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(connection("jingmen-2023", WATER).entries[0].act, by="jm-spj")
    clock = story.clock("any-window")
    assert (clock.warn, said(clock.next_check_at)) == (None, "2026-11-16 09:31")


def test_a_clock_that_was_met_or_made_void_is_looked_at_no_more() -> None:
    story = approval()
    signed(story, "2026-11-17 10:00")
    clock = story.clock("joint-approval")
    assert (clock.next_check_at, clock.warn) == (None, None)


def test_a_clock_that_was_met_late_is_looked_at_at_once() -> None:
    story = approval()
    signed(story, "2026-11-19 18:00:30")
    clock = story.clock("joint-approval")
    assert (clock.state, said(clock.next_check_at)) == ("late", "2026-11-19 18:00")


def deed(clock: Clock, now: str) -> object:
    return decide_about(approval().book, CASE, clock, shanghai(now), (), notified=False)


def test_there_is_nothing_to_write_before_its_moment() -> None:
    clock = approval().clock("joint-approval")
    assert deed(clock, "2026-11-16 10:00") is None
    assert deed(msgspec.structs.replace(clock, next_check_at=None), "2026-12-16 10:00") is None
    assert deed(msgspec.structs.replace(clock, due=None), "2026-12-16 10:00") is None


def test_a_finding_names_what_it_rests_on() -> None:
    story = approval()
    signed(story, "2026-11-20 09:00")
    found = next(one for one in story.swept("2026-11-20 10:00") if one.rule == "joint-approval")
    act = next(one for one in story.written(FindingOpened) if one.rule == "joint-approval")
    assert act.ended_seq == story.clock("joint-approval").ended_seq
    assert "approval-start" in act.assumptions
    assert act.relied_on == ("00",)
    assert said(found.statutory_due_at) == "2026-12-14 18:00"
    assert said(found.also_due_at) == "2026-11-20 00:00"


def test_the_finding_made_when_it_is_opened_is_the_one_that_the_ledger_tells() -> None:
    story = approval()
    before = story.clock("joint-approval")
    found = next(one for one in story.swept("2026-11-19 18:02") if one.rule == "joint-approval")
    act = next(one for one in story.written(FindingOpened) if one.rule == "joint-approval")
    assert finding_of(story.book, CASE, before, act, found.opened_seq, found.opened_at, story.offices) == found


def test_a_finding_turns_red_once_the_overrun_has_lasted_a_working_day() -> None:
    story = approval()
    found = next(one for one in story.swept("2026-11-19 18:02") if one.rule == "joint-approval")
    assert said(found.red_at) == "2026-11-20 18:00"
    assert not is_overrun(found, shanghai("2026-11-20 18:00"))
    assert is_overrun(found, shanghai("2026-11-20 18:00:01"))
    signed(story, "2026-11-20 09:00")
    found = next(one for one in story.judged().findings if one.rule == "joint-approval")
    assert not is_overrun(found, shanghai("2026-12-20 09:00"))


def test_a_finding_may_be_notified_once_no_late_entry_can_come_any_more() -> None:
    story = approval()
    story.swept("2026-11-19 18:02")
    (opened,) = [act for act in story.written(FindingOpened) if act.rule == "joint-approval"]
    assert said(notifiable_from(story.book, opened, story.offices)) == "2026-11-20 10:30"


def test_the_half_year_reminder_is_never_found() -> None:
    story = Story("jingmen-2023")
    act = PeriodOpened(utility=WATER, district="jm-dongbao", year=2026, half=1)
    story.at("2026-06-01 09:00").does(act, by="jm-czj")
    statement = story.clock("settlement-statement")
    assert (said(statement.due), statement.next_check_at) == ("2026-06-30 18:00", None)
    assert story.swept("2026-12-31 10:00") == []
    story.at("2026-08-03 09:00").does(StatementSubmitted(utility=WATER, amount=1), by=WATER)
    assert story.state("settlement-statement") == "met"


def test_the_reminder_falls_on_the_last_working_day() -> None:
    story = Story("jingmen-2023")
    act = PeriodOpened(utility=WATER, district="jm-dongbao", year=2022, half=2)
    story.at("2022-12-01 09:00").does(act, by="jm-czj")
    assert story.due("settlement-statement") == "2022-12-30 18:00"


def test_the_day_that_the_finance_bureau_names_is_a_deadline() -> None:
    story = Story("jingmen-2023")
    act = PeriodOpened(utility=WATER, district="jm-dongbao", year=2026, half=1, due_on=date(2026, 6, 20))
    story.at("2026-06-01 09:00").does(act, by="jm-czj")
    assert story.due("settlement-statement", WATER) == "2026-06-20 18:00"
    found = [(one.rule, one.party) for one in story.swept("2026-06-21 10:00")]
    assert sorted(found) == [("settlement-check", "jm-dongbao"), ("settlement-statement", WATER)]


def test_a_missed_limit_is_contested_where_the_other_reading_clears_it() -> None:
    due, also = shanghai("2026-11-19 18:00"), shanghai("2026-11-20 00:00")
    for ended, expected in (("2026-11-19 23:59", True), ("2026-11-20 00:00", True), ("2026-11-20 00:00:01", False)):
        assert is_contested(due, also, shanghai(ended), shanghai("2026-12-01 09:00")) is expected
    assert is_contested(due, also, None, shanghai("2026-11-19 20:00"))
    assert not is_contested(due, None, None, shanghai("2026-11-19 20:00"))
    assert not is_contested(due, due, due, due)


def test_a_running_clock_is_breached_a_second_after_it_was_due() -> None:
    clock = approval().clock("joint-approval")
    assert not is_breached(clock, shanghai("2026-11-19 18:00"))
    assert is_breached(clock, shanghai("2026-11-19 18:00:01"))
    assert shown_state(msgspec.structs.replace(clock, state="met"), shanghai("2026-12-01 09:00")) == "met"


def test_a_finding_that_nothing_explains_any_more_keeps_its_place_however_often_it_is_judged() -> None:
    story = connection("jingmen-2023", WATER)
    story.at("2026-11-16 10:00").does(VisitRequired(required_by=WATER), by="hb-portal")
    story.swept("2026-11-16 10:10")
    visit = next(entry for entry in story.entries if isinstance(entry.act, VisitRequired))
    story.entries[visit.seq - 1] = msgspec.structs.replace(visit, act=RemarkMade(text="误记"))
    clock = story.clock("no-visits")
    assert (clock.state, clock.counted, clock.ended_seq) == ("void", True, visit.seq + 1)
    assert [one.state for one in story.swept("2026-11-16 11:00") if one.rule == "no-visits"] == ["lapsed"]
    assert story.clock("no-visits").next_check_at is None
    story.at("2026-11-17 10:00").does(SuspicionRaised(about="bulk"), by="auditor", role="auditor")
    assert story.clock("no-visits").ended_seq == visit.seq + 1


def test_a_finding_under_an_edition_that_is_no_longer_there_is_shown_under_the_newest() -> None:
    story = connection("jingmen-2023", WATER)
    act = FindingOpened(
        finding_id=CASE, rule="no-visits", keys=(), party=WATER, started_seq=1,
        started_at=shanghai("2026-11-16 10:00"), due_at=shanghai("2026-11-16 10:00"),
    )  # fmt: skip
    story.write(act, shanghai("2026-11-16 10:05"), shanghai("2026-11-16 10:05"), AUDITOR)
    assert story.clock("no-visits").edition == story.offices.newest


def test_a_class_that_has_no_limit_starts_no_clock() -> None:
    story = Story(
        with_rules(
            """
            [deadline]
            case = "enquiry"
            starts = "enquiry.received"
            stops = "matter.done"
            owed_by = "holder"
            limit = { by = "class", of = { complex = "3wd" } }
            """
        )
    )
    act = EnquiryReceived(channel="窗口", receiver=WATER, class_="general", reason="类别", subject="进度")
    story.at("2026-11-16 10:00").does(act, by=WATER)
    assert story.clocks("made-up") == []


def test_what_is_written_close_to_the_end_of_all_calendars_is_still_judged() -> None:
    story = connection("jingmen-2023", WATER, at="2044-12-30 09:00")
    story.at("2044-12-30 10:00").does(AccessConfirmed(utility=WATER), by=WATER)
    story.at("2044-12-30 11:00").does(ServiceConnected(utility=WATER), by=WATER)
    assert story.state("half-day-connection", WATER) == "met"


def test_the_margin_is_the_schemes_own() -> None:
    story = approval()
    assert timedelta(seconds=story.book.entry_margin) == timedelta(minutes=1)


def test_a_push_that_reaches_nobody_asked_for_does_not_end_the_clock() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(connection("jingmen-2023", WATER).entries[0].act, by="jm-spj")
    story.at("2026-11-16 09:10").does(ApplicationPushed(utilities=("jm-gas",)), by="jm-spj")
    assert story.state("any-window") == "running"


def test_a_limit_beyond_all_calendars_is_said_to_be_so() -> None:
    with pytest.raises(BeyondCalendar):
        connection("jingmen-2023", WATER, at="2060-12-30 09:00").judged()
