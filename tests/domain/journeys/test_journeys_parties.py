"""Journeys on which somebody acts for, or against, somebody else: what the plans and the obligations allow, and what they do not."""

from datetime import date

import pytest

from domain.acts.connection import ApplicationRefused, AppointmentAgreed, AppointmentChanged, SignoffGiven
from domain.acts.enforcement.supervision import (
    CommitmentRestored,
    CommitmentSigned,
    CommitmentSuspended,
    ContractorEntrusted,
)
from domain.acts.service import (
    CaseClosed,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintReceived,
    EnquiryReceived,
    EnquiryTransferred,
    FeedbackGiven,
    MatterHandedOver,
    StatementAsked,
)
from domain.refusals import AlreadyDone, Malformed, NotAllowed
from tests.domain.desk import Desk, applied, joint, signed
from tests.domain.stories import accepted, form, shanghai

OFFICE, WATER, GAS, BUREAU, PLANNERS = "jm-spj", "jm-water", "jm-gas", "jm-cgw", "jm-zgj"
HOUSING, REFORM = "jm-zjj", "jm-fgw"


def told(form: str, about: str = WATER) -> Desk:
    desk = Desk()
    act = ComplaintReceived(form=form, channel="住建局公众号", about=about, business_environment=True, class_="general", subject="接入迟缓")  # type: ignore[arg-type]  # either word
    desk.opens(act, by=REFORM)
    return desk


def taken_up(form: str, about: str = WATER) -> Desk:
    desk = told(form, about)
    desk.records(ComplaintAccepted(body=HOUSING), by=HOUSING, at="2026-11-16 09:30")
    return desk


# ── 投诉 and 举报: never in one's own cause ──


def test_a_report_is_closed_to_the_party_reported_so_no_statement_is_asked_of_it() -> None:
    with pytest.raises(NotAllowed, match="closed to the party"):
        taken_up("report").records(StatementAsked(of=WATER), by=HOUSING)


def test_a_complaint_may_ask_the_party_complained_of_and_then_that_party_joins_the_case() -> None:
    desk = taken_up("complaint")
    assert desk.case is not None
    assert WATER not in desk.case.parties
    assert WATER in desk.records(StatementAsked(of=WATER), by=HOUSING).case.parties


def test_no_other_party_learns_of_a_complaint_by_being_asked() -> None:
    with pytest.raises(Malformed, match="that party alone"):
        taken_up("complaint").records(StatementAsked(of=GAS), by=HOUSING)


def test_the_office_that_is_complained_of_takes_up_answers_and_closes_nothing_for_whomever_it_writes() -> None:
    with pytest.raises(NotAllowed, match="party complained of"):
        told("complaint", OFFICE).records(ComplaintAccepted(body=REFORM), by=OFFICE, role="coordinator")
    with pytest.raises(NotAllowed, match="party complained of"):
        told("complaint", BUREAU).records(ComplaintAccepted(body=BUREAU), by=OFFICE, role="coordinator")
    desk = taken_up("complaint", OFFICE)
    with pytest.raises(NotAllowed, match="party complained of"):
        desk.records(ComplaintAnswered(body=HOUSING, answer="已办"), by=OFFICE, role="coordinator")
    with pytest.raises(NotAllowed, match="party complained of"):
        desk.records(CaseClosed(outcome="已办"), by=OFFICE, role="coordinator")
    with pytest.raises(NotAllowed, match="party complained of"):
        desk.records(StatementAsked(of=OFFICE), by=OFFICE, role="coordinator")


def test_a_complaint_is_not_given_to_a_party_that_could_not_answer_it() -> None:
    with pytest.raises(Malformed, match=r"cannot record 'complaint.answered'"):
        told("complaint").records(ComplaintAccepted(body=GAS), by=OFFICE, role="coordinator")


# ── Enquiries: whoever holds the matter, and nobody else, passes it on ──


def enquiry() -> EnquiryReceived:
    return EnquiryReceived(channel="窗口", receiver=WATER, class_="general", reason="常规咨询", subject="接入进度")


def asked_of_water() -> Desk:
    desk = Desk()
    desk.opens(enquiry(), by=WATER)
    return desk


def test_a_matter_is_passed_on_by_whoever_holds_it_by_its_receiver_or_by_the_office() -> None:
    desk = asked_of_water()
    desk.records(EnquiryTransferred(to=GAS), by=WATER, at="2026-11-16 10:00")
    desk.records(EnquiryTransferred(to="jm-power"), by=GAS, at="2026-11-16 10:10")
    desk.records(EnquiryTransferred(to=GAS), by=WATER, at="2026-11-16 10:20")
    desk.records(EnquiryTransferred(to=BUREAU), by=OFFICE, role="coordinator", at="2026-11-16 10:30")
    assert desk.story.clock("general-feedback").party == BUREAU


def test_a_matter_that_another_holds_is_not_pushed_on_by_a_stranger() -> None:
    with pytest.raises(NotAllowed, match="held by jm-water"):
        asked_of_water().records(EnquiryTransferred(to="jm-power"), by=GAS)


def test_nobody_is_given_a_matter_whose_end_it_could_not_record() -> None:
    """招商局 collects demand; the plan gives it no feedback to give, so as a holder it could only be found at fault."""
    with pytest.raises(Malformed, match=r"cannot record 'feedback.given'"):
        asked_of_water().records(EnquiryTransferred(to="jm-zsj"), by=WATER)
    with pytest.raises(Malformed, match=r"cannot record 'matter.done'"):
        asked_of_water().records(MatterHandedOver(to="jm-czj", complete=True), by=WATER)
    through_the_portal = EnquiryReceived(channel="网", receiver="hb-portal", class_="general", reason="常规", subject="进度")
    with pytest.raises(Malformed, match=r"cannot record 'feedback.given'"):
        Desk().opens(through_the_portal, by="hb-portal")


