"""The other reading and the law's own limit are told of every clock, whatever became of it."""

import msgspec

from domain.acts.connection import SignoffGiven
from domain.acts.fact import VisitRequired
from domain.acts.service import EnquiryReceived, MatterRegistered
from domain.deadlines.readings import Readings, class_of, is_by_class, readings_of
from domain.judging.situation import Situation
from tests.domain.judging.test_stops import BUREAU, WATER
from tests.domain.stories import Story, approval, said


def test_an_opinion_given_in_time_shows_midnight_and_the_twenty_days_of_the_law() -> None:
    story = approval("2026-11-16 10:00")
    act = SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")
    story.at("2026-11-18 09:00").does(act, by=BUREAU)
    clock = story.clock("joint-approval")
    assert (clock.state, clock.also_due) == ("met", None)
    found = readings_of(Situation(story.book, story.entries), clock, story.offices)
    # Three working days end on Thursday 19 November, at closing or at midnight; twenty end on Monday 14 December.
    assert (said(found.also), said(found.statutory)) == ("2026-11-20 00:00", "2026-12-14 18:00")


def test_a_running_clocks_are_those_that_are_kept_with_it() -> None:
    story = approval("2026-11-16 10:00")
    clock = story.clock("joint-approval")
    assert readings_of(Situation(story.book, story.entries), clock, story.offices) == (clock.also_due, clock.statutory_due)


def test_a_clock_that_stands_still_without_an_end_has_neither() -> None:
    story = approval("2026-11-16 10:00")
    clock = msgspec.structs.replace(story.clock("joint-approval"), due=None)
    assert readings_of(Situation(story.book, story.entries), clock, story.offices) == Readings()


def test_a_count_and_a_clock_whose_start_is_gone_have_neither() -> None:
    story = approval("2026-11-16 10:00")
    story.at("2026-11-17 09:00", written="2026-11-17 09:05").does(VisitRequired(required_by=WATER), by="jm-spj")
    situation = Situation(story.book, story.entries)
    gone = msgspec.structs.replace(story.clock("joint-approval"), start_seq=999)
    for clock in (story.clock("no-visits"), gone):
        assert readings_of(situation, clock, story.offices) == Readings()


def test_the_class_that_chose_a_limit_is_the_starting_acts_own_before_the_matters() -> None:
    story = Story("jingmen-2023")
    asked = EnquiryReceived(channel="12345", receiver="jm-spj", class_="general", reason="一般", subject="进度")
    story.at("2026-06-03 10:00").does(asked, by="jm-spj")
    story.at("2026-06-03 10:10").does(MatterRegistered(class_="complex", reason="须现场核实"), by="jm-spj")
    situation = Situation(story.book, story.entries)
    assert (class_of(situation, 1), class_of(situation, 2), class_of(situation, 99)) == ("general", "complex", "general")


def test_a_limit_goes_by_the_class_only_where_the_rule_says_so() -> None:
    book = Story("jingmen-2023").book
    assert [is_by_class(book, rule) for rule in ("registered-matter", "joint-approval", "no-visits")] == [True, False, False]
