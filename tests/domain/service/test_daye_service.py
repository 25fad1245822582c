"""Daye's people enquire and complain too: its plan says nothing of it, so the case is kept and nothing of it is ever a breach."""

from domain.acts.fact import MaterialRequested
from domain.acts.service import (
    CaseClosed,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintReceived,
    EnquiryReceived,
    EnquiryTransferred,
    FeedbackGiven,
    MatterDone,
    MatterHandedOver,
    MatterRegistered,
    NoticeIssued,
    StatementAsked,
    SuggestionGiven,
)
from tests.domain.desk import Desk
from tests.domain.stories import shanghai

WINDOW, WATER, OFFICE, BUSINESS = "dy-zsj", "dy-water", "dy-cgj", "dy-ysb"


def test_an_enquiry_in_daye_is_kept_from_receipt_to_closing_without_limit_or_finding() -> None:
    desk = Desk("daye-2023")
    desk.opens(EnquiryReceived(channel="窗口", receiver=WINDOW, class_="general", reason="咨询", subject="用水"), by=WINDOW)
    for act, by in (
        (EnquiryTransferred(to=WATER), WINDOW),
        (MatterRegistered(class_="general", reason="需核实"), WATER),
        (MatterHandedOver(to="dy-gas", complete=True), WATER),
        (SuggestionGiven(text="先办规划许可"), WATER),
        (NoticeIssued(matter="扩容"), WATER),
        (NoticeIssued(matter="扩容", materials=("平面图",)), WATER),
        (MaterialRequested(requested_by=WATER, document="执照"), WATER),
        (FeedbackGiven(to_customer_at=shanghai("2026-11-16 09:30")), WATER),
        (MatterDone(outcome="已办"), WATER),
    ):
        desk.records(act, by=by)
    closed = desk.records(CaseClosed(), by=WATER, at="2027-03-01 10:00")
    assert (closed.case.state, desk.story.judged().clocks, desk.story.swept("2027-06-01 10:00")) == ("closed", (), [])


def test_a_complaint_in_daye_is_taken_up_answered_and_closed_without_limit_or_finding() -> None:
    desk = Desk("daye-2023")
    received = ComplaintReceived(form="complaint", channel="热线", about=WATER, business_environment=True, class_="complex", subject="收费")
    desk.opens(received, by=WINDOW, role="window")
    desk.records(ComplaintAccepted(body=BUSINESS), by=BUSINESS)
    desk.records(StatementAsked(of=WATER), by=BUSINESS)
    desk.records(ComplaintAnswered(body=BUSINESS, answer="已核"), by=BUSINESS, at="2027-02-01 10:00")
    closed = desk.records(CaseClosed(), by=BUSINESS, at="2027-03-01 10:00")
    assert (closed.case.state, desk.story.judged().clocks, desk.story.swept("2027-06-01 10:00")) == ("closed", (), [])
