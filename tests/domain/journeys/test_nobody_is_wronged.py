"""Stories in which somebody who did what the plan asks could be found at fault, or somebody who did not could get away."""

from datetime import date

import msgspec
import pytest

from domain.acts.connection import (
    AccessConfirmed,
    ApplicationPushed,
    AppointmentAgreed,
    ApprovalNotNeeded,
    ApprovalPushed,
    CommitmentNotified,
    MaterialsSubmitted,
    MaterialsSupplemented,
    PlanIssued,
    ResultReturned,
    ReviewFinished,
    SignoffGiven,
)
from domain.acts.fact import ReviewMade
from domain.acts.parts import Deferred
from domain.acts.service import (
    CaseClosed,
    EnquiryReceived,
    EnquiryTransferred,
    FeedbackGiven,
    MatterDone,
    MatterHandedOver,
    MatterRegistered,
    NoticeIssued,
    PolicyExplained,
)
from domain.acts.stop import ClockStopped
from domain.refusals import Malformed, NotAllowed, OutOfOrder
from tests.domain.desk import Desk, joint
from tests.domain.stories import Story, accepted, approval, connection, opened, said, shanghai, summary, surveyed
from tests.domain.supervision.laddering import Ladder

WATER, GAS, PARKS, PLANNING, OFFICE = "jm-water", "jm-gas", "jm-cgw", "jm-zgj", "jm-spj"
KEYS = (WATER, PARKS)
LATER = "2027-02-01 09:00"


def found(story: Story, rule: str) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [one for one in summary(story.swept(LATER)) if one[0] == rule]


def asked(receiver: str = OFFICE) -> EnquiryReceived:
    return EnquiryReceived(channel="窗口", receiver=receiver, class_="general", reason="一般", subject="扩容进度")


def enquiry() -> Story:
    """Received on Monday at nine, due on Tuesday at nine."""
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(asked(), by=OFFICE)
    return story


# ── 五(一)、五(二)：客户诉求 ──


def test_a_complete_matter_that_came_to_the_wrong_department_is_owed_by_the_one_that_it_went_on_to() -> None:
    """五(二) “交给具体业务部门当场办结”: water passes it on after five minutes, gas does it within its thirty."""
    story = enquiry()
    story.at("2026-11-16 09:05").does(MatterHandedOver(to=WATER, complete=True), by=OFFICE)
    story.at("2026-11-16 09:10").does(MatterHandedOver(to=GAS, complete=True), by=WATER)
    story.at("2026-11-16 09:38").does(MatterDone(outcome="办结"), by=GAS)
    assert [(one.party, said(one.due), one.state) for one in story.clocks("on-the-spot")] == [
        (WATER, "2026-11-16 09:35", "void"),
        (GAS, "2026-11-16 09:40", "met"),
    ]


def test_handing_a_matter_to_the_same_department_again_gives_it_no_more_time() -> None:
    story = enquiry()
    story.at("2026-11-16 09:05").does(MatterHandedOver(to=WATER, complete=True), by=OFFICE)
    story.at("2026-11-16 09:30").does(MatterHandedOver(to=WATER, complete=True), by=OFFICE)
    story.at("2026-11-16 09:50").does(MatterDone(outcome="办结"), by=WATER)
    assert found(story, "on-the-spot") == [("on-the-spot", (), WATER, "open")]


def test_a_policy_that_stands_in_the_way_once_explained_ends_what_can_not_be_done() -> None:
    """五(二) “对因政策无法解决的，要做好耐心细致的解释工作”."""
    story = enquiry()
    story.at("2026-11-16 09:05").does(MatterRegistered(class_="general", reason="需核实"), by=OFFICE)
    story.at("2026-11-16 09:06").does(MatterHandedOver(to=WATER, complete=True), by=OFFICE)
    story.at("2026-11-16 09:30").does(PolicyExplained(policy="条例", text="说明"), by=WATER)
    assert (story.state("registered-matter"), story.state("on-the-spot")) == ("met", "void")
    assert story.swept(LATER) == []


