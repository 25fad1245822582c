"""What ends a clock: the first fitting act, before or after its start, all whom it had to reach, or what makes it void."""

from datetime import date

from domain.acts.connection import (
    AccessConfirmed,
    ApplicationPushed,
    AppointmentAgreed,
    AppointmentChanged,
    ApprovalNotNeeded,
    ApprovalPushed,
    CaseWithdrawn,
    CommitmentNotified,
    ConditionsDetermined,
    DemandPushed,
    DemandRegistered,
    MaterialsRefused,
    MaterialsSubmitted,
    OutreachMade,
    PlanIssued,
    ServiceConnected,
    SignoffGiven,
)
from domain.acts.enforcement.supervision import RectificationJudged, RectificationOrdered, RectificationReported
from domain.acts.service import EnquiryReceived, EnquiryTransferred, FeedbackGiven, MatterDone, MatterHandedOver, MatterRegistered
from tests.domain.stories import Story, accepted, approval, connection, form, opened, said, shanghai, summary, surveyed

WATER, GAS, BUREAU = "jm-water", "jm-gas", "jm-cgw"


def signed(outcome: str = "approved") -> SignoffGiven:
    return SignoffGiven(utility=WATER, department=BUREAU, outcome=outcome, opinion="意见", signatory="李")  # type: ignore[arg-type]  # either word


def agreed(day: str, until: str | None = None, *, by: str = "customer", confirmed: bool = True) -> AppointmentAgreed:
    ends = shanghai(until) if until else None
    return AppointmentAgreed(utility=WATER, appointed_for=shanghai(day), slot_ends_at=ends, chosen_by=by, confirmed=confirmed)  # type: ignore[arg-type]  # either word


def enquiry(at: str, class_: str = "general") -> Story:
    story = Story("jingmen-2023")
    act = EnquiryReceived(channel="窗口", receiver=WATER, class_=class_, reason="类别", subject="进度")  # type: ignore[arg-type]  # either word
    story.at(at).does(act, by=WATER)
    return story


def test_one_second_late_is_late_and_on_the_second_is_in_time() -> None:
    in_time, late = approval(), approval()
    in_time.at("2026-11-19 18:00:00").does(signed(), by=BUREAU)
    late.at("2026-11-19 18:00:01").does(signed(), by=BUREAU)
    assert in_time.state("joint-approval", WATER, BUREAU) == "met"
    assert late.state("joint-approval", WATER, BUREAU) == "late"


def test_connected_before_the_appointment_is_met_at_once() -> None:
    story = connection("daye-2023", "dy-water")
    moment = shanghai("2026-11-18 10:00")
    act = AppointmentAgreed(utility="dy-water", appointed_for=moment, chosen_by="customer", confirmed=True)
    story.at("2026-11-16 10:00").does(act, by="dy-water")
    story.at("2026-11-17 10:00").does(ServiceConnected(utility="dy-water"), by="dy-water")
    clock = story.clock("appointment-connection")
    assert (clock.state, said(clock.due), clock.next_check_at) == ("met", "2026-11-19 18:00", None)


def test_a_plan_issued_before_conditions_were_determined_meets_the_later_clock() -> None:
    story = connection("daye-2023", "dy-water")
    story.at("2026-11-16 10:00").does(surveyed("dy-cgj", "dy-water"), by="dy-cgj")
    story.at("2026-11-16 11:00").does(PlanIssued(utility="dy-water"), by="dy-water")
    assert story.clocks("plan") == []
    story.at("2026-11-18 10:00").does(ConditionsDetermined(utility="dy-water", met=True), by="dy-water")
    assert (story.state("plan"), story.due("plan")) == ("met", "2026-11-19 18:00")


def test_an_opinion_that_ended_the_first_submission_does_not_end_the_next() -> None:
    story = approval("2026-11-16 10:00")
    story.at("2026-11-17 10:00").does(signed("rejected"), by=BUREAU)
    story.at("2026-11-18 10:00").does(MaterialsSubmitted(utility=WATER, department=BUREAU), by=WATER)
    first, second = story.clocks("joint-approval")
    assert (first.state, second.state, said(second.due)) == ("met", "running", "2026-11-23 18:00")
    story.at("2026-11-20 10:00").does(signed(), by=BUREAU)
    assert [clock.state for clock in story.clocks("joint-approval")] == ["met", "met"]