def test_a_portal_writes_an_enquiry_for_the_window_that_holds_it() -> None:
    desk = Desk()
    act = EnquiryReceived(channel="网", receiver="jm-hall-duodao", class_="general", reason="常规", subject="进度")
    desk.opens(act, by="hb-portal")
    feedback = FeedbackGiven(to_customer_at=shanghai("2026-11-16 10:00"), to_receiver_at=shanghai("2026-11-16 10:00"))
    desk.records(feedback, by="jm-hall-duodao")
    assert desk.story.state("general-feedback") == "met"


def test_a_window_refuses_what_it_accepted_itself_and_no_other_windows_application() -> None:
    no = ApplicationRefused(form=form(WATER), clause="二", reason="管网未覆盖", refused_by=GAS)
    with pytest.raises(NotAllowed, match="was accepted by jm-spj"):
        applied().records(no, by=GAS, role="window")
    with pytest.raises(NotAllowed, match="in its own name"):
        applied().records(no, by=OFFICE, role="window")
    desk = Desk()
    desk.opens(accepted(WATER), by=GAS, role="window")
    assert desk.records(no, by=GAS, role="window").case.state == "refused"
    desk = Desk()
    desk.opens(accepted(WATER), by="hb-portal")
    assert desk.records(no, by=OFFICE, role="coordinator").case.state == "refused"


# ── Roles: what the plan gives a party, whatever a token says ──


def test_a_party_acts_in_the_roles_alone_that_its_plan_gives_it() -> None:
    with pytest.raises(NotAllowed, match="jm-water is no department"):
        joint().records(signed(), by=WATER, role="department")
    act = SignoffGiven(utility=WATER, department=PLANNERS, outcome="approved", opinion="同意", signatory="李")
    with pytest.raises(NotAllowed, match="no party of that plan"):
        joint().records(act, by="dy-cgj", role="department")
    with pytest.raises(NotAllowed, match="is no window"):
        Desk().opens(
            EnquiryReceived(channel="窗口", receiver=WATER, class_="general", reason="常规", subject="进度"), by=BUREAU, role="window"
        )


# ── Commitments and orders: their own two parties ──


def commitment() -> Desk:
    desk = Desk()
    desk.opens(CommitmentSigned(utility=WATER, department=BUREAU, year=2026, standard="一", document="承诺书"), by=WATER)
    return desk


def test_a_commitment_is_entrusted_suspended_and_restored_by_its_own_parties_alone() -> None:
    desk = commitment()
    with pytest.raises(NotAllowed, match="no party of this commitment"):
        desk.records(ContractorEntrusted(contractor="荆门市政工程"), by=GAS)
    desk.records(ContractorEntrusted(contractor="荆门市政工程"), by=WATER)
    with pytest.raises(NotAllowed, match="no party of this commitment"):
        desk.records(CommitmentSuspended(basis="《某某信用规定》第八条"), by=PLANNERS)
    desk.records(CommitmentSuspended(basis="《某某信用规定》第八条"), by=BUREAU, at="2026-11-16 11:00")
    with pytest.raises(NotAllowed, match="no party of this commitment"):
        desk.records(CommitmentRestored(basis="《某某信用规定》第八条"), by=PLANNERS, at="2026-11-16 12:00")


# ── Appointments: one at a time, each with its end ──


def appointment(kind: type[AppointmentAgreed] | type[AppointmentChanged] = AppointmentAgreed, **more: object) -> AppointmentAgreed:
    given = {"utility": WATER, "appointed_for": shanghai("2026-11-18 09:00"), "chosen_by": "customer", "confirmed": True} | more
    return kind(**given)  # type: ignore[arg-type, return-value]  # a test may leave any field out


def test_an_appointment_that_is_the_promise_says_by_when_to_connect() -> None:
    """J-11 ends with the agreed slot, or with its day; without either, and J-01 void, nothing at all would be owed."""
    with pytest.raises(Malformed, match="slotEndsAt"):
        applied().records(appointment(), by=WATER)
    applied().records(appointment(slot_on=date(2026, 11, 18)), by=WATER)
    desk = applied()
    desk.records(appointment(slot_ends_at=shanghai("2026-11-18 11:00")), by=WATER)
    with pytest.raises(Malformed, match="slotEndsAt"):
        desk.records(appointment(AppointmentChanged, reason="客户要求"), by=WATER, at="2026-11-16 11:00")


def test_a_confirmed_appointment_is_changed_and_never_agreed_a_second_time() -> None:
    """Two agreements would be two limits, and one connection that comes late two findings."""
    desk = applied()
    desk.records(appointment(slot_on=date(2026, 11, 18), confirmed=False), by=WATER)
    desk.records(appointment(slot_on=date(2026, 11, 18)), by=WATER)
    with pytest.raises(AlreadyDone, match=r"appointment.changed"):
        desk.records(appointment(slot_on=date(2026, 11, 18)), by=WATER)
    changed = appointment(AppointmentChanged, slot_on=date(2026, 11, 20), appointed_for=shanghai("2026-11-20 09:00"), reason="客户要求")
    desk.records(changed, by=WATER, at="2026-11-16 11:00")
    assert [clock.state for clock in desk.story.clocks("appointment")] == ["void", "running"]
