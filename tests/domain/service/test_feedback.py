"""Who has to be told of an enquiry, and which acts tell them (五(一), 五(二)).

16 November 2026 is a Monday; a general enquiry of ten o'clock is to be fed back on by Tuesday ten o'clock.
"""

from domain.acts.service import (
    CaseClosed,
    EnquiryTransferred,
    FeedbackGiven,
    MatterDone,
    MatterRegistered,
    PolicyExplained,
    SuggestionGiven,
)
from tests.domain.journeys.jingmen import CITY, GAS, WATER
from tests.domain.journeys.journeys import Step, clocks, findings, journey
from tests.domain.journeys.test_journeys_jingmen_service import HALL, asked, told
from tests.domain.stories import Story, said, shanghai

RECEIVED = asked("2026-11-16 10:00", by=HALL)
PASSED: Step = ("2026-11-16 10:30", HALL, EnquiryTransferred(to=GAS))
DUE = "2026-11-17 10:00"
LATE = [("general-feedback", GAS, DUE)]


def done(at: str, by: str, replied: str | None = None) -> Step:
    return at, by, MatterDone(outcome="已办结", replied_at=shanghai(replied) if replied else None)


def met(story: Story) -> tuple[str, str | None]:
    clock = story.clock("general-feedback")
    return clock.state, said(clock.ended_at)


def test_a_receiver_that_holds_the_matter_itself_has_nobody_but_the_customer_to_tell() -> None:
    story = journey(CITY, RECEIVED, told("2026-11-16 11:00", by=HALL, customer="2026-11-16 11:00"))
    assert met(story) == ("met", "2026-11-16 11:00")


def test_told_by_the_receiver_itself_the_receiver_knows_though_another_holds_the_matter() -> None:
    story = journey(CITY, RECEIVED, PASSED, told("2026-11-16 11:00", by=HALL, customer="2026-11-16 11:00"))
    assert met(story) == ("met", "2026-11-16 11:00")


def test_a_matter_that_comes_back_to_the_receiver_has_been_told_to_it() -> None:
    """Gas told the customer at eleven and gave the matter back at twelve: the later of the two counts."""
    back: Step = ("2026-11-16 12:00", GAS, EnquiryTransferred(to=HALL))
    story = journey(CITY, RECEIVED, PASSED, told("2026-11-16 11:00", by=GAS, customer="2026-11-16 11:00"), back)
    assert met(story) == ("met", "2026-11-16 12:00")
    again = journey(CITY, RECEIVED, PASSED, back, told("2026-11-16 14:00", by=GAS, customer="2026-11-16 14:00"))
    assert met(again) == ("met", "2026-11-16 14:00")


def test_a_matter_given_back_only_on_paper_weeks_later_tells_nobody_in_time() -> None:
    story = journey(CITY, RECEIVED, PASSED, told("2026-11-16 11:00", by=GAS, customer="2026-11-16 11:00"))
    story.at("2026-11-16 12:00", written="2026-11-30 09:00").does(EnquiryTransferred(to=HALL), by=GAS)
    assert (story.clock("general-feedback").state, story.clock("general-feedback").late_entry) == ("late", True)


def test_a_matter_that_is_done_and_answered_has_been_fed_back_to_the_customer() -> None:
    answered = done("2026-11-16 15:00", HALL, replied="2026-11-16 15:00")
    assert met(journey(CITY, RECEIVED, answered)) == ("met", "2026-11-16 15:00")


def test_an_answer_of_the_handling_department_still_has_to_reach_the_receiver() -> None:
    """五(一) “同时将信息反馈至受理部门”."""
    answered = done("2026-11-16 15:00", GAS, replied="2026-11-16 15:00")
    assert findings(journey(CITY, RECEIVED, PASSED, answered), "2026-11-17 10:05") == LATE
    story = journey(CITY, RECEIVED, PASSED, answered, told("2026-11-16 16:00", by=GAS, receiver="2026-11-16 16:00"))
    assert met(story) == ("met", "2026-11-16 16:00")