def test_a_decision_on_the_commitment_does_not_answer_materials_that_came_later() -> None:
    story = connection("jingmen-2023", WATER)
    notified = CommitmentNotified(utility=WATER, departments=(BUREAU,), commitment="c")
    story.at("2026-11-16 10:00").does(notified, by=WATER)
    story.at("2026-11-16 10:10").does(signed("rejected"), by=BUREAU)
    story.at("2026-11-18 10:00").does(MaterialsSubmitted(utility=WATER, department=BUREAU), by=WATER)
    assert story.state("commitment-decision") == "met"
    assert (story.state("joint-approval"), story.due("joint-approval")) == ("running", "2026-11-23 18:00")


def test_a_push_is_done_when_the_last_utility_is_reached() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(accepted(WATER, "jm-gas"), by="jm-spj")
    story.at("2026-11-16 09:10").does(ApplicationPushed(utilities=(WATER,)), by="jm-spj")
    assert story.state("any-window") == "running"
    story.at("2026-11-16 09:30").does(ApplicationPushed(utilities=("jm-gas",)), by="jm-spj")
    clock = story.clock("any-window")
    assert (clock.state, said(clock.ended_at)) == ("met", "2026-11-16 09:30")


def test_a_push_made_partly_before_the_start_counts_once() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 08:50").does(DemandRegistered(occasion="other", form=form(WATER)), by="jm-spj")
    story.at("2026-11-16 08:55").does(ApplicationPushed(utilities=(WATER,)), by="jm-spj")
    story.at("2026-11-16 09:00").does(accepted(WATER, "jm-gas"), by="jm-spj")
    story.at("2026-11-16 09:05").does(ApplicationPushed(utilities=("jm-gas",)), by="jm-spj")
    assert story.state("any-window") == "met"
    story.at("2026-11-17 09:00").does(accepted(WATER), by="jm-spj")
    again = story.clocks("any-window")[1]
    assert again.state == "running"


def test_whom_a_push_must_reach_follows_the_form_in_force() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 08:50").does(DemandRegistered(occasion="other", form=form(WATER, "jm-gas")), by="jm-spj")
    story.at("2026-11-16 09:00").does(accepted(WATER), by="jm-spj")
    story.at("2026-11-16 09:05").does(ApplicationPushed(utilities=(WATER,)), by="jm-spj")
    assert story.state("any-window") == "met"


def test_a_push_to_the_departments_is_owed_for_those_of_the_utility_alone() -> None:
    story = connection("jingmen-2023", WATER, "jm-gas")
    story.at("2026-11-16 10:00").does(surveyed("jm-spj", WATER, "jm-gas"), by="jm-spj")
    story.at("2026-11-16 10:10").does(opened((WATER, BUREAU), ("jm-gas", "jm-zgj")), by="jm-spj")
    story.at("2026-11-18 18:00").does(ApprovalPushed(utility=WATER, departments=(BUREAU,)), by=WATER)
    assert story.state("approval-push", WATER) == "met"
    assert story.due("approval-push", "jm-gas") == "2026-11-18 18:00"
    story.at("2026-11-18 18:00").does(ApprovalPushed(departments=("jm-zgj",)), by="jm-spj")
    assert story.state("approval-push", "jm-gas") == "met"


def test_a_department_that_was_notified_under_a_commitment_is_not_owed_the_push_of_a_joint_approval() -> None:
    story = connection("jingmen-2023", WATER)
    notified = CommitmentNotified(utility=WATER, departments=("jm-zgj",), commitment="c")
    story.at("2026-11-16 09:30").does(notified, by=WATER)
    story.at("2026-11-16 10:10").does(opened((WATER, BUREAU)), by="jm-spj")
    story.at("2026-11-16 10:20").does(ApprovalPushed(utility=WATER, departments=(BUREAU,)), by=WATER)
    assert story.state("approval-push", WATER) == "met"


def test_of_two_feedbacks_the_later_counts() -> None:
    story = enquiry("2026-11-16 10:00")
    story.at("2026-11-16 11:00").does(EnquiryTransferred(to=GAS), by=WATER)
    story.at("2026-11-17 09:00").does(FeedbackGiven(to_customer_at=shanghai("2026-11-17 09:00")), by=GAS)
    assert story.state("general-feedback") == "running"
    story.at("2026-11-17 10:00").does(FeedbackGiven(to_receiver_at=shanghai("2026-11-17 10:00")), by=GAS)
    clock = story.clock("general-feedback")
    assert (clock.state, said(clock.ended_at)) == ("met", "2026-11-17 10:00")