def test_what_was_explained_before_a_matter_was_registered_has_not_settled_it() -> None:
    story = enquiry()
    story.at("2026-11-16 09:05").does(PolicyExplained(policy="条例", text="说明"), by=OFFICE)
    story.at("2026-11-16 09:30").does(MatterRegistered(class_="general", reason="需核实"), by=OFFICE)
    assert found(story, "registered-matter") == [("registered-matter", (), OFFICE, "open")]


def test_a_matter_passed_on_in_the_very_second_in_which_its_limit_ends_is_missed_by_who_passed_it_on() -> None:
    """五(一) “一般事项 24 小时内反馈”: who held it until then; a second before, the holder is the new one."""
    for at, party in (("2026-11-17 09:00:00", OFFICE), ("2026-11-17 08:59:59", WATER)):
        story = enquiry()
        story.at(at).does(EnquiryTransferred(to=WATER), by=OFFICE)
        assert found(story, "general-feedback") == [("general-feedback", (), party, "open")]


def test_whom_the_customer_heard_from_before_the_case_was_closed_replied_whenever_that_was_written() -> None:
    """五(二) “事事有回复”: told at 9:50, written at 10:05; closed at ten, written at 10:06."""
    desk = Desk()
    desk.opens(asked(), by=OFFICE)
    desk.records(FeedbackGiven(to_customer_at=shanghai("2026-11-16 09:50")), by=OFFICE, at="2026-11-16 10:05")
    desk.records(CaseClosed(outcome="已答复"), by=OFFICE, at="2026-11-16 10:00", written="2026-11-16 10:06")
    assert found(desk.story, "reply-before-close") == []


def test_a_case_that_was_closed_before_its_customer_heard_anything_is_found_though_it_was_written_later() -> None:
    """五(二) “事事有回复”: closing is refused while feedback is owed, so a closing is told with an earlier moment."""
    desk = Desk()
    desk.opens(asked(), by=OFFICE)
    with pytest.raises(OutOfOrder, match="general-feedback"):
        desk.records(CaseClosed(outcome="已答复"), by=OFFICE, at="2026-11-16 10:00")
    desk.records(FeedbackGiven(to_customer_at=shanghai("2026-11-16 15:00")), by=OFFICE, at="2026-11-16 15:00")
    desk.records(CaseClosed(outcome="已答复"), by=OFFICE, at="2026-11-16 10:00", written="2026-11-16 15:05")
    assert found(desk.story, "reply-before-close") == [("reply-before-close", (), OFFICE, "open")]


def test_a_notice_that_asks_for_nothing_new_is_no_second_one() -> None:
    """五(三): how it goes is told when asked, what is missing once that is seen, and a copy of it to whoever lost it."""
    story = enquiry()
    story.at("2026-11-16 09:10").does(NoticeIssued(matter="扩容", procedure=("申请", "踏勘")), by=OFFICE)
    story.at("2026-11-16 10:00").does(NoticeIssued(matter="扩容", materials=("平面图", "授权书")), by=OFFICE)
    story.at("2026-11-16 15:00").does(NoticeIssued(matter="扩容", materials=("平面图", "授权书"), place="2号窗"), by=WATER)
    story.at("2026-11-16 15:10").does(NoticeIssued(matter="过户", materials=("平面图",)), by=GAS)
    assert found(story, "one-notice") == []
    story.at("2026-11-17 09:00").does(NoticeIssued(matter="扩容", materials=("平面图", "产权证")), by=WATER)
    assert found(story, "one-notice") == [("one-notice", ("扩容",), WATER, "open")]


# ── 四(二)2：联合审批 ──


