"""Journeys of Jingmen's enquiries, complaints, orders and settlements; each answer is worked out by hand from the text.

16 November 2026 is a Monday; office hours are 08:30-12:00 and 14:30-18:00.
"""

from datetime import date

import pytest

from domain.acts.connection import ApplicationPushed, CaseWithdrawn
from domain.acts.enforcement.supervision import (
    PeriodOpened,
    RectificationOrdered,
    RectificationReported,
    StatementChecked,
    StatementSubmitted,
)
from domain.acts.fact import FeeCharged, MaterialRequested
from domain.acts.service import (
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintReceived,
    EnquiryReceived,
    EnquiryReclassified,
    EnquiryTransferred,
    FeedbackGiven,
    MaterialsFoundIncomplete,
    MatterDone,
    MatterHandedOver,
    MatterRegistered,
    NoticeIssued,
)
from tests.domain.journeys.jingmen import CITY, GAS, OFFICE, PARKS, POWER, WATER, accept
from tests.domain.journeys.journeys import Step, clocks, findings, is_disputed, journey
from tests.domain.stories import Story, said, shanghai

HALL, HOUSING, REFORM = "jm-hall-duodao", "jm-zjj", "jm-fgw"


def asked(at: str, class_: str = "general", by: str = WATER) -> Step:
    act = EnquiryReceived(channel="窗口", receiver=by, class_=class_, reason="类别", subject="进度")  # type: ignore[arg-type]  # either word
    return at, by, act


def told(at: str, by: str = WATER, customer: str | None = None, receiver: str | None = None) -> Step:
    act = FeedbackGiven(to_customer_at=shanghai(customer) if customer else None, to_receiver_at=shanghai(receiver) if receiver else None)
    return at, by, act


def complaint(*, business: bool = True, class_: str = "general") -> ComplaintReceived:
    return ComplaintReceived(
        form="complaint",
        channel="住建局公众号",
        about=WATER,
        business_environment=business,
        class_=class_,  # type: ignore[arg-type]  # either word
        subject="接入迟缓",
    )


# ── 咨询诉求 ──


def test_twenty_four_hours_from_friday_evening_end_on_saturday_and_monday_is_disputed() -> None:
    """五(一) “24 小时内”: by Saturday 17:05. Counted on working days alone it would be Monday 17:05: found, and disputed."""
    story = journey(CITY, asked("2026-11-20 17:05"), told("2026-11-23 09:00", customer="2026-11-23 09:00", receiver="2026-11-23 09:00"))
    assert findings(story, "2026-11-23 10:00") == [("general-feedback", WATER, "2026-11-21 17:05")]
    assert is_disputed(story, "general-feedback", "2026-11-23 10:00")


def test_on_the_second_is_in_time_and_the_two_tellings_count_by_the_later() -> None:
    story = journey(
        CITY,
        asked("2026-11-20 17:05"),
        told("2026-11-21 09:00", receiver="2026-11-21 09:00"),
        told("2026-11-21 17:05", customer="2026-11-21 17:05"),
    )
    assert clocks(story, "general-feedback") == [("", "2026-11-21 17:05", "met")]


def test_the_customer_alone_was_told_so_the_feedback_is_half_done() -> None:
    """五(一) “同时将信息反馈至受理部门”: gas told the customer, and the hall that took it in not."""
    story = journey(
        CITY,
        asked("2026-11-16 10:00", by=HALL),
        ("2026-11-16 10:30", HALL, EnquiryTransferred(to=GAS)),
        told("2026-11-16 11:00", by=GAS, customer="2026-11-16 11:00"),
    )
    assert findings(story, "2026-11-17 10:05") == [("general-feedback", GAS, "2026-11-17 10:00")]


def test_whoever_holds_the_matter_as_the_day_ends_answers_for_it() -> None:
    """The hall took it in, water held it from ten, gas from the 23rd hour on: gas let the limit pass."""
    story = journey(
        CITY,
        asked("2026-11-16 10:00", by=HALL),
        ("2026-11-16 10:30", HALL, EnquiryTransferred(to=WATER)),
        ("2026-11-17 09:00", WATER, EnquiryTransferred(to=GAS)),
    )
    assert findings(story, "2026-11-17 12:00") == [("general-feedback", GAS, "2026-11-17 10:00")]


