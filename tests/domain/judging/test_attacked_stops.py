"""Attacks with stops: written back in time, struck out after what they made good, resumed when they are none any more."""

import pytest

from domain.acts.enforcement.audit import FindingLapsed, SuspicionRaised
from domain.acts.enforcement.process import StopStruckOut
from domain.acts.stop import ClockResumed, ClockStopped
from domain.dry_run import missed
from domain.refusals import OutOfOrder
from tests.domain.desk import Desk, joint, signed
from tests.domain.findings.process import OFFICE, PARKS, Hearing
from tests.domain.stories import said, shanghai

KEYS = ("jm-water", PARKS)


def stop(desk: Desk, at: str, until: str, written: str | None = None) -> int:
    act = ClockStopped(rule="joint-approval", keys=KEYS, reason="art-45", basis="鉴定", told_at=shanghai(at), needed_until=shanghai(until))
    return desk.records(act, by=PARKS, at=at, written=written, account="officer").entries[0].seq


def strike(desk: Desk, seq: int, at: str) -> None:
    act = StopStruckOut(stopped_seq=seq, by=OFFICE, reason="鉴定与许可事项无关")
    desk.records(act, by=OFFICE, at=at, account="decider", role="supervisor")


def state(hearing: Hearing) -> str:
    return hearing.finding.state


def test_a_stop_that_is_written_in_the_last_hour_is_asked_about_whatever_hour_stands_on_it() -> None:
    desk = joint()
    stop(desk, "2026-11-17 15:59", "2026-11-19 18:00", written="2026-11-17 17:30")
    assert [one.about for one in desk.story.written(SuspicionRaised)] == ["late-stop"]
    calm = joint()
    stop(calm, "2026-11-17 10:00", "2026-11-19 18:00", written="2026-11-17 11:30")
    assert calm.story.written(SuspicionRaised) == []


def test_a_stop_that_was_struck_out_is_not_resumed() -> None:
    desk = joint()
    seq = stop(desk, "2026-11-18 08:30", "2026-11-23 18:00")
    strike(desk, seq, "2026-11-18 10:00")
    with pytest.raises(OutOfOrder, match="not stopped"):
        desk.records(ClockResumed(rule="joint-approval", keys=KEYS), by=PARKS, at="2026-11-18 11:00")
    assert said(desk.story.clock("joint-approval", *KEYS).due) == "2026-11-19 18:00"


def test_a_stop_that_was_resumed_and_then_struck_out_gives_no_minute() -> None:
    desk = joint()
    seq = stop(desk, "2026-11-18 08:30", "2026-11-23 18:00")
    desk.records(ClockResumed(rule="joint-approval", keys=KEYS), by=PARKS, at="2026-11-19 08:30")
    assert said(desk.story.clock("joint-approval", *KEYS).due) == "2026-11-20 18:00"
    strike(desk, seq, "2026-11-19 10:00")
    assert said(desk.story.clock("joint-approval", *KEYS).due) == "2026-11-19 18:00"


def test_a_stop_after_the_due_moment_heals_nothing() -> None:
    desk = joint()
    stop(desk, "2026-11-20 08:30", "2026-11-24 18:00")
    clock = desk.story.clock("joint-approval", *KEYS)
    assert (said(clock.due), clock.state) == ("2026-11-19 18:00", "running")
    found = [one for one in desk.story.swept("2026-11-20 09:00") if one.rule == "joint-approval"]
    assert [one.state for one in found] == ["open"]


def test_what_lapsed_by_a_stop_is_found_again_once_the_stop_is_struck_out() -> None:
    hearing = Hearing()
    seq = stop(hearing.desk, "2026-11-19 17:30", "2026-11-20 18:00", written="2026-11-19 18:05")
    hearing.sweep("2026-11-19 18:06")
    assert state(hearing) == "lapsed"
    hearing.desk.records(signed(), by=PARKS, at="2026-11-20 09:00")
    assert hearing.desk.story.state("joint-approval", *KEYS) == "met"
    strike(hearing.desk, seq, "2026-11-23 10:00")
    hearing.sweep("2026-11-23 10:02")
    assert (state(hearing), said(hearing.finding.due_at), said(hearing.finding.ended_at)) == (
        "open",
        "2026-11-19 18:00",
        "2026-11-20 09:00",
    )
    assert len(hearing.desk.story.written(FindingLapsed)) == 1
    # A dry run of the plan as it is finds the same.
    story = hearing.desk.story
    found = missed(story.book, story.entries, story.offices, shanghai("2026-11-23 10:02"))
    assert [(one.party, one.keys) for one in found if one.rule == "joint-approval"] == [(PARKS, KEYS)]
    hearing.notified("2026-11-23 11:00")
    assert state(hearing) == "notified"