def one_by_one(*pushes: tuple[str, tuple[str, ...]]) -> Story:
    """A joint approval opened at parks on Monday and at planning on Tuesday, both at 9:20."""
    story = connection("jingmen-2023", WATER)
    story.at("2026-11-16 09:10").does(surveyed(OFFICE, WATER), by=OFFICE)
    story.at("2026-11-16 09:15").does(PlanIssued(utility=WATER), by=WATER)
    story.at("2026-11-16 09:20").does(opened((WATER, PARKS)), by=OFFICE)
    story.at("2026-11-17 09:20").does(opened((WATER, PLANNING)), by=OFFICE)
    for at, departments in pushes:
        story.at(at).does(ApprovalPushed(utility=WATER, departments=departments), by=WATER)
    return story


def test_approvals_opened_one_by_one_are_each_pushed_once() -> None:
    """三7 “限时推送至各行政审批部门”: who was pushed the project on Monday needs no second push on Tuesday."""
    pushes = ("2026-11-16 09:30", (PARKS,)), ("2026-11-17 09:30", (PLANNING,))
    assert [(said(one.due), one.state) for one in one_by_one(*pushes).clocks("approval-push")] == [
        ("2026-11-18 18:00", "met"),
        ("2026-11-19 18:00", "met"),
    ]


def test_one_push_to_all_departments_serves_those_whose_approval_is_opened_later() -> None:
    story = one_by_one(("2026-11-16 09:30", (PARKS, PLANNING)))
    assert [one.state for one in story.clocks("approval-push")] == ["met", "met"]


def test_a_department_that_was_left_out_is_found_once() -> None:
    story = one_by_one(("2026-11-17 09:30", (PLANNING,)))
    assert [(said(one.due), one.state) for one in story.clocks("approval-push")] == [
        ("2026-11-18 18:00", "running"),
        ("2026-11-19 18:00", "met"),
    ]


def test_a_permit_that_is_opened_again_after_it_was_said_not_to_be_needed_is_pushed_again() -> None:
    story = one_by_one(("2026-11-17 09:30", (PLANNING,)))
    story.at("2026-11-17 10:00").does(ApprovalNotNeeded(utility=WATER, department=PARKS, reason="不占绿"), by=PARKS)
    story.at("2026-11-18 09:20").does(opened((WATER, PARKS)), by=OFFICE)
    assert [one.state for one in story.clocks("approval-push")] == ["met", "met", "running"]


def test_a_permit_said_too_late_not_to_be_needed_leaves_the_push_missed_and_the_judge_in_peace() -> None:
    """Said on Tuesday, written on Friday; due on Wednesday. Whatever else is tried, the same word is not tried again and again."""
    story = one_by_one(("2026-11-17 09:30", (PLANNING,)))
    word = ApprovalNotNeeded(utility=WATER, department=PARKS, reason="不占绿")
    story.at("2026-11-17 10:00", written="2026-11-20 10:00").does(word, by=PARKS)
    parks, planning = story.clocks("approval-push")
    assert (said(parks.due), parks.state, parks.late_entry, planning.state) == ("2026-11-18 18:00", "late", True, "met")


def deferring(*documents: str) -> Story:
    """Materials handed in on Monday at ten, due on Thursday at six, with documents that come by 25 November."""
    story = approval()
    story.entries.pop()
    later = tuple(Deferred(document=one, due_on=date(2026, 11, 25)) for one in documents)
    story.at("2026-11-16 10:00").does(MaterialsSubmitted(utility=WATER, department=PARKS, deferred=later), by=WATER)
    story.at("2026-11-17 10:00").does(ReviewFinished(utility=WATER, department=PARKS), by=PARKS)
    return story


def stopped(basis: str) -> ClockStopped:
    return ClockStopped(rule="joint-approval", keys=KEYS, reason="deferred-document", basis=basis)


def supplied(*documents: str) -> MaterialsSupplemented:
    return MaterialsSupplemented(utility=WATER, department=PARKS, documents=documents)