def test_feedback_that_is_told_a_day_late_is_a_late_entry_whenever_the_act_says_it_happened() -> None:
    story = enquiry("2026-11-16 10:00")
    told = FeedbackGiven(to_customer_at=shanghai("2026-11-16 15:00"), to_receiver_at=shanghai("2026-11-16 15:00"))
    story.at("2026-11-18 15:00").does(told, by=WATER)
    clock = story.clock("general-feedback")
    assert (clock.state, clock.late_entry, said(clock.ended_at)) == ("late", True, "2026-11-16 15:00")


def test_the_class_of_the_matter_decides_the_limit_of_a_registered_one() -> None:
    story = enquiry("2026-11-16 10:00", "complex")
    story.at("2026-11-16 11:00").does(MatterRegistered(class_="complex", reason="需改造"), by=WATER)
    story.at("2026-11-19 18:00").does(MatterDone(outcome="已办结", replied_at=shanghai("2026-11-19 18:00")), by=WATER)
    clock = story.clock("registered-matter")
    assert (said(clock.due), clock.state) == ("2026-11-19 18:00", "met")


def test_a_complete_matter_is_owed_by_the_department_that_it_was_handed_to() -> None:
    story = enquiry("2026-11-16 10:00")
    story.at("2026-11-16 11:00").does(MatterHandedOver(to="jm-gas", complete=True), by=WATER)
    clock = story.clock("on-the-spot")
    assert (clock.party, said(clock.due), clock.warn) == ("jm-gas", "2026-11-16 11:30", None)


def test_a_report_of_rectification_judged_insufficient_is_taken_back() -> None:
    story = Story("jingmen-2023")
    ordered = RectificationOrdered(utility=WATER, department=BUREAU, defect="沉降", due_on=date(2026, 11, 20))
    story.at("2026-11-16 10:00").does(ordered, by=BUREAU)
    story.at("2026-11-17 10:00").does(RectificationReported(utility=WATER, evidence="照片"), by=WATER)
    assert story.state("rectification") == "met"
    story.at("2026-11-18 10:00").does(RectificationJudged(utility=WATER, accepted=False, reason="不足"), by=BUREAU)
    assert story.state("rectification") == "running"
    story.at("2026-11-20 18:00").does(RectificationReported(utility=WATER, evidence="复测"), by=WATER)
    assert story.state("rectification") == "met"
    story.at("2026-11-21 18:00").does(RectificationJudged(utility=WATER, accepted=True, reason="合格"), by=BUREAU)
    assert story.state("rectification") == "met"


def connecting(at: str = "2026-11-16 10:00") -> Story:
    story = connection("jingmen-2023", WATER)
    story.at(at).does(AccessConfirmed(utility=WATER), by=WATER)
    return story


def test_a_later_appointment_of_the_customer_voids_the_half_day() -> None:
    story = connecting()
    story.at("2026-11-16 11:00").does(agreed("2026-11-16 16:01"), by=WATER)
    assert story.state("half-day-connection") == "void"


def test_an_appointment_within_the_half_day_leaves_it_running() -> None:
    story = connecting()
    story.at("2026-11-16 11:00").does(agreed("2026-11-16 16:00"), by=WATER)
    assert story.state("half-day-connection") == "running"


def test_a_later_appointment_made_before_access_was_confirmed_voids_it_too() -> None:
    story = connection("jingmen-2023", WATER)
    story.at("2026-11-16 09:30").does(agreed("2026-11-20 10:00"), by=WATER)
    story.at("2026-11-16 10:00").does(AccessConfirmed(utility=WATER), by=WATER)
    assert story.state("half-day-connection") == "void"


def test_an_appointment_that_the_utility_wanted_or_nobody_confirmed_voids_nothing() -> None:
    for act in (agreed("2026-11-20 10:00", by="utility"), agreed("2026-11-20 10:00", confirmed=False)):
        story = connecting()
        story.at("2026-11-16 11:00").does(act, by=WATER)
        assert story.state("half-day-connection") == "running"


def test_an_appointment_made_once_the_half_day_was_over_voids_nothing() -> None:
    story = connecting()
    story.at("2026-11-16 16:00:01").does(agreed("2026-11-20 10:00"), by=WATER)
    assert story.state("half-day-connection") == "late"


def test_a_customer_who_changes_the_appointment_makes_the_new_one_the_promise() -> None:
    story = connecting()
    story.at("2026-11-16 11:00").does(agreed("2026-11-18 10:00", "2026-11-18 11:00"), by=WATER)
    moved = AppointmentChanged(
        utility=WATER,
        appointed_for=shanghai("2026-11-20 10:00"),
        slot_on=shanghai("2026-11-20 10:00").date(),
        chosen_by="customer",
        confirmed=True,
        reason="设备未到",
    )
    story.at("2026-11-17 11:00").does(moved, by=WATER)
    old, new = story.clocks("appointment")
    assert (old.state, said(old.due)) == ("void", "2026-11-18 11:00")
    assert (new.state, said(new.due)) == ("running", "2026-11-20 18:00")