def test_two_transfers_in_the_same_second_leave_it_with_the_last_that_was_written() -> None:
    story = journey(
        CITY,
        asked("2026-11-16 10:00", by=HALL),
        ("2026-11-16 11:00", HALL, EnquiryTransferred(to=WATER)),
        ("2026-11-16 11:00", HALL, EnquiryTransferred(to=POWER)),
    )
    assert findings(story, "2026-11-17 12:00") == [("general-feedback", POWER, "2026-11-17 10:00")]


def test_reclassified_in_the_last_hour_the_three_days_count_from_the_receipt() -> None:
    """Received on Monday at ten: Tuesday, Wednesday, Thursday 18:00."""
    story = journey(
        CITY, asked("2026-11-16 10:00"), ("2026-11-17 09:30", WATER, EnquiryReclassified(class_="complex", reason="管径", by="王"))
    )
    assert clocks(story, "general-feedback") == [("", "2026-11-17 10:00", "void")]
    assert clocks(story, "complex-feedback") == [("", "2026-11-19 18:00", "running")]


def test_three_working_days_over_a_make_up_saturday() -> None:
    """Wednesday, 11 February 2026: Thursday, Friday, and Saturday the 14th, which was a working day before Spring Festival."""
    assert clocks(journey(CITY, asked("2026-02-11 16:00", "complex")), "complex-feedback")[0][1] == "2026-02-14 18:00"


def test_what_cannot_be_done_on_the_spot_after_all_is_registered_and_has_a_day() -> None:
    """五(二): handed over complete at ten, registered at 10:20 as not solvable on the spot: to be done by 10:20 tomorrow."""
    story = journey(
        CITY,
        asked("2026-11-16 09:00", by=HALL),
        ("2026-11-16 10:00", HALL, MatterHandedOver(to=GAS, complete=True)),
        ("2026-11-16 10:00", HALL, EnquiryTransferred(to=GAS)),
        ("2026-11-16 10:20", GAS, MatterRegistered(class_="general", reason="需现场核实")),
        told("2026-11-16 11:00", GAS, customer="2026-11-16 11:00", receiver="2026-11-16 11:00"),
    )
    assert clocks(story, "on-the-spot") == [("", "2026-11-16 10:30", "void")]
    assert findings(story, "2026-11-17 18:00") == [("registered-matter", GAS, "2026-11-17 10:20")]


def test_registered_only_once_the_half_hour_was_over_the_spot_was_missed() -> None:
    story = journey(
        CITY,
        asked("2026-11-16 09:00", by=HALL),
        ("2026-11-16 10:00", HALL, MatterHandedOver(to=GAS, complete=True)),
        ("2026-11-16 10:31", GAS, MatterRegistered(class_="general", reason="需现场核实")),
        ("2026-11-16 11:00", GAS, MatterDone(outcome="已办", replied_at=shanghai("2026-11-16 11:00"))),
    )
    assert ("on-the-spot", GAS, "2026-11-16 10:30") in findings(story, "2026-11-16 18:00")


def test_done_without_a_reply_a_registered_matter_is_still_open() -> None:
    story = journey(
        CITY,
        asked("2026-11-16 09:00"),
        ("2026-11-16 09:10", WATER, MatterRegistered(class_="general", reason="需核实")),
        ("2026-11-16 15:00", WATER, MatterDone(outcome="已办")),
    )
    assert clocks(story, "registered-matter") == [("", "2026-11-17 09:10", "running")]