@pytest.mark.parametrize(
    ("basis", "first", "second"),
    [
        ("红线图", "2026-11-19 10:00", "2026-11-23 18:00"),  # another document ends nothing; two days later the one awaited does
        ("缺：授权书", "2026-11-18 10:00", "2026-11-20 18:00"),
        ("所缺材料", "2026-11-19 10:00", "2026-11-23 18:00"),  # names none: all that were deferred
        ("红线图、授权书", "2026-11-19 10:00", "2026-11-23 18:00"),
    ],
)
def test_a_clock_that_stands_still_for_a_document_goes_on_with_that_document(basis: str, first: str, second: str) -> None:
    """四(二)2 “容缺受理制”: stopped on Tuesday at ten; 授权书 comes on Wednesday, 红线图 on Thursday, both at ten."""
    story = deferring("红线图", "授权书")
    story.at("2026-11-17 10:00").does(stopped(basis), by=PARKS)
    story.at("2026-11-18 10:00").does(supplied("授权书"), by=WATER)
    story.at("2026-11-19 10:00").does(supplied("红线图"), by=WATER)
    ((_, until),) = story.clock("joint-approval").stops
    assert (said(until), story.due("joint-approval")) == (first, second)


def test_what_came_before_an_earlier_submission_does_not_answer_a_later_one() -> None:
    story = deferring("红线图")
    story.at("2026-11-17 11:00").does(supplied("红线图"), by=WATER)
    later = (Deferred(document="红线图", due_on=date(2026, 11, 27)),)
    story.at("2026-11-18 09:00").does(MaterialsSubmitted(utility=WATER, department=PARKS, deferred=later), by=WATER)
    story.at("2026-11-18 10:00").does(stopped("红线图"), by=PARKS)
    assert story.clocks("joint-approval", *KEYS)[-1].state == "stopped"


def test_a_clock_is_not_stopped_for_a_document_that_has_come_or_that_nobody_deferred() -> None:
    """Such a stop would have no end, and a department that is late would never be."""
    plain, desk = joint(), joint(deferred="红线图")
    for one in (plain, desk):
        one.records(ReviewFinished(utility=WATER, department=PARKS), by=PARKS, at="2026-11-17 09:00")
    desk.records(supplied("红线图"), by=WATER, at="2026-11-17 09:01")
    for one in (plain, desk):
        with pytest.raises(OutOfOrder, match="no deferred document is awaited"):
            one.records(stopped("红线图"), by=PARKS, at="2026-11-17 09:05")


def test_documents_of_an_application_that_was_rejected_are_awaited_no_longer() -> None:
    """四(二)2 “容缺受理制”: the applicant hands in anew, and defers anew."""
    story = deferring("红线图")
    story.at("2026-11-17 11:00").does(opinion("rejected"), by=PARKS)
    story.at("2026-11-17 11:00").does(ResultReturned(utility=WATER, department=PARKS), by=PARKS)
    assert (story.state("deferred-document"), story.swept(LATER)) == ("void", [])
    approved = deferring("红线图")
    approved.at("2026-11-17 11:00").does(opinion("approved"), by=PARKS)
    assert found(approved, "deferred-document") == [("deferred-document", (WATER, PARKS, "红线图"), WATER, "open")]


def opinion(outcome: str) -> SignoffGiven:
    return SignoffGiven(utility=WATER, department=PARKS, outcome=outcome, opinion="意见", signatory="李")  # type: ignore[arg-type]  # either


# ── 写错的日子、没有写上的企业 ──


def test_a_day_that_was_over_when_it_was_set_is_refused_and_today_is_not() -> None:
    """Whoever it is set for would have missed it from the first moment on."""
    ladder = Ladder()
    seq = ladder.finds("2026-11-13")
    with pytest.raises(Malformed, match=r"dueOn is 2026-11-15, which was over on 2026-11-16"):
        ladder.orders("order", "2026-11-16 09:00", "2026-11-15", seq)
    ladder.orders("order", "2026-11-16 09:00", "2026-11-16", seq)
    late = (Deferred(document="红线图", due_on=date(2026, 11, 15)),)
    with pytest.raises(Malformed, match="dueOn is 2026-11-15"):
        joint().records(MaterialsSubmitted(utility=WATER, department=PARKS, deferred=late), by=WATER, at="2026-11-16 11:00")
    sheet = msgspec.structs.replace(opened((WATER, PLANNING)), works_until=date(2026, 11, 15))
    with pytest.raises(Malformed, match="worksUntil is 2026-11-15"):
        joint().records(sheet, by=OFFICE, at="2026-11-16 11:00")


