"""Journeys on which acts are told late, twice or in the wrong order; what each means is worked out from the obligations by hand."""

from datetime import date

from domain.acts.connection import (
    ApplicationPushed,
    AppointmentAgreed,
    AppointmentChanged,
    ApprovalNotNeeded,
    CaseWithdrawn,
    ChecklistReturned,
    MaterialsSubmitted,
    ServiceConnected,
    SignoffGiven,
)
from domain.acts.enforcement.audit import FindingLapsed, FindingNotified, FindingOpened, FindingWithdrawalProposed
from domain.acts.enforcement.supervision import RectificationJudged, RectificationOrdered, RectificationReported
from domain.acts.service import EnquiryReceived, EnquiryTransferred
from domain.acts.stop import ClockStopped
from domain.warnings.lights import is_overrun
from tests.domain.stories import Story, accepted, approval, connection, opened, said, shanghai, summary, surveyed, with_rules

WATER, BUREAU = "jm-water", "jm-cgw"
KEYS = (WATER, BUREAU)
SUBMITTED = MaterialsSubmitted(utility=WATER, department=BUREAU)


def signed() -> SignoffGiven:
    return SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")


def stop(told: str, until: str) -> ClockStopped:
    """An expert review that the applicant was told of; under art. 45 the time that it needs does not count."""
    return ClockStopped(
        rule="joint-approval", keys=KEYS, reason="art-45", basis="专家评审", needed_until=shanghai(until), told_at=shanghai(told)
    )


def about(story: Story, now: str, rule: str = "joint-approval") -> list[tuple[str, tuple[str, ...], str, str]]:
    return [one for one in summary(story.swept(now)) if one[0] == rule]


# ── A start that was told late ──


def told_on_thursday() -> Story:
    """Materials that the utility says on Thursday at four it had handed in on Monday at ten: due on that very Thursday."""
    story = connection("jingmen-2023", WATER)
    story.at("2026-11-16 09:10").does(surveyed("jm-spj", WATER), by="jm-spj")
    story.at("2026-11-16 09:20").does(opened(KEYS), by="jm-spj")
    story.at("2026-11-16 10:00", written="2026-11-19 16:00").does(SUBMITTED, by=WATER)
    return story


def test_a_limit_that_began_with_a_late_entry_keeps_its_due_moment_and_its_finding_says_so() -> None:
    story = told_on_thursday()
    clock = story.clock("joint-approval")
    assert (said(clock.due), clock.late_entry) == ("2026-11-19 18:00", True)
    assert about(story, "2026-11-19 18:01") == [("joint-approval", KEYS, BUREAU, "open")]
    assert [act.late_entry for act in story.written(FindingOpened) if act.rule == "joint-approval"] == [True]
    assert [one.late_entry for one in story.swept("2026-11-20 09:00") if one.rule == "joint-approval"] == [True]


def test_a_decision_in_time_needs_no_such_mark() -> None:
    story = told_on_thursday()
    story.at("2026-11-19 17:00").does(signed(), by=BUREAU)
    clock = story.clock("joint-approval")
    assert (clock.state, clock.late_entry) == ("met", False)


def test_a_start_written_within_two_office_hours_is_no_late_entry() -> None:
    story = connection("jingmen-2023", WATER)
    story.at("2026-11-16 17:30", written="2026-11-17 10:00").does(SUBMITTED, by=WATER)
    assert not story.clock("joint-approval").late_entry
    story.entries.pop()
    story.at("2026-11-16 17:30", written="2026-11-17 10:00:01").does(SUBMITTED, by=WATER)
    assert story.clock("joint-approval").late_entry


# ── The end of an overrun ──


def test_a_breach_runs_no_longer_than_until_the_case_is_withdrawn() -> None:
    story = approval()
    assert about(story, "2026-11-20 10:00") == [("joint-approval", KEYS, BUREAU, "open")]
    story.at("2026-11-20 11:00").does(CaseWithdrawn(proof="申请人书面撤回"), by="jm-spj")
    clock = story.clock("joint-approval")
    assert (clock.state, said(clock.ended_at), clock.late_entry) == ("late", "2026-11-20 11:00", False)
    found = next(one for one in story.swept("2026-12-31 10:00") if one.rule == "joint-approval")
    assert (found.state, said(found.ended_at)) == ("open", "2026-11-20 11:00")
    # It turns red past Friday at six, one working day after it was due; by then there was nothing left to decide.
    assert not is_overrun(found, shanghai("2026-12-31 10:00"))


def test_a_breach_runs_no_longer_than_until_the_permit_proves_unnecessary() -> None:
    story = approval()
    story.at("2026-11-23 09:00").does(ApprovalNotNeeded(utility=WATER, department=BUREAU, reason="无需许可"), by=BUREAU)
    assert (story.state("joint-approval"), said(story.clock("joint-approval").ended_at)) == ("late", "2026-11-23 09:00")
    assert about(story, "2026-11-24 10:00") == [("joint-approval", KEYS, BUREAU, "open")]


