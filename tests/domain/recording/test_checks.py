"""What particular acts must be true to: stops, classes, opinions, notices under a commitment."""

from datetime import date

import msgspec
import pytest

from domain.acts.connection import (
    CommitmentNotified,
    MaterialsSubmitted,
    OutreachMade,
    ReviewFinished,
)
from domain.acts.parts import Deferred
from domain.acts.service import (
    ComplaintAccepted,
    ComplaintReceived,
    EnquiryReceived,
    EnquiryReclassified,
    FeedbackGiven,
    MatterDone,
)
from domain.acts.stop import ClockResumed, ClockStopped
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotCovered, OutOfOrder
from tests.domain.desk import Desk, applied, commitment, joint, signed
from tests.domain.stories import shanghai, surveyed

WATER, GAS, BUREAU, OFFICE = "jm-water", "jm-gas", "jm-cgw", "jm-spj"
KEYS = (WATER, BUREAU)


def stop(reason: str = "art-45", *, told: bool = True) -> ClockStopped:
    moment = shanghai("2026-11-18 18:00")
    return ClockStopped(
        rule="joint-approval",
        keys=KEYS,
        reason=reason,  # type: ignore[arg-type]  # either word
        basis="鉴定",
        told_at=shanghai("2026-11-17 09:00") if told else None,
        needed_until=moment if told else None,
    )


def test_a_clock_is_stopped_by_its_own_department_for_a_reason_of_the_rule() -> None:
    desk = joint()
    desk.records(stop(), by=BUREAU, at="2026-11-17 09:00")
    assert desk.story.due("joint-approval") == "2026-11-23 18:00"


def test_another_department_may_not_stop_it() -> None:
    with pytest.raises(NotAllowed, match="that clock is jm-cgw's"):
        joint().records(stop(), by="jm-zgj", at="2026-11-17 09:00")


@pytest.mark.parametrize("rule", ["materials-submission", "one-survey", "no-such-rule"])
def test_a_rule_that_knows_no_stop_takes_none(rule: str) -> None:
    with pytest.raises(NotCovered, match="may be stopped for nothing"):
        joint().records(msgspec.structs.replace(stop(), rule=rule), by=BUREAU, at="2026-11-17 09:00")


def test_a_clock_that_does_not_run_is_not_stopped() -> None:
    desk = joint()
    desk.records(signed(), by=BUREAU, at="2026-11-16 11:00")
    with pytest.raises(OutOfOrder, match="is running"):
        desk.records(stop(), by=BUREAU, at="2026-11-17 09:00")


def test_a_stop_by_law_says_how_long_and_that_the_applicant_was_told() -> None:
    with pytest.raises(Malformed, match="needs neededUntil and toldAt"):
        joint().records(stop(told=False), by=BUREAU, at="2026-11-17 09:00")


def test_a_clock_stops_for_a_deferred_document_only_once_the_review_is_finished() -> None:
    desk = joint(deferred="鉴定")
    with pytest.raises(OutOfOrder, match=r"review\.finished"):
        desk.records(stop("deferred-document", told=False), by=BUREAU, at="2026-11-17 09:00")
    desk.records(ReviewFinished(utility=WATER, department=BUREAU), by=BUREAU, at="2026-11-17 09:00")
    desk.records(stop("deferred-document", told=False), by=BUREAU, at="2026-11-17 09:05")
    assert desk.story.state("joint-approval") == "stopped"


def test_a_review_that_is_finished_later_does_not_allow_an_earlier_stop() -> None:
    desk = joint()
    desk.records(ReviewFinished(utility=WATER, department=BUREAU), by=BUREAU, at="2026-11-17 09:00")
    with pytest.raises(OutOfOrder, match=r"review\.finished"):
        desk.records(stop("deferred-document", told=False), by=BUREAU, at="2026-11-17 08:40", written="2026-11-17 09:05")


def test_only_a_stopped_clock_is_resumed() -> None:
    desk = joint()
    desk.records(stop(), by=BUREAU, at="2026-11-17 09:00")
    desk.records(ClockResumed(rule="joint-approval", keys=KEYS), by=BUREAU, at="2026-11-17 10:00")
    with pytest.raises(OutOfOrder, match="is not stopped"):
        desk.records(ClockResumed(rule="joint-approval", keys=KEYS), by=BUREAU, at="2026-11-17 10:10")


def enquiry(handler: str | None = "王") -> Desk:
    desk = Desk()
    act = EnquiryReceived(channel="窗口", receiver=WATER, handler=handler, class_="general", reason="类别", subject="进度")
    desk.opens(act, by=WATER)
    return desk


COMPLEX = EnquiryReclassified(class_="complex", reason="涉及改造", by="赵")


def test_someone_else_of_the_receiving_party_may_change_the_class_within_the_24_hours() -> None:
    desk = enquiry()
    desk.records(COMPLEX, by=WATER, at="2026-11-17 09:00", account="other")
    assert desk.story.due("complex-feedback") == "2026-11-19 18:00"
    with pytest.raises(OutOfOrder, match="from general to complex alone"):
        desk.records(COMPLEX, by=WATER, at="2026-11-17 09:00", account="other")


