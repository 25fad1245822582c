"""Whose each second of a case's overrun was; worked out by hand in office hours 8:30-12:00 and 14:30-18:00."""

from datetime import date, datetime, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assessment.delay_shares import DelayShares, Share, delay_shares_of, office_of, shares_of
from domain.clock import Clock
from tests.domain.stories import book, offices, shanghai

HOUR = 3_600
OFFICE = office_of(book("jingmen-2023"), offices())
PARTIES = ("jm-water", "jm-gas", "jm-cgw")


def clock(party: str, due: str, ended: str | None = None, *, also: str | None = None, started: str = "2026-06-01 09:00") -> Clock:
    return Clock(
        rule="half-day-connection",
        keys=(party,),
        party=party,
        start_seq=1,
        started=shanghai(started),
        due=shanghai(due),
        state="late" if ended else "running",
        edition="e",
        ended_at=shanghai(ended) if ended else None,
        also_due=shanghai(also) if also else None,
    )


def held(clocks: list[Clock], now: str) -> dict[str, int]:
    delay_shares = delay_shares_of(clocks, OFFICE, shanghai(now))
    return {party: delay_shares.of(party) for party in PARTIES if delay_shares.of(party)}


def test_one_party_alone_holds_its_whole_overrun() -> None:
    """Wednesday 3 June, 17:00 to Thursday 9:30: one hour and one hour."""
    assert held([clock("jm-water", "2026-06-03 17:00", "2026-06-04 09:30")], "2026-06-10 09:00") == {"jm-water": 2 * HOUR}


def test_two_parties_share_the_seconds_in_which_both_are_overdue() -> None:
    """9-10 water alone, 10-12 both, 14:30-15:30 gas alone."""
    both = [clock("jm-water", "2026-06-03 09:00", "2026-06-03 12:00"), clock("jm-gas", "2026-06-03 10:00", "2026-06-03 15:30")]
    assert held(both, "2026-06-10 09:00") == {"jm-water": 2 * HOUR, "jm-gas": 2 * HOUR}


def test_a_party_with_two_overdue_clocks_counts_once() -> None:
    """Two hours, two parties: an hour each, though water missed two limits."""
    clocks = [
        clock("jm-water", "2026-06-03 09:00", "2026-06-03 11:00"),
        msgspec.structs.replace(clock("jm-water", "2026-06-03 09:00", "2026-06-03 11:00"), rule="appointment"),
        clock("jm-gas", "2026-06-03 09:00", "2026-06-03 11:00"),
    ]
    assert held(clocks, "2026-06-10 09:00") == {"jm-water": HOUR, "jm-gas": HOUR}


def test_the_odd_seconds_go_to_the_earliest_due() -> None:
    """Eleven seconds among three: three each, and the two that are left to the gas company, due a second before."""
    clocks = [
        clock("jm-water", "2026-06-03 09:00:01", "2026-06-03 09:00:12"),
        clock("jm-gas", "2026-06-03 09:00:00", "2026-06-03 09:00:12"),
        clock("jm-cgw", "2026-06-03 09:00:01", "2026-06-03 09:00:12"),
    ]
    assert held(clocks, "2026-06-10 09:00") == {"jm-gas": 1 + 3 + 2, "jm-water": 3, "jm-cgw": 3}


