"""A stop that is found unlawful is struck out: the clock is judged as if it had not been, and may be missed by that."""

import pytest

from domain.acts.enforcement.audit import FindingOpened
from domain.acts.enforcement.process import StopStruckOut
from domain.acts.stop import ClockStopped
from domain.refusals import AlreadyDone, NotAllowed, NotFound
from tests.domain.desk import Desk, joint, signed
from tests.domain.findings.process import OFFICE, PARKS, REFORM
from tests.domain.stories import said, shanghai

KEYS = ("jm-water", PARKS)


def stopped() -> tuple[Desk, int]:
    """Due on Thursday 19 November at 18:00; stopped on Wednesday for an appraisal of two working days, told in writing."""
    desk = joint()
    told, until = shanghai("2026-11-18 08:30"), shanghai("2026-11-19 18:00")
    act = ClockStopped(rule="joint-approval", keys=KEYS, reason="art-45", basis="鉴定", told_at=told, needed_until=until)
    made = desk.records(act, by=PARKS, at="2026-11-18 08:30", account="officer")
    return desk, made.entries[0].seq


def strike(desk: Desk, seq: int, by: str = OFFICE, account: str = "decider", at: str = "2026-11-24 10:00") -> None:
    desk.records(StopStruckOut(stopped_seq=seq, by=by, reason="鉴定与许可事项无关"), by=by, at=at, account=account, role="supervisor")


def test_a_clock_without_its_unlawful_stop_is_due_as_if_it_had_not_been() -> None:
    desk, seq = stopped()
    assert said(desk.story.clock("joint-approval", *KEYS).due) == "2026-11-23 18:00"
    strike(desk, seq, at="2026-11-19 10:00")
    clock = desk.story.clock("joint-approval", *KEYS)
    assert (said(clock.due), clock.stops) == ("2026-11-19 18:00", ())


def test_an_act_that_only_the_unlawful_stop_made_timely_is_found_late() -> None:
    desk, seq = stopped()
    desk.records(signed(), by=PARKS, at="2026-11-23 17:00")
    assert desk.story.state("joint-approval", *KEYS) == "met"
    strike(desk, seq)
    found = [one for one in desk.story.swept("2026-11-24 10:05") if one.rule == "joint-approval"]
    assert [(said(one.due_at), said(one.ended_at), one.state) for one in found] == [("2026-11-19 18:00", "2026-11-23 17:00", "open")]
    assert "joint-approval" in [act.rule for act in desk.story.written(FindingOpened)]


def test_another_stop_of_the_same_clock_still_counts() -> None:
    desk, seq = stopped()
    told, until = shanghai("2026-11-23 08:30"), shanghai("2026-11-23 18:00")
    act = ClockStopped(rule="joint-approval", keys=KEYS, reason="art-45", basis="听证", told_at=told, needed_until=until)
    lawful = desk.records(act, by=PARKS, at="2026-11-17 10:00", written="2026-11-23 08:30").entries[0].seq
    strike(desk, lawful)
    assert said(desk.story.clock("joint-approval", *KEYS).due) == "2026-11-23 18:00"
    assert seq != lawful


def test_only_the_decider_about_the_clocks_party_strikes_out_a_stop_and_once() -> None:
    desk, seq = stopped()
    with pytest.raises(NotAllowed, match="jm-spj decides about jm-cgw"):
        strike(desk, seq, by=REFORM)
    with pytest.raises(NotAllowed, match="account that stopped"):
        strike(desk, seq, account="officer")
    strike(desk, seq)
    with pytest.raises(AlreadyDone, match="struck out already"):
        strike(desk, seq)


def test_what_stops_no_clock_cannot_be_struck_out() -> None:
    desk, _ = stopped()
    for seq in (1, 99):
        with pytest.raises(NotFound, match="stops no clock"):
            strike(desk, seq)