def test_an_overrun_ends_where_the_customer_chooses_another_day_after_all() -> None:
    """Missed on Wednesday at noon; on Thursday at nine the customer moves it to Monday: from then on Monday is the promise."""
    story = connection("jingmen-2023", WATER)
    first = AppointmentAgreed(
        utility=WATER,
        appointed_for=shanghai("2026-11-18 10:00"),
        slot_ends_at=shanghai("2026-11-18 12:00"),
        chosen_by="customer",
        confirmed=True,
    )
    story.at("2026-11-16 10:00").does(first, by=WATER)
    moved = AppointmentChanged(
        utility=WATER,
        appointed_for=shanghai("2026-11-23 08:30"),
        slot_on=date(2026, 11, 23),
        chosen_by="customer",
        confirmed=True,
        reason="设备未到",
    )
    story.at("2026-11-19 09:00").does(moved, by="jm-spj")
    story.at("2026-11-23 18:00").does(ServiceConnected(utility=WATER), by=WATER)
    old, new = story.clocks("appointment")
    assert (old.state, said(old.due), said(old.ended_at)) == ("late", "2026-11-18 12:00", "2026-11-19 09:00")
    assert (new.state, said(new.due), said(new.ended_at)) == ("met", "2026-11-23 18:00", "2026-11-23 18:00")


# ── A lawful stop that was written after the finding ──


def stopped_late() -> Story:
    """Due on Thursday at six and found at 18:01; the stop of 17:30 is written on Friday at nine, an hour of office time later."""
    story = approval()
    assert about(story, "2026-11-19 18:01") == [("joint-approval", KEYS, BUREAU, "open")]
    story.at("2026-11-19 17:30", written="2026-11-20 09:00").does(stop("2026-11-19 17:30", "2026-11-23 12:00"), by=BUREAU)
    return story


def test_a_finding_lapses_as_soon_as_a_lawful_stop_shows_that_nothing_is_missed_yet() -> None:
    story = stopped_late()
    # Stopped on Thursday, Friday and Monday: three days, but 0.5 + 7 + 3.5 office hours are eleven, two days at the most.
    assert (story.state("joint-approval"), story.due("joint-approval")) == ("running", "2026-11-23 18:00")
    assert about(story, "2026-11-20 09:00") == [("joint-approval", KEYS, BUREAU, "lapsed")]
    stops = [entry.seq for entry in story.entries if isinstance(entry.act, ClockStopped)]
    assert [act.because_seq for act in story.written(FindingLapsed)] == stops


def test_it_is_found_again_under_the_same_id_if_the_new_day_is_missed_too() -> None:
    story = stopped_late()
    assert about(story, "2026-11-23 18:00:59") == [("joint-approval", KEYS, BUREAU, "lapsed")]
    assert about(story, "2026-11-23 18:01") == [("joint-approval", KEYS, BUREAU, "open")]
    first, again = [act for act in story.written(FindingOpened) if act.rule == "joint-approval"]
    assert (first.finding_id, said(first.due_at)) == (again.finding_id, "2026-11-19 18:00")
    assert said(again.due_at) == "2026-11-23 18:00"
    assert story.clock("joint-approval").next_check_at is None


def test_it_is_never_found_again_if_the_new_day_is_kept() -> None:
    story = stopped_late()
    story.at("2026-11-23 17:00").does(signed(), by=BUREAU)
    assert about(story, "2026-12-01 10:00") == [("joint-approval", KEYS, BUREAU, "lapsed")]


def test_a_decision_after_the_new_day_is_measured_from_the_new_day() -> None:
    story = stopped_late()
    assert about(story, "2026-11-24 10:00") == [("joint-approval", KEYS, BUREAU, "open")]
    story.at("2026-11-24 11:00").does(signed(), by=BUREAU)
    found = next(one for one in story.swept("2026-11-25 10:00") if one.rule == "joint-approval")
    assert (found.state, said(found.due_at), said(found.ended_at)) == ("open", "2026-11-23 18:00", "2026-11-24 11:00")


def test_an_open_stop_lets_the_finding_lapse_and_names_no_new_day() -> None:
    story = approval()
    assert about(story, "2026-11-19 18:01") == [("joint-approval", KEYS, BUREAU, "open")]
    act = ClockStopped(rule="joint-approval", keys=KEYS, reason="deferred-document", basis="红线图", told_at=shanghai("2026-11-19 17:45"))
    story.at("2026-11-19 17:45", written="2026-11-20 08:45").does(act, by=BUREAU)
    assert about(story, "2026-11-20 08:46") == [("joint-approval", KEYS, BUREAU, "lapsed")]
    clock = story.clock("joint-approval")
    assert (clock.state, clock.due, clock.next_check_at) == ("stopped", None, None)