def test_an_appointment_without_a_slot_starts_no_clock_of_its_own() -> None:
    story = connecting()
    story.at("2026-11-16 11:00").does(agreed("2026-11-18 10:00"), by=WATER)
    assert story.clocks("appointment") == []


def refused(noticed: str | None) -> MaterialsRefused:
    return MaterialsRefused(utility=WATER, department=BUREAU, reason="不符", noticed_at=shanghai(noticed) if noticed else None)


def test_a_refusal_with_notice_within_five_working_days_voids_even_a_missed_clock() -> None:
    story = approval("2026-11-16 10:00")
    story.at("2026-11-23 18:00").does(refused("2026-11-23 18:00"), by=BUREAU)
    assert story.state("joint-approval") == "void"


def test_a_refusal_whose_notice_came_on_the_sixth_day_voids_nothing() -> None:
    story = approval("2026-11-16 10:00")
    story.at("2026-11-23 17:00").does(refused("2026-11-24 09:00"), by=BUREAU)
    assert story.state("joint-approval") == "running"


def test_a_refusal_without_notice_is_acceptance() -> None:
    story = approval("2026-11-16 10:00")
    story.at("2026-11-16 11:00").does(refused(None), by=BUREAU)
    assert story.state("joint-approval") == "running"


def test_materials_submitted_again_after_a_refusal_start_a_new_clock() -> None:
    story = approval("2026-11-16 10:00")
    story.at("2026-11-16 11:00").does(refused("2026-11-16 11:00"), by=BUREAU)
    story.at("2026-11-18 10:00").does(MaterialsSubmitted(utility=WATER, department=BUREAU), by=WATER)
    story.at("2026-11-20 10:00").does(signed(), by=BUREAU)
    first, second = story.clocks("joint-approval")
    assert (first.state, second.state, said(second.due)) == ("void", "met", "2026-11-23 18:00")


def test_a_permit_that_is_not_needed_ends_what_was_owed_for_it() -> None:
    story = connection("jingmen-2023", WATER)
    story.at("2026-11-16 10:00").does(surveyed("jm-spj", WATER), by="jm-spj")
    story.at("2026-11-16 10:10").does(opened((WATER, BUREAU)), by="jm-spj")
    story.at("2026-11-16 11:00").does(ApprovalNotNeeded(utility=WATER, department=BUREAU, reason="无需"), by=BUREAU)
    assert story.state("materials-submission") == "void"


def test_withdrawal_voids_what_is_not_yet_due_and_leaves_breaches() -> None:
    story = Story("daye-2023")
    story.at("2026-11-16 09:00").does(accepted("dy-water"), by="dy-zsj")
    story.at("2026-11-17 09:00").does(DemandPushed(utilities=("dy-water",)), by="dy-zsj")
    story.at("2026-11-17 10:00").does(CaseWithdrawn(proof="申请"), by="dy-zsj")
    assert (story.state("application-push"), story.state("outreach")) == ("late", "void")
    assert summary(story.swept("2026-11-19 10:00")) == [("application-push", (), "dy-zsj", "open")]


def test_a_withdrawal_written_too_late_does_not_undo_what_happened_in_time() -> None:
    story = approval("2026-11-16 10:00")
    story.at("2026-11-19 10:00", written="2026-11-23 10:00").does(CaseWithdrawn(proof="申请"), by="jm-spj")
    clock = story.clock("joint-approval")
    assert (clock.state, clock.late_entry) == ("late", True)
    story.at("2026-11-19 11:00").does(signed(), by=BUREAU)
    assert story.state("joint-approval") == "met"


def test_a_second_push_to_the_same_utility_starts_no_second_outreach() -> None:
    story = Story("daye-2023")
    story.at("2026-11-16 09:00").does(DemandRegistered(occasion="land-contract", form=form("dy-water")), by="dy-zgj")
    story.at("2026-11-16 09:10").does(DemandPushed(utilities=("dy-water", "dy-water")), by="dy-zgj")
    story.at("2026-11-18 09:10").does(DemandPushed(utilities=("dy-water",)), by="dy-zgj")
    assert story.due("outreach") == "2026-11-17 18:00"
    story.at("2026-11-17 18:00").does(OutreachMade(utilities=("dy-water",)), by="dy-water")
    assert story.state("outreach") == "met"