def test_a_notice_on_the_spot_is_one_notice_and_the_next_on_that_matter_one_too_many() -> None:
    """五(三): 11:50 to 12:00 are ten minutes, the other twenty end at 14:50."""
    missing = MaterialsFoundIncomplete(matter="扩容", missing=("平面图",))
    notice = NoticeIssued(matter="扩容", materials=("平面图",), place="1号窗")
    story = journey(
        CITY,
        asked("2026-11-16 11:45"),
        ("2026-11-16 11:50", WATER, missing),
        ("2026-11-16 14:50", WATER, notice),
        ("2026-11-16 14:50", WATER, notice),
        told("2026-11-16 15:00", customer="2026-11-16 15:00", receiver="2026-11-16 15:00"),
    )
    assert findings(story, "2026-11-17 18:00") == []
    story.at("2026-11-18 09:00").does(NoticeIssued(matter="扩容", materials=("授权书",)), by=WATER)
    assert findings(story, "2026-11-18 18:00") == [("one-notice", WATER, "2026-11-18 09:00")]


def test_found_incomplete_again_the_first_notice_does_not_serve_and_a_second_is_one_too_many() -> None:
    """五(三): without a notice the half hour is missed by whoever found it; with one the customer was told twice."""
    missing = MaterialsFoundIncomplete(matter="扩容", missing=("授权书",))
    answered = told("2026-11-16 09:30", customer="2026-11-16 09:30")
    first: tuple[Step, ...] = (
        asked("2026-11-16 09:00"),
        answered,
        ("2026-11-16 09:05", WATER, missing),
        ("2026-11-16 09:10", WATER, NoticeIssued(matter="扩容", materials=("授权书",))),
    )
    silent = journey(CITY, *first, ("2026-11-16 15:00", GAS, missing))
    assert findings(silent, "2026-11-16 18:00") == [("one-time-notice", GAS, "2026-11-16 15:30")]
    again = journey(
        CITY, *first, ("2026-11-16 15:00", GAS, missing), ("2026-11-16 15:10", GAS, NoticeIssued(matter="扩容", materials=("图",)))
    )
    assert findings(again, "2026-11-16 18:00") == [("one-notice", GAS, "2026-11-16 15:10")]


def test_of_whoever_enquires_a_document_is_asked_for_once_too() -> None:
    """三2 “不再由用户重复提供”: two documents are two requests, the second for the same one is found against who asked."""
    answered = told("2026-11-16 09:30", customer="2026-11-16 09:30")
    plan, licence = (MaterialRequested(requested_by=WATER, document=name) for name in ("平面图", "执照"))
    story = journey(CITY, asked("2026-11-16 09:00"), answered, ("2026-11-16 10:00", WATER, plan), ("2026-11-16 10:00", WATER, licence))
    assert findings(story, "2026-11-16 12:00") == []
    story.at("2026-11-16 15:00").does(plan, by=GAS, role="window")
    assert findings(story, "2026-11-16 18:00") == [("no-document-twice", WATER, "2026-11-16 15:00")]


# ── 投诉举报 ──


def test_only_what_touches_the_business_environment_has_the_limit_of_that_clause() -> None:
    """五(四) “对涉及营商环境的举报严查快处”: of another complaint the plan says no day."""
    for business, expected in ((True, [("report-handling", HOUSING, "2026-11-21 16:00")]), (False, [])):
        story = journey(
            CITY, ("2026-11-20 15:00", REFORM, complaint(business=business)), ("2026-11-20 16:00", HOUSING, ComplaintAccepted(body=HOUSING))
        )
        assert findings(story, "2026-11-23 18:00") == expected


def test_the_body_that_took_it_up_answers_and_another_bodys_answer_does_not_count_for_it() -> None:
    story = journey(
        CITY,
        ("2026-11-16 09:00", REFORM, complaint(class_="complex")),
        ("2026-11-16 10:00", HOUSING, ComplaintAccepted(body=HOUSING)),
        ("2026-11-17 10:00", REFORM, ComplaintAnswered(body=REFORM, answer="已转")),
    )
    assert clocks(story, "report-handling") == [(HOUSING, "2026-11-19 18:00", "running")]


# ── 监管、结算 ──