def test_withdrawn_while_it_is_stopped_without_an_end_the_clock_is_void() -> None:
    story = approval()
    act = ClockStopped(rule="joint-approval", keys=KEYS, reason="deferred-document", basis="红线图", told_at=shanghai("2026-11-17 09:00"))
    story.at("2026-11-17 09:00").does(act, by=BUREAU)
    story.at("2026-12-21 09:00").does(CaseWithdrawn(proof="申请"), by="jm-spj")
    assert story.state("joint-approval") == "void"


def test_after_service_such_a_stop_leads_to_a_proposal_only() -> None:
    story = approval()
    found = next(one for one in story.swept("2026-11-19 18:01") if one.rule == "joint-approval")
    served = FindingNotified(finding_id=found.finding_id, served_at=shanghai("2026-11-20 08:40"))
    story.at("2026-11-20 08:40").does(served, by="jm-spj", role="supervisor")
    story.at("2026-11-19 17:30", written="2026-11-20 09:00").does(stop("2026-11-19 17:30", "2026-11-23 12:00"), by=BUREAU)
    found = next(one for one in story.swept("2026-12-01 10:00") if one.rule == "joint-approval")
    assert (found.state, found.withdrawal_proposed) == ("notified", True)
    assert len(story.written(FindingWithdrawalProposed)) == 1


