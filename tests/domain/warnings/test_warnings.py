"""A warning is sent in office time, unless its rule runs day and night, and never so late that it warns of nothing."""

import pytest

from calendars import Measure
from domain.acts.connection import AccessConfirmed
from domain.acts.enforcement.audit import WarningRaised
from domain.acts.service import EnquiryReceived
from domain.deadlines.remaining import remaining_of
from domain.judging.warning import sent_at, waits
from domain.warnings.recipients import Recipient, Shade, recipients
from tests.domain.stories import Story, approval, book, connection, offices, said, shanghai, surveyed, with_rules

OFFICE = offices().of(book("jingmen-2023"), "jm-cgw", offices().newest)
"""08:30–12:00 and 14:30–18:00."""


@pytest.mark.parametrize(
    ("warn", "due", "sent"),
    [
        ("2026-11-19 17:59:59", "2026-11-23 18:00", "2026-11-19 17:59:59"),
        ("2026-11-19 18:00", "2026-11-23 18:00", "2026-11-20 08:30"),
        ("2026-11-19 12:00", "2026-11-23 18:00", "2026-11-19 14:30"),
        # Friday evening: the office opens again on Monday.
        ("2026-11-20 20:00", "2026-11-23 18:00", "2026-11-23 08:30"),
        # Nothing opens before the limit ends: it is warned of at once.
        ("2026-11-19 18:00", "2026-11-20 08:30", "2026-11-19 18:00"),
    ],
)
def test_a_warning_of_office_time_waits_for_the_office_to_open(warn: str, due: str, sent: str) -> None:
    assert said(sent_at(OFFICE, Measure.WORKING_DAYS, shanghai(warn), shanghai(due))) == sent


@pytest.mark.parametrize("measure", [Measure.NATURAL, Measure.WORKING_NATURAL])
def test_a_rule_that_runs_day_and_night_warns_at_night(measure: Measure) -> None:
    at = shanghai("2026-11-22 03:00")
    assert sent_at(OFFICE, measure, at, shanghai("2026-11-22 09:00")) == at


def test_the_share_stays_the_share_where_the_warning_is_sent_later() -> None:
    # 5.5 hours are left of the 16th, and three days of seven: half of 26.5 hours has gone on the 18th at 09:15.
    story = Story(with_rules(HALF))
    story.at("2026-11-16 10:00").does(received(), by="jm-water")
    clock = story.clock("half")
    assert said(clock.due) == "2026-11-19 18:00"
    assert (said(clock.warn), said(clock.next_check_at)) == ("2026-11-18 09:15", "2026-11-18 09:15")
    story.at("2026-11-16 18:00").does(received(), by="jm-water")
    later = story.clocks("half")[1]
    # At the close: three whole days of seven hours, half of which ends on the 18th at noon; the office opens again at 14:30.
    assert (said(later.warn), said(later.next_check_at)) == ("2026-11-18 12:00", "2026-11-18 14:30")


def test_a_general_enquiry_of_friday_evening_is_warned_of_on_saturday() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-20 17:00").does(received(), by="jm-water")
    clock = story.clock("general-feedback")
    # 24 hours; 18 of them have gone on Saturday at 11:00.
    assert (said(clock.warn), said(clock.next_check_at)) == ("2026-11-21 11:00", "2026-11-21 11:00")


@pytest.mark.parametrize(
    ("rule", "due", "now", "waiting"),
    [
        ("joint-approval", "2026-11-19 18:00", "2026-11-19 11:00", False),
        ("joint-approval", "2026-11-19 18:00", "2026-11-19 02:00", True),
        ("joint-approval", "2026-11-19 18:00", "2026-11-19 12:30", True),
        ("joint-approval", "2026-11-20 08:00", "2026-11-19 22:00", False),
        ("general-feedback", "2026-11-22 17:00", "2026-11-22 02:00", False),
        # By the class of the matter: it may be one of the twenty-four hours.
        ("registered-matter", "2026-11-23 17:00", "2026-11-22 02:00", False),
    ],
)
def test_a_warning_that_was_passed_over_waits_for_the_office_too(rule: str, due: str, now: str, waiting: bool) -> None:  # noqa: FBT001 -- a table's column
    warned = WarningRaised(rule=rule, keys=(), party="jm-cgw", started_seq=1, due_at=shanghai(due))
    assert waits(book("jingmen-2023"), warned, offices().newest, offices(), shanghai(now)) is waiting


@pytest.mark.parametrize(
    ("now", "left"),
    [
        # Due on Thursday the 19th at 18:00: three days begin after the 16th, one after the 18th.
        ("2026-11-16 11:00", ("days", 3, 3 * 86_400 + 7 * 3_600)),
        ("2026-11-18 10:00", ("days", 1, 86_400 + 8 * 3_600)),
        ("2026-11-19 18:00", ("days", 0, 0)),
        ("2026-11-20 09:00", ("days", 0, 0)),
    ],
)
def test_what_is_left_is_counted_in_the_rules_own_measure(now: str, left: tuple[str, int, int]) -> None:
    story = approval()
    clock = story.clock("joint-approval")
    time = remaining_of(story.book, clock, story.offices, shanghai(now))
    assert (time.measure, time.own, time.natural_seconds) == left


def test_half_a_day_is_left_in_office_time() -> None:
    story = connection("jingmen-2023", "jm-power", at="2026-11-16 09:00")
    story.at("2026-11-16 10:00").does(surveyed("jm-spj", "jm-power", needed=False), by="jm-spj")
    story.at("2026-11-16 10:00").does(AccessConfirmed(utility="jm-power"), by="jm-power")
    clock = story.clock("half-day-connection", "jm-power")
    left = remaining_of(story.book, clock, story.offices, shanghai("2026-11-16 11:30"))
    # Half an hour before noon and an hour and a half after 14:30.
    assert (said(clock.due), left.measure, left.own) == ("2026-11-16 16:00", "seconds", 7_200)


def test_nobody_is_warned_twice_of_one_limit() -> None:
    story = approval()
    story.swept("2026-11-19 17:00")
    assert len(story.written(WarningRaised)) == 1
    story.swept("2026-11-19 18:00")
    assert len(story.written(WarningRaised)) == 1


@pytest.mark.parametrize(
    ("shade", "posts"),
    [
        ("warning", [("jm-water", "handler")]),
        ("yellow", [("jm-water", "handler"), ("jm-water", "head")]),
        ("red", [("jm-water", "handler"), ("jm-water", "head"), ("jm-spj", "office")]),
    ],
)
def test_each_light_is_told_to_more_people(shade: Shade, posts: list[tuple[str, str]]) -> None:
    assert list(recipients(book("jingmen-2023"), "jm-water", shade)) == posts


def test_the_coordination_office_is_told_of_its_own_red_lights_as_everybody_else() -> None:
    told = recipients(book("daye-2023"), "dy-cgj", "red")
    assert told == (Recipient("dy-cgj", "handler"), Recipient("dy-cgj", "head"), Recipient("dy-cgj", "office"))


def received() -> EnquiryReceived:
    return EnquiryReceived(channel="窗口", receiver="jm-water", handler="王五", class_="general", reason="可以直接解决", subject="水压")


HALF = """
id = "half"
deadline = { case = "enquiry", starts = "enquiry.received", stops = "matter.done", owed_by = "actor", limit = "3wd", warn = "0.5" }
"""