def test_an_order_for_a_sunday_ends_on_that_sunday_and_midnight_is_disputed() -> None:
    order = RectificationOrdered(utility=WATER, department=PARKS, defect="路面不平", due_on=date(2026, 11, 22))
    story = journey(
        CITY, ("2026-11-16 09:00", PARKS, order), ("2026-11-22 20:00", WATER, RectificationReported(utility=WATER, evidence="照片"))
    )
    assert findings(story, "2026-11-23 10:00") == [("rectification", WATER, "2026-11-22 18:00")]
    assert is_disputed(story, "rectification", "2026-11-23 10:00")


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 12, 25), [("settlement-check", "jm-dongbao", "2026-12-25 18:00"), ("settlement-statement", WATER, "2026-12-25 18:00")]),
        (None, []),
    ],
)
def test_a_settlement_is_late_only_if_the_finance_bureau_named_the_day(due_on: date | None, expected: list[tuple[str, str, str]]) -> None:
    period = PeriodOpened(utility=WATER, district="jm-dongbao", year=2026, half=2, due_on=due_on)
    story = journey(CITY, ("2026-11-16 09:00", "jm-czj", period))
    assert findings(story, "2027-02-01 10:00") == expected


def test_a_statement_and_its_check_are_two_duties_of_two_parties() -> None:
    period = PeriodOpened(utility=WATER, district="jm-dongbao", year=2026, half=2, due_on=date(2026, 11, 20))
    story = journey(
        CITY,
        ("2026-11-16 09:00", "jm-czj", period),
        ("2026-11-20 17:50", WATER, StatementSubmitted(utility=WATER, amount=0)),
        ("2026-11-23 10:00", "jm-dongbao", StatementChecked(district="jm-dongbao", accepted=True)),
    )
    assert findings(story, "2026-11-24 10:00") == [("settlement-check", "jm-dongbao", "2026-11-20 18:00")]


# ── 计数 ──


def charged(amount: int, works: str = "off-site") -> FeeCharged:
    return FeeCharged(charged_by=WATER, amount=amount, works=works)  # type: ignore[arg-type]  # either word


def test_a_fee_within_the_plot_is_none_and_one_fen_outside_is_one_however_often_it_is_told() -> None:
    free = journey(CITY, *accept(WATER), ("2026-11-16 10:00", "hb-portal", charged(500_000, "in-plot")))
    assert findings(free, "2026-11-17 18:00") == []
    story = journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 10:00", "hb-portal", charged(1)),
        ("2026-11-16 10:00", HOUSING, charged(1)),
        ("2026-11-17 10:00", "hb-portal", charged(2)),
    )
    assert findings(story, "2026-11-17 18:00") == [("no-fees", WATER, "2026-11-16 10:00")]


def test_the_same_document_asked_for_twice_is_two_findings_and_told_twice_only_one() -> None:
    """0 材料 for the first request, 不再重复提供 for the second; the portal and the window wrote the first down alike."""
    request = MaterialRequested(requested_by=WATER, document="营业执照")
    story = journey(CITY, *accept(WATER), ("2026-11-16 10:00", "hb-portal", request), ("2026-11-16 10:00", OFFICE, request))
    assert findings(story, "2026-11-16 12:00") == [("no-materials", WATER, "2026-11-16 10:00")]
    story.at("2026-11-16 15:00").does(request, by="hb-portal")
    assert findings(story, "2026-11-16 18:00") == [
        ("no-document-twice", WATER, "2026-11-16 15:00"),
        ("no-materials", WATER, "2026-11-16 10:00"),
    ]


def test_a_withdrawal_told_before_the_push_it_follows_leaves_the_same_answer() -> None:
    """Acts told in the wrong order: what counts is when they happened."""
    steps: list[Step] = [
        ("2026-11-16 09:20", OFFICE, CaseWithdrawn(proof="申请")),
        ("2026-11-16 09:10", OFFICE, ApplicationPushed(utilities=(WATER,))),
    ]
    for told_in in (steps, steps[::-1]):
        story = Story(CITY)
        story.at("2026-11-16 09:00").does(accept(WATER)[0][2], by=OFFICE)
        for at, by, act in told_in:
            story.at(at, written="2026-11-16 09:25").does(act, by=by)
        assert (story.state("any-window"), said(story.clock("any-window").ended_at)) == ("met", "2026-11-16 09:10")