def test_a_stop_written_when_its_own_day_was_over_too_leaves_the_finding() -> None:
    """Half an hour stands in for the plan's days: due 10:30, with ten minutes' stop 10:40, and that was told at eleven."""
    table = """id = "joint-approval"
    [deadline]
    case = "connection"
    starts = "materials.submitted"
    stops = "signoff.given"
    per = ["utility", "department"]
    owed_by = "department"
    limit = "30om"
    may_stop = ["art-45"]"""
    story = Story(with_rules(table))
    story.at("2026-11-16 09:00").does(accepted(WATER), by="jm-spj")
    story.at("2026-11-16 10:00").does(SUBMITTED, by=WATER)
    assert about(story, "2026-11-16 10:31") == [("joint-approval", KEYS, BUREAU, "open")]
    story.at("2026-11-16 10:20", written="2026-11-16 11:00").does(stop("2026-11-16 10:20", "2026-11-16 10:30"), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-16 10:40"
    assert about(story, "2026-11-16 12:00") == [("joint-approval", KEYS, BUREAU, "open")]


# ── A report that met the day, and was judged insufficient after the finding had lapsed ──


def test_a_finding_that_lapsed_for_a_report_is_opened_again_once_the_report_is_judged_insufficient() -> None:
    story = Story("jingmen-2023")
    order = RectificationOrdered(utility=WATER, department=BUREAU, defect="未按标准恢复路面", due_on=date(2026, 11, 18))
    story.at("2026-11-16 09:00").does(order, by=BUREAU)
    assert about(story, "2026-11-18 18:01", "rectification") == [("rectification", (WATER,), WATER, "open")]
    report = RectificationReported(utility=WATER, evidence="照片")
    story.at("2026-11-18 17:50", written="2026-11-18 18:20").does(report, by=WATER)
    assert about(story, "2026-11-18 18:30", "rectification") == [("rectification", (WATER,), WATER, "lapsed")]
    judged = RectificationJudged(utility=WATER, accepted=False, reason="路面仍不平")
    story.at("2026-11-19 10:00").does(judged, by=BUREAU)
    assert about(story, "2026-11-19 10:00", "rectification") == [("rectification", (WATER,), WATER, "open")]


def test_a_judgement_covers_every_report_before_it() -> None:
    """A second report before the first was judged makes the first no better: both were found insufficient together."""
    story = Story("jingmen-2023")
    order = RectificationOrdered(utility=WATER, department=BUREAU, defect="未按标准恢复路面", due_on=date(2026, 11, 18))
    story.at("2026-11-16 09:00").does(order, by=BUREAU)
    story.at("2026-11-17 10:00").does(RectificationReported(utility=WATER, evidence="照片"), by=WATER)
    story.at("2026-11-18 10:00").does(RectificationReported(utility=WATER, evidence="补充照片"), by=WATER)
    story.at("2026-11-19 10:00").does(RectificationJudged(utility=WATER, accepted=False, reason="路面仍不平"), by=BUREAU)
    assert about(story, "2026-11-19 10:00", "rectification") == [("rectification", (WATER,), WATER, "open")]
    story.at("2026-11-20 10:00").does(RectificationReported(utility=WATER, evidence="重新铺设"), by=WATER)
    story.at("2026-11-20 15:00").does(RectificationJudged(utility=WATER, accepted=False, reason="仍有沉降"), by=BUREAU)
    assert story.clock("rectification").ended_at is None
    story.at("2026-11-23 10:00").does(RectificationReported(utility=WATER, evidence="再次铺设"), by=WATER)
    story.at("2026-11-23 15:00").does(RectificationJudged(utility=WATER, accepted=True, reason="合格"), by=BUREAU)
    assert said(story.clock("rectification").ended_at) == "2026-11-23 10:00"


# ── The same fact told twice ──


def test_a_push_told_in_time_is_not_made_late_by_telling_it_again_too_late() -> None:
    """The portal writes the push at 09:05; at three the window writes it once more, and says that it was at nine."""
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(accepted(WATER), by="jm-spj")
    story.at("2026-11-16 09:05").does(ApplicationPushed(utilities=(WATER,)), by="hb-portal")
    story.at("2026-11-16 09:00", written="2026-11-16 15:00").does(ApplicationPushed(utilities=(WATER,)), by="jm-spj")
    clock = story.clock("any-window")
    assert (clock.state, said(clock.ended_at), clock.late_entry) == ("met", "2026-11-16 09:05", False)


def test_of_a_late_entry_and_a_late_act_the_finding_shows_the_late_entry() -> None:
    """Signed, it is said, on Tuesday, and written a week later; and signed once more by then: a person decides which it was."""
    story = approval()
    story.at("2026-11-17 10:00", written="2026-11-24 10:00").does(signed(), by=BUREAU)
    story.at("2026-11-24 10:00").does(signed(), by=BUREAU)
    clock = story.clock("joint-approval")
    assert (clock.state, clock.late_entry, said(clock.ended_at)) == ("late", True, "2026-11-17 10:00")


def test_a_checklist_told_again_word_for_word_starts_no_second_limit() -> None:
    """D-06, returned at nine and again at 09:01: one limit, due on Tuesday, and one finding."""
    story = connection("daye-2023", "dy-water")
    checklist = ChecklistReturned(utility="dy-water", department="dy-jtj", items=("占道方案",))
    story.at("2026-11-16 09:00").does(checklist, by="dy-jtj")
    story.at("2026-11-16 09:01").does(checklist, by="dy-jtj")
    assert about(story, "2026-11-20 10:00", "materials-submission") == [
        ("materials-submission", ("dy-water", "dy-jtj"), "dy-water", "open")
    ]


def test_the_same_materials_handed_in_again_after_more_than_the_margin_start_a_limit_of_their_own() -> None:
    for again, started in (("2026-11-16 10:01:00", 1), ("2026-11-16 10:01:01", 2)):
        story = approval("2026-11-16 10:00")
        story.at(again).does(SUBMITTED, by=WATER)
        assert len(story.clocks("joint-approval")) == started


def test_the_same_materials_handed_in_again_after_an_answer_start_a_limit_of_their_own() -> None:
    story = approval("2026-11-16 10:00")
    story.at("2026-11-16 10:00:30").does(signed(), by=BUREAU)
    story.at("2026-11-16 10:00:40").does(SUBMITTED, by=WATER)
    assert [clock.state for clock in story.clocks("joint-approval")] == ["met", "running"]


# ── A transfer, or an end, that was told too late ──


def test_a_transfer_told_days_later_hands_the_breach_to_nobody() -> None:
    """Missed on Tuesday at ten by water; on Friday water writes that gas had held the matter since Monday: that stays water's."""
    story = Story("jingmen-2023")
    act = EnquiryReceived(channel="窗口", receiver=WATER, class_="general", reason="类别", subject="进度")
    story.at("2026-11-16 10:00").does(act, by=WATER)
    assert about(story, "2026-11-17 10:05", "general-feedback") == [("general-feedback", (), WATER, "open")]
    story.at("2026-11-16 15:00", written="2026-11-20 09:00").does(EnquiryTransferred(to="jm-gas"), by=WATER)
    assert about(story, "2026-11-20 10:00", "general-feedback") == [("general-feedback", (), WATER, "open")]


def test_a_decision_said_to_have_come_a_minute_late_and_told_a_month_later_is_a_late_entry() -> None:
    """The overrun that it claims is a minute; that it was told in December is shown, and a person decides."""
    story = approval()
    story.at("2026-11-19 18:02", written="2026-12-18 10:00").does(signed(), by=BUREAU)
    clock = story.clock("joint-approval")
    assert (clock.state, clock.late_entry) == ("late", True)
    story = approval()
    story.at("2026-11-19 18:02", written="2026-11-20 09:00").does(signed(), by=BUREAU)
    assert (story.clock("joint-approval").state, story.clock("joint-approval").late_entry) == ("late", False)
