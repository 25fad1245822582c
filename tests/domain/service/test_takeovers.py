"""A complaint that another body takes over: the first owes nothing any more from then on, and the second from then on (五(四)).

16 November 2026 is a Monday; a general complaint is answered within 24 hours by the body that took it up.
"""

import pytest

from domain.acts.service import ComplaintAccepted, ComplaintAnswered
from domain.refusals import AlreadyDone, Malformed, NotAllowed
from tests.domain.desk import Desk
from tests.domain.journeys.jingmen import CITY
from tests.domain.journeys.journeys import clocks, findings, journey
from tests.domain.journeys.test_journeys_jingmen_service import HOUSING, REFORM, complaint

MARKET, OFFICE = "jm-sjj", "jm-spj"
RECEIVED = ("2026-11-16 09:00", REFORM, complaint())
TAKEN = ("2026-11-16 10:00", HOUSING, ComplaintAccepted(body=HOUSING))
OVER = ComplaintAccepted(body=MARKET, reason="属材料质量，由市监局办理")


def taken() -> Desk:
    desk = Desk()
    desk.opens(complaint(), by=REFORM)
    desk.records(ComplaintAccepted(body=HOUSING), by=HOUSING, at="2026-11-16 10:00")
    return desk


def test_once_another_body_takes_over_the_first_owes_no_answer_and_the_second_counts_from_then() -> None:
    story = journey(CITY, RECEIVED, TAKEN, ("2026-11-16 15:00", MARKET, OVER))
    assert clocks(story, "report-handling") == [(HOUSING, "2026-11-17 10:00", "void"), (MARKET, "2026-11-17 15:00", "running")]
    assert story.situation().holder(story.entries[-1].occurred_at) == MARKET
    assert story.situation().holder(story.entries[1].occurred_at) == HOUSING
    assert findings(story, "2026-11-18 09:00") == [("report-handling", MARKET, "2026-11-17 15:00")]


def test_a_takeover_after_the_limit_leaves_the_breach_with_the_first() -> None:
    story = journey(CITY, RECEIVED, TAKEN, ("2026-11-17 10:01", MARKET, OVER))
    assert clocks(story, "report-handling") == [(HOUSING, "2026-11-17 10:00", "late"), (MARKET, "2026-11-18 10:01", "running")]


def test_an_answer_before_the_takeover_stays_an_answer() -> None:
    answered = ("2026-11-16 11:00", HOUSING, ComplaintAnswered(body=HOUSING, answer="已查"))
    story = journey(CITY, RECEIVED, TAKEN, answered, ("2026-11-16 15:00", MARKET, OVER))
    assert clocks(story, "report-handling")[0] == (HOUSING, "2026-11-17 10:00", "met")


def test_a_body_takes_over_in_its_own_name_and_with_its_reason() -> None:
    with pytest.raises(Malformed, match="say in reason why jm-sjj takes it over"):
        taken().records(ComplaintAccepted(body=MARKET), by=MARKET, at="2026-11-16 15:00")
    with pytest.raises(NotAllowed, match="for itself alone"):
        taken().records(OVER, by=REFORM, at="2026-11-16 15:00")
    assert taken().records(OVER, by=MARKET, at="2026-11-16 15:00").case.state == "open"
    assert taken().records(OVER, by=OFFICE, role="coordinator", at="2026-11-16 15:00").case.state == "open"


def test_taken_up_twice_by_the_same_body_it_has_been_taken_up() -> None:
    with pytest.raises(AlreadyDone, match="has taken this complaint up already"):
        taken().records(ComplaintAccepted(body=HOUSING, reason="再受理"), by=HOUSING, at="2026-11-16 15:00")


def test_passed_to_and_fro_it_comes_back_through_the_coordination_office_alone() -> None:
    """Else a limit could be begun again without end."""
    desk, back = taken(), ComplaintAccepted(body=HOUSING, reason="仍属住建局")
    desk.records(OVER, by=MARKET, at="2026-11-16 15:00")
    with pytest.raises(NotAllowed, match="only the coordination office gives it back"):
        desk.records(back, by=HOUSING, at="2026-11-16 16:00")
    desk.records(back, by=OFFICE, role="coordinator", at="2026-11-16 16:00")
    assert [clock.state for clock in desk.story.clocks("report-handling")] == ["void", "void", "running"]
