"""交接确认: the party that something was sent to says whether it arrived, once; nobody says it for another (六(二)1)."""

import pytest

from domain.acts.connection import ApplicationPushed, ResultReturned
from domain.acts.service import EnquiryReceived, EnquiryTransferred, FeedbackGiven, MatterHandedOver, ReceiptConfirmed, SuggestionGiven
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotFound
from domain.service.receipts import addressed
from tests.domain.desk import Desk, applied, joint, signed
from tests.domain.journeys.jingmen import GAS, OFFICE, PARKS, WATER
from tests.domain.stories import shanghai

HALL = "jm-hall-duodao"
PORTAL = "hb-portal"


def passed_on() -> Desk:
    """Taken in at the hall at nine, passed to the gas company at ten: the second entry."""
    desk = Desk()
    act = EnquiryReceived(
        channel="窗口", receiver=HALL, class_="general", reason="一般", subject="进度", place="掇刀大厅", window="1", officer="李四"
    )
    desk.opens(act, by=HALL)
    desk.records(EnquiryTransferred(to=GAS), by=HALL, at="2026-11-16 10:00")
    return desk


def arrived(at: str | None = "2026-11-16 10:05", seq: int = 2, party: str = GAS) -> ReceiptConfirmed:
    return ReceiptConfirmed(seq=seq, party=party, received_at=shanghai(at) if at else None)


def test_whoever_something_was_sent_to_says_that_it_arrived_once() -> None:
    desk = passed_on()
    desk.records(arrived(), by=GAS, at="2026-11-16 10:10")
    with pytest.raises(AlreadyDone, match="has already said whether entry 2 arrived"):
        desk.records(arrived(), by=GAS, at="2026-11-16 10:20")


def test_what_did_not_arrive_may_arrive_later() -> None:
    desk = passed_on()
    desk.records(arrived(None), by=GAS, at="2026-11-16 10:10")
    with pytest.raises(AlreadyDone):
        desk.records(arrived(None), by=GAS, at="2026-11-16 10:20")
    desk.records(arrived("2026-11-16 10:30"), by=GAS, at="2026-11-16 10:40")


def test_whoever_sent_it_does_not_confirm_it_nor_does_a_stranger() -> None:
    for by in (HALL, WATER):
        with pytest.raises(NotAllowed):
            passed_on().records(arrived(), by=by, at="2026-11-16 10:10")
    assert passed_on().records(arrived(), by=OFFICE, role="coordinator", at="2026-11-16 10:10").case.seq == 3


def test_a_window_does_not_confirm_what_it_sent_itself() -> None:
    with pytest.raises(NotAllowed, match="is said by jm-gas"):
        passed_on().records(arrived(), by=HALL, role="window", at="2026-11-16 10:10")


def test_an_entry_that_is_not_there_or_went_to_another_is_not_confirmed() -> None:
    with pytest.raises(NotFound, match="no entry 9"):
        passed_on().records(arrived(seq=9), by=GAS, at="2026-11-16 10:10")
    with pytest.raises(Malformed, match="was sent to jm-gas"):
        passed_on().records(arrived(party=WATER), by=WATER, at="2026-11-16 10:10")
    with pytest.raises(Malformed, match="hands nothing to another party"):
        passed_on().records(arrived(seq=1), by=GAS, at="2026-11-16 10:10")


def test_what_arrives_tomorrow_has_not_arrived() -> None:
    with pytest.raises(Malformed, match="received_at"):
        passed_on().records(arrived("2026-11-17 10:00"), by=GAS, at="2026-11-16 10:10")


def test_each_kind_of_handing_over_names_whom_it_reaches() -> None:
    desk = passed_on()
    desk.records(MatterHandedOver(to=WATER, complete=True), by=GAS)
    desk.records(FeedbackGiven(to_receiver_at=shanghai("2026-11-16 10:00")), by=GAS)
    desk.records(FeedbackGiven(to_customer_at=shanghai("2026-11-16 10:00")), by=GAS)
    desk.records(SuggestionGiven(text="先补材料"), by=GAS)
    case = desk.story.situation()
    assert [addressed(case, entry) for entry in desk.story.entries] == [(), (GAS,), (WATER,), (HALL,), (), ()]


def test_pushes_materials_opinions_and_results_name_whom_they_reach() -> None:
    desk = joint()
    desk.records(signed(), by=PARKS, at="2026-11-16 11:00")
    desk.records(ResultReturned(utility=WATER, department=PARKS), by=PARKS, at="2026-11-16 11:05")
    case = desk.story.situation()
    reached = {type(entry.act).__name__: addressed(case, entry) for entry in desk.story.entries}
    assert {name: to for name, to in reached.items() if to} == {
        "ApplicationPushed": (WATER,),
        "ApprovalPushed": (PARKS,),
        "MaterialsSubmitted": (PARKS,),
        "SignoffGiven": (WATER,),
        "ResultReturned": (PORTAL,),
    }


def test_a_push_to_oneself_is_nothing_to_be_confirmed() -> None:
    desk = applied(WATER, GAS)
    entry = desk.records(ApplicationPushed(utilities=(WATER, GAS)), by=WATER, role="window").entries[0]
    assert addressed(desk.story.situation(), entry) == (GAS,)