@pytest.mark.parametrize(
    ("wanted", "ends", "on", "says"),
    [
        ("2026-11-13 10:00", "2026-11-13 12:00", None, "appointedFor is 2026-11-13T10:00:00"),
        ("2026-11-20 10:00", "2026-11-18 12:00", None, "slotEndsAt is 2026-11-18T12:00:00"),
        ("2026-11-20 10:00", None, date(2026, 11, 18), "slotOn is 2026-11-18"),
    ],
)
def test_an_appointment_that_is_over_before_it_begins_is_refused(wanted: str, ends: str | None, on: date | None, says: str) -> None:
    """四(三) “按用户约定时间”: nothing is owed at a time that nobody can have meant."""
    act = AppointmentAgreed(
        utility=WATER,
        appointed_for=shanghai(wanted),
        slot_ends_at=shanghai(ends) if ends else None,
        slot_on=on,
        chosen_by="customer",
        confirmed=True,
    )
    with pytest.raises(Malformed, match=says):
        joint().records(act, by=OFFICE, at="2026-11-16 11:00")


def test_no_company_leaves_itself_out_of_a_later_form_while_it_owes_something() -> None:
    """四(一)2 “0.5个工作日内”: water, a window too, cannot end its own limit by a form for gas alone; others are asked about it."""
    desk = Desk()
    desk.opens(accepted(WATER, GAS), by=OFFICE)
    desk.records(ApplicationPushed(utilities=(WATER, GAS)), by=OFFICE, at="2026-11-16 09:05")
    desk.records(AccessConfirmed(utility=WATER), by=WATER, at="2026-11-16 09:30")
    with pytest.raises(NotAllowed, match="still owes half-day-connection"):
        desk.records(accepted(GAS), by=WATER, at="2026-11-16 10:00")
    told = desk.records(accepted(GAS), by=OFFICE, at="2026-11-16 10:00").doubts
    assert [one for one in told if "荆门市城市水务集团有限公司 too, and this form does not" in one] != []


# ── 四(二)1：告知承诺 ──


@pytest.mark.parametrize(
    ("reviewed", "written", "parties"),
    [
        ("2026-11-16 10:10", "2026-11-16 10:00", [PARKS]),
        ("2026-11-16 10:10", "2026-11-16 15:00", []),  # the notice was written only in the afternoon: the department knew of none
        ("2026-11-16 10:00", "2026-11-16 10:00", []),  # within one second nothing is before or after
        ("2026-11-16 10:20", "2026-11-16 10:00", []),
    ],
)
def test_a_review_is_found_only_between_a_notice_that_was_known_and_the_decision(reviewed: str, written: str, parties: list[str]) -> None:
    """四(二)1 “不再进行批前审查”: notified at ten, decided at 10:20."""
    story = connection("jingmen-2023", WATER)
    story.at("2026-11-16 09:10").does(surveyed(OFFICE, WATER, metres=100, does=("pavement-excavation",)), by=OFFICE)
    story.at(reviewed).does(ReviewMade(utility=WATER, department=PARKS), by=PARKS)
    notice = CommitmentNotified(utility=WATER, departments=(PARKS,), commitment="c")
    story.at("2026-11-16 10:00", written=written).does(notice, by=WATER)
    story.at("2026-11-16 10:20", written=max(written, "2026-11-16 10:20")).does(opinion("approved"), by=PARKS)
    assert [party for _, _, party, _ in found(story, "no-review-before-decision")] == parties