def test_a_matter_that_is_done_without_an_answer_has_told_nobody() -> None:
    assert findings(journey(CITY, RECEIVED, done("2026-11-16 15:00", HALL)), "2026-11-17 10:05") == [("general-feedback", HALL, DUE)]


def test_a_policy_that_was_explained_is_an_answer_and_a_suggestion_is_none() -> None:
    """五(二) “耐心细致的解释工作” ends the matter; a suggestion asks the customer for something."""
    explained: Step = ("2026-11-16 11:00", HALL, PolicyExplained(policy="红线内由用户投资", text="已当面说明"))
    assert met(journey(CITY, RECEIVED, explained)) == ("met", "2026-11-16 11:00")
    suggested: Step = ("2026-11-16 11:00", HALL, SuggestionGiven(text="先补规划许可"))
    assert findings(journey(CITY, RECEIVED, suggested), "2026-11-17 10:05") == [("general-feedback", HALL, DUE)]


def test_an_answer_written_too_late_gives_way_to_one_that_was_written_in_time() -> None:
    story = journey(CITY, RECEIVED, told("2026-11-17 09:00", by=HALL, customer="2026-11-17 09:00"))
    story.at("2026-11-16 12:00", written="2026-11-30 09:00").does(
        MatterDone(outcome="已办", replied_at=shanghai("2026-11-16 12:00")), by=HALL
    )
    assert met(story) == ("met", "2026-11-17 09:00")


def test_a_registered_matter_is_answered_by_a_feedback_that_follows_what_was_done() -> None:
    """五(二) “在规定期限内办结并向群众作出回复”: told at three what was done at two; told at one, nothing had been done yet."""
    registered: Step = ("2026-11-16 10:10", HALL, MatterRegistered(class_="general", reason="需核实"))
    at_two = done("2026-11-16 14:00", HALL)
    after = journey(CITY, RECEIVED, registered, at_two, told("2026-11-16 15:00", by=HALL, customer="2026-11-16 15:00"))
    assert clocks(after, "registered-matter") == [("", "2026-11-17 10:10", "met")]
    before = journey(CITY, RECEIVED, registered, told("2026-11-16 13:00", by=HALL, customer="2026-11-16 13:00"), at_two)
    assert clocks(before, "registered-matter") == [("", "2026-11-17 10:10", "running")]


def test_a_case_closes_with_whatever_answered_the_customer() -> None:
    """五(二) “事事有回复、件件有落实”."""
    closed: Step = ("2026-11-16 17:00", HALL, CaseClosed(outcome="已办结"))
    answers: tuple[Step, ...] = (
        done("2026-11-16 15:00", HALL, replied="2026-11-16 15:00"),
        ("2026-11-16 15:00", HALL, PolicyExplained(policy="红线内由用户投资", text="已说明")),
        told("2026-11-16 15:00", by=HALL, customer="2026-11-16 15:00"),
    )
    for answer in answers:
        assert findings(journey(CITY, RECEIVED, answer, closed), "2026-11-17 18:00") == []
    silent = journey(CITY, RECEIVED, done("2026-11-16 15:00", HALL), closed)
    assert ("reply-before-close", HALL, "2026-11-16 17:00") in findings(silent, "2026-11-17 18:00")


def test_a_case_of_another_kind_has_no_receiver_to_be_told() -> None:
    assert Story(CITY).situation().receiver() is None


def test_the_holder_stays_the_holder_where_the_customer_was_told_of_it() -> None:
    """Water took it in and kept it; gas never had it."""
    story = journey(
        CITY, asked("2026-11-16 10:00"), ("2026-11-16 11:00", WATER, FeedbackGiven(to_customer_at=shanghai("2026-11-16 11:00")))
    )
    assert met(story) == ("met", "2026-11-16 11:00")