def test_the_class_is_not_changed_once_the_24_hours_are_over_by_either_moment() -> None:
    for at, written in (("2026-11-17 09:00:01", None), ("2026-11-17 08:59", "2026-11-17 09:00:01")):
        with pytest.raises(OutOfOrder, match="before the 24 hours end"):
            enquiry().records(COMPLEX, by=WATER, at=at, written=written, account="other")


def test_the_handler_does_not_change_the_class_nor_does_another_party() -> None:
    for act, by, account in (
        (COMPLEX, GAS, "other"),
        (msgspec.structs.replace(COMPLEX, by="王"), WATER, "other"),
        (COMPLEX, WATER, "person"),
    ):
        with pytest.raises(NotAllowed, match="other than the handler"):
            enquiry().records(act, by=by, at="2026-11-16 10:00", account=account)


def test_feedback_says_to_whom_it_was_given() -> None:
    with pytest.raises(Malformed, match="to the customer"):
        enquiry().records(FeedbackGiven(text="已转"), by=WATER)
    desk = enquiry()
    desk.records(FeedbackGiven(to_receiver_at=shanghai("2026-11-16 10:00")), by=WATER)
    assert desk.story.state("general-feedback") == "running"


def test_a_day_that_no_calendar_holds_is_refused_wherever_it_stands() -> None:
    desk = joint()
    late = Deferred(document="图", due_on=date(2060, 1, 1))
    with pytest.raises(Malformed, match="due_on is 2060-01-01"):
        desk.records(MaterialsSubmitted(utility=WATER, department=BUREAU, deferred=(late,)), by=WATER)


def test_a_matter_is_done_in_its_turn() -> None:
    assert enquiry().records(MatterDone(outcome="已办结"), by=WATER).case.state == "open"


def test_the_party_complained_of_never_takes_the_complaint_up() -> None:
    desk = Desk()
    act = ComplaintReceived(form="report", channel="热线", about=BUREAU, business_environment=True, class_="general", subject="推诿")
    desk.opens(act, by=OFFICE)
    with pytest.raises(NotAllowed, match="is the party complained of"):
        desk.records(ComplaintAccepted(body=BUREAU), by=BUREAU)
    desk.records(ComplaintAccepted(body=OFFICE), by=OFFICE)
    clock = desk.story.clock("report-handling")
    assert (clock.party, desk.story.due("report-handling")) == (OFFICE, "2026-11-17 10:00")
    assert desk.story.situation().holder(shanghai("2026-11-17 10:00")) == OFFICE


def test_an_opinion_is_given_once_for_each_submission() -> None:
    desk = joint()
    desk.records(signed(), by=BUREAU, at="2026-11-17 10:00")
    with pytest.raises(AlreadyDone, match="a new one follows new materials"):
        desk.records(signed(), by=BUREAU, at="2026-11-17 11:00")
    desk.records(MaterialsSubmitted(utility=WATER, department=BUREAU), by=WATER, at="2026-11-18 10:00")
    desk.records(signed(), by=BUREAU, at="2026-11-18 11:00")


NOTICE = CommitmentNotified(utility=WATER, departments=(BUREAU,), commitment="c")


def short(metres: int = 299) -> Desk:
    desk = applied()
    works = surveyed(OFFICE, WATER, metres=metres, does=["pavement-excavation"])
    desk.records(works, by=OFFICE, at="2026-11-16 09:10")
    return desk


def test_works_within_the_limit_are_notified_under_a_commitment_of_the_year() -> None:
    desk = short()
    desk.records(NOTICE, by=WATER, commitments=[commitment(WATER, BUREAU, 2026)])
    assert desk.story.due("commitment-decision") == "2026-11-16 10:30"
    desk.records(signed(), by=BUREAU, at="2026-11-16 10:10")
    assert desk.story.state("commitment-decision") == "met"


@pytest.mark.parametrize(
    "held",
    [[], [commitment(WATER, "jm-zgj", 2026)], [commitment(GAS, BUREAU, 2026)], [commitment(WATER, BUREAU, 2025)]],
    ids=["none", "another department", "another utility", "last year"],
)
def test_without_a_commitment_of_the_year_utility_and_department_nothing_is_notified(held: list[object]) -> None:
    with pytest.raises(NotCovered, match="no commitment of jm-water to jm-cgw"):
        short().records(NOTICE, by=WATER, commitments=held)  # type: ignore[arg-type]  # commitments all


def test_works_of_exactly_the_threshold_are_not_notified() -> None:
    with pytest.raises(NotCovered, match="恰好300米"):
        short(300).records(NOTICE, by=WATER, commitments=[commitment(WATER, BUREAU, 2026)])


def test_without_works_there_is_nothing_to_notify() -> None:
    desk = applied()
    desk.records(surveyed(OFFICE, WATER, needed=False), by=OFFICE, at="2026-11-16 09:10")
    with pytest.raises(NotCovered, match="没有外线工程"):
        desk.records(NOTICE, by=WATER, commitments=[commitment(WATER, BUREAU, 2026)])


def test_outreach_is_recorded_by_one_of_those_who_made_it() -> None:
    desk = applied(WATER, GAS)
    desk.records(OutreachMade(utilities=(WATER, GAS)), by=GAS)
    with pytest.raises(NotAllowed, match="for itself alone"):
        desk.records(OutreachMade(utilities=(WATER,)), by=GAS)
