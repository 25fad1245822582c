"""When an approval clock lawfully stands still, and when it goes on."""

from domain.acts.connection import MaterialsSupplemented, ReviewFinished, SignoffGiven
from domain.acts.stop import ClockResumed, ClockStopped
from domain.clock import shown_state
from tests.domain.stories import Story, approval, said, shanghai

WATER, BUREAU = "jm-water", "jm-cgw"
KEYS = (WATER, BUREAU)


def stopped(told: str | None, until: str | None, reason: str = "art-45") -> ClockStopped:
    return ClockStopped(
        rule="joint-approval",
        keys=KEYS,
        reason=reason,  # type: ignore[arg-type]  # either word
        basis="鉴定",
        told_at=shanghai(told) if told else None,
        needed_until=shanghai(until) if until else None,
    )


def approving() -> Story:
    """Due on Thursday 19 November at 18:00 if nothing stops it."""
    return approval("2026-11-16 10:00")


def signed(story: Story, at: str) -> None:
    act = SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")
    story.at(at).does(act, by=BUREAU)


def test_a_stop_at_night_adds_nothing() -> None:
    story = approving()
    story.at("2026-11-17 18:00").does(stopped("2026-11-17 18:00", "2026-11-18 08:30"), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-19 18:00"


def test_a_stop_from_the_last_minute_to_the_first_adds_one_day() -> None:
    story = approving()
    story.at("2026-11-17 17:59").does(stopped("2026-11-17 17:59", "2026-11-18 08:31"), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-20 18:00"


def test_a_stop_counts_from_the_notice_where_that_came_later() -> None:
    story = approving()
    story.at("2026-11-17 09:00", written="2026-11-17 09:05").does(stopped("2026-11-18 18:00", "2026-11-19 08:30"), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-19 18:00"


def test_a_stop_ends_when_the_stated_time_ends_even_if_nobody_resumes_it() -> None:
    story = approving()
    story.at("2026-11-17 08:30").does(stopped("2026-11-17 08:30", "2026-11-17 18:00"), by=BUREAU)
    clock = story.clock("joint-approval")
    assert (said(clock.due), clock.state) == ("2026-11-20 18:00", "running")
    assert shown_state(clock, shanghai("2026-11-17 12:00")) == "stopped"
    assert shown_state(clock, shanghai("2026-11-17 18:00")) == "running"
    assert shown_state(clock, shanghai("2026-11-20 18:00:01")) == "breached"


def test_a_stop_that_is_resumed_early_ends_then() -> None:
    story = approving()
    story.at("2026-11-17 08:30").does(stopped("2026-11-17 08:30", "2026-11-19 18:00"), by=BUREAU)
    story.at("2026-11-17 10:00").does(ClockResumed(rule="joint-approval", keys=KEYS), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-20 18:00"


def test_a_resumption_of_another_clock_ends_nothing() -> None:
    story = approving()
    story.at("2026-11-17 08:30").does(stopped("2026-11-17 08:30", "2026-11-18 18:00"), by=BUREAU)
    story.at("2026-11-17 10:00").does(ClockResumed(rule="joint-approval", keys=("jm-gas", BUREAU)), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-23 18:00"


def test_a_clock_with_an_open_stop_is_never_due() -> None:
    story = approving()
    story.at("2026-11-16 15:00").does(ReviewFinished(utility=WATER, department=BUREAU), by=BUREAU)
    story.at("2026-11-17 08:30").does(stopped(None, None, "deferred-document"), by=BUREAU)
    clock = story.clock("joint-approval")
    assert (clock.state, clock.due, clock.warn, clock.next_check_at) == ("stopped", None, None, None)
    assert story.swept("2026-12-20 10:00") == []


def test_a_stop_for_a_deferred_document_ends_with_the_document() -> None:
    story = approving()
    story.at("2026-11-17 08:30").does(stopped(None, None, "deferred-document"), by=BUREAU)
    supplied = MaterialsSupplemented(utility=WATER, department=BUREAU, documents=("竣工图",))
    story.at("2026-11-18 18:00").does(supplied, by=WATER)
    assert story.due("joint-approval") == "2026-11-23 18:00"


def test_an_opinion_during_an_open_stop_ends_clock_and_stop() -> None:
    story = approving()
    story.at("2026-11-17 08:30").does(stopped(None, None, "deferred-document"), by=BUREAU)
    signed(story, "2026-11-18 09:00")
    clock = story.clock("joint-approval")
    assert (clock.state, clock.stops) == ("met", ((shanghai("2026-11-17 08:30"), shanghai("2026-11-18 09:00")),))


def test_a_stop_after_the_opinion_counts_for_nothing() -> None:
    story = approving()
    signed(story, "2026-11-17 09:00")
    story.at("2026-11-17 10:00").does(stopped(None, None, "deferred-document"), by=BUREAU)
    clock = story.clock("joint-approval")
    assert (clock.state, clock.stops, said(clock.due)) == ("met", (), "2026-11-19 18:00")


def test_a_stop_written_too_late_does_not_count() -> None:
    story = approving()
    story.at("2026-11-19 09:00", written="2026-11-20 09:00").does(stopped("2026-11-19 09:00", "2026-11-20 18:00"), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-19 18:00"
    assert len(story.swept("2026-11-20 10:00")) == 1


def test_a_stop_written_within_two_office_hours_counts_and_ends_the_finding_once_the_clock_is_met() -> None:
    story = approving()
    found = story.swept("2026-11-19 18:05")
    assert [finding.state for finding in found] == ["open"]
    story.at("2026-11-19 17:30", written="2026-11-20 09:00").does(stopped("2026-11-19 17:30", "2026-11-19 18:00"), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-20 18:00"
    assert said(story.judged().findings[0].due_at) == "2026-11-20 18:00"
    signed(story, "2026-11-20 18:00")
    assert [finding.state for finding in story.swept("2026-11-23 10:00") if finding.rule == "joint-approval"] == ["lapsed"]


def test_a_stop_that_begins_once_the_clock_was_due_does_not_count() -> None:
    story = approving()
    story.at("2026-11-19 18:00").does(stopped("2026-11-19 18:00", "2026-11-20 18:00"), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-19 18:00"


def test_a_stop_that_was_over_before_the_materials_came_does_not_count() -> None:
    story = approving()
    story.at("2026-11-16 09:30").does(stopped("2026-11-16 09:30", "2026-11-16 09:50"), by=BUREAU)
    assert story.clock("joint-approval").stops == ()


def test_a_stop_that_ends_before_it_begins_is_none() -> None:
    story = approving()
    story.at("2026-11-17 09:30").does(stopped("2026-11-17 11:00", "2026-11-17 10:00"), by=BUREAU)
    assert story.clock("joint-approval").stops == ()


def test_stops_add_up() -> None:
    story = approving()
    story.at("2026-11-17 08:30").does(stopped("2026-11-17 08:30", "2026-11-17 18:00"), by=BUREAU)
    story.at("2026-11-20 08:30").does(stopped("2026-11-20 08:30", "2026-11-20 18:00"), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-23 18:00"


def test_a_stop_of_another_clock_or_for_a_reason_that_the_rule_does_not_know_does_not_count() -> None:
    story = approving()
    story.at("2026-11-17 08:30").does(
        ClockStopped(rule="joint-approval", keys=("jm-gas", BUREAU), reason="art-45", basis="听证"), by=BUREAU
    )
    story.at("2026-11-17 08:30").does(ClockStopped(rule="materials-submission", keys=KEYS, reason="art-45", basis="听证"), by=BUREAU)
    assert story.due("joint-approval") == "2026-11-19 18:00"