def test_an_overrun_that_lasts_is_counted_to_now_and_by_the_month() -> None:
    """Due Tuesday 30 June 17:00: an hour in June; Wednesday 1 July until ten, an hour and a half."""
    shares = shares_of([clock("jm-water", "2026-06-30 17:00")], OFFICE, shanghai("2026-07-01 10:00"))
    assert [(share.month, share.seconds) for share in shares] == [(date(2026, 6, 1), HOUR), (date(2026, 7, 1), HOUR * 3 // 2)]


def test_an_overrun_over_the_new_year_is_cut_at_it() -> None:
    """Thursday 31 December 2026 17:00; 1 to 3 January are rest days, Monday 4 January until 9:30."""
    shares = shares_of([clock("jm-water", "2026-12-31 17:00")], OFFICE, shanghai("2027-01-04 09:30"))
    assert [(share.month, share.seconds) for share in shares] == [(date(2026, 12, 1), HOUR), (date(2027, 1, 1), HOUR)]


def test_void_stopped_and_counted_clocks_and_what_was_in_time_cost_nothing() -> None:
    late = clock("jm-water", "2026-06-03 09:00", "2026-06-03 11:00")
    replaced = msgspec.structs.replace
    void, counted, met = (
        replaced(late, state="void"),
        replaced(late, counted=True),
        replaced(late, state="met", ended_at=shanghai("2026-06-03 08:40")),
    )
    stopped = replaced(late, state="stopped", due=None, ended_at=None)
    early = replaced(late, due=shanghai("2026-06-03 11:00"))
    assert held([void, counted, met, stopped, early], "2026-06-10 09:00") == {}


def test_a_stop_after_the_due_moment_is_taken_out() -> None:
    """9-12 is overdue, 10-11 is stopped; the stop that was over before does not matter."""
    stops = (
        (shanghai("2026-06-02 09:00"), shanghai("2026-06-02 10:00")),
        (shanghai("2026-06-03 10:00"), shanghai("2026-06-03 11:00")),
    )
    stopped = msgspec.structs.replace(clock("jm-water", "2026-06-03 09:00", "2026-06-03 12:00"), stops=stops)
    assert held([stopped], "2026-06-10 09:00") == {"jm-water": 2 * HOUR}
    for_good = msgspec.structs.replace(stopped, stops=((shanghai("2026-06-03 10:00"), None),))
    assert held([for_good], "2026-06-10 09:00") == {"jm-water": HOUR}


def test_what_the_other_reading_would_have_cleared_stands_apart() -> None:
    """Due at noon or at six: an overrun that ends at three is disputed, whatever the other company missed."""
    clocks = [
        clock("jm-water", "2026-06-03 12:00", "2026-06-03 15:30", also="2026-06-03 18:00"),
        clock("jm-gas", "2026-06-03 12:00", "2026-06-03 15:30"),
    ]
    shares = shares_of(clocks, OFFICE, shanghai("2026-06-10 09:00"))
    assert [(share.party, share.contested, share.seconds) for share in shares] == [
        ("jm-gas", False, HOUR // 2),
        ("jm-water", True, HOUR // 2),
    ]


def test_nothing_within_hours_is_no_share() -> None:
    assert shares_of([clock("jm-water", "2026-06-03 18:00", "2026-06-04 08:30")], OFFICE, shanghai("2026-06-10 09:00")) == []


def test_waiting_that_no_rule_limits_is_nobody_s() -> None:
    """Opened at nine; a clock runs from ten to eleven; at noon nothing else had begun."""
    ran = msgspec.structs.replace(clock("jm-water", "2026-06-03 11:30", "2026-06-03 11:00", started="2026-06-03 10:00"), state="met")
    waiting = shanghai("2026-06-03 09:00"), shanghai("2026-06-03 12:00")
    assert delay_shares_of([ran], OFFICE, shanghai("2026-06-03 12:00"), waiting) == DelayShares((), 2 * HOUR)


def test_a_baton_adds_up_to_its_overrun() -> None:
    share = Share(party="jm-water", rule="r", month=date(2026, 6, 1), contested=False, seconds=5)
    delay_shares = DelayShares((share, msgspec.structs.replace(share, party="jm-gas", seconds=7)), 0)
    assert (delay_shares.overrun, delay_shares.of("jm-gas"), delay_shares.of("jm-spj")) == (12, 7, 0)
    assert delay_shares.parties == ("jm-gas", "jm-water")


BEGIN = shanghai("2026-06-26 09:00")
moments = st.integers(0, 2_000).map(lambda number: BEGIN + timedelta(seconds=601 * number))
clocks_of_a_case = st.lists(
    st.builds(
        lambda party, due, ended, stop: Clock(
            rule="r",
            keys=(),
            party=party,
            start_seq=1,
            started=BEGIN,
            due=due,
            state="late" if ended else "running",
            edition="e",
            ended_at=ended and max(due, ended),
            stops=((min(stop), max(stop)),) if stop else (),
        ),
        st.sampled_from(PARTIES),
        moments,
        st.none() | moments,
        st.none() | st.tuples(moments, moments),
    ),
    max_size=6,
)


@settings(max_examples=150)
@given(clocks_of_a_case)
def test_the_shares_sum_to_the_time_in_which_anything_was_overdue(clocks: list[Clock]) -> None:
    """Counted the plain way: office seconds of the whole less those of every stretch in which nothing is overdue."""
    now = BEGIN + timedelta(days=20)
    plain = {
        index
        for clock in clocks
        if clock.due is not None
        for index in range(_number(clock.due), _number(clock.ended_at or now))
        if not any(_number(start) <= index < _number(end or now) for start, end in clock.stops)
    }
    expected = sum(OFFICE.office_seconds(_at(index), _at(index + 1)) for index in plain)
    assert delay_shares_of(clocks, OFFICE, now).overrun == expected


def _number(at: datetime) -> int:
    return -(-int((at - BEGIN).total_seconds()) // 601)


def _at(index: int) -> datetime:
    return min(BEGIN + timedelta(seconds=601 * index), BEGIN + timedelta(days=20))
