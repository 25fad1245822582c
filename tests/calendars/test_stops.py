"""What a stop does: exactly its own time on hours, whole days on days, nothing at night."""

import pytest

from calendars import parse_limit
from tests.calendars.shanghai import at, due, jingmen, said, stopped


def test_a_minute_before_closing_and_a_minute_after_opening_add_one_day_not_two() -> None:
    stop = ("2026-11-17 17:59", "2026-11-18 08:31")
    assert due("2026-11-16 10:00", "1wd") == "2026-11-17 18:00"
    assert due("2026-11-16 10:00", "1wd", stop) == "2026-11-18 18:00"


@pytest.mark.parametrize(
    "stop",
    [
        ("2026-11-17 18:00", "2026-11-18 08:30"),
        ("2026-11-20 18:00", "2026-11-23 08:30"),
        ("2026-11-17 12:00", "2026-11-17 14:30"),
    ],
)
@pytest.mark.parametrize("limit", ["1wd", "5wd", "0wd", "10d", "0.5wd", "24oh"])
def test_a_stop_while_the_office_is_closed_adds_nothing(stop: tuple[str, str], limit: str) -> None:
    assert due("2026-11-16 10:00", limit, stop) == due("2026-11-16 10:00", limit)


@pytest.mark.parametrize(
    ("stops", "ends"),
    [
        # on the starting day it is that day, which does not count anyway
        ([("2026-11-16 11:00", "2026-11-16 17:00")], "2026-11-19 18:00"),
        ([("2026-11-17 09:00", "2026-11-17 10:00")], "2026-11-20 18:00"),
        ([("2026-11-17 09:00", "2026-11-17 10:00"), ("2026-11-17 15:00", "2026-11-17 16:00")], "2026-11-20 18:00"),
        # two touched days, 2 h in all: no more than one whole day
        ([("2026-11-17 09:00", "2026-11-17 10:00"), ("2026-11-18 09:00", "2026-11-18 10:00")], "2026-11-20 18:00"),
        # two touched days, 7 h and a minute: two
        ([("2026-11-17 08:30", "2026-11-18 08:31")], "2026-11-23 18:00"),
        ([("2026-11-17 08:30", "2026-11-19 18:00")], "2026-11-24 18:00"),
        # begun before the start: only what lies after it
        ([("2026-11-01 08:30", "2026-11-17 08:31")], "2026-11-20 18:00"),
        ([("2026-11-17 09:00", "2026-11-17 11:00"), ("2026-11-17 10:00", "2026-11-17 18:00")], "2026-11-20 18:00"),
        # at the due moment and after
        ([("2026-11-19 18:00", "2026-12-19 18:00")], "2026-11-19 18:00"),
        ([("2026-11-20 09:00", "2026-11-20 18:00")], "2026-11-19 18:00"),
        # one that matters and one long after
        ([("2026-11-17 09:00", "2026-11-17 10:00"), ("2026-12-17 09:00", "2026-12-18 10:00")], "2026-11-20 18:00"),
        # a stop inside the added day counts again
        ([("2026-11-17 08:30", "2026-11-17 18:00"), ("2026-11-20 09:00", "2026-11-20 18:00")], "2026-11-23 18:00"),
    ],
)
def test_days_with_a_stop_do_not_count_but_never_more_than_was_stopped(stops: list[tuple[str, str]], ends: str) -> None:
    assert due("2026-11-16 10:00", "3wd", *stops) == ends
    assert due("2026-11-16 10:00", "3wd", *reversed(stops)) == ends


@pytest.mark.parametrize(
    ("limit", "stop", "ends"),
    [
        ("24h", ("2026-11-20 20:00", "2026-11-20 21:00"), "2026-11-21 18:05"),
        ("24h", ("2026-11-21 17:05", "2026-11-21 21:00"), "2026-11-21 17:05"),
        ("24h", ("2026-11-21 17:04:59", "2026-11-21 21:00"), "2026-11-21 21:00:01"),
        ("24wh", ("2026-11-20 23:00", "2026-11-23 01:00"), "2026-11-23 19:05"),
        ("30om", ("2026-11-20 17:30", "2026-11-23 08:45"), "2026-11-23 08:50"),
        ("30om", ("2026-11-20 17:30", "2026-11-20 17:30"), "2026-11-20 17:35"),
    ],
)
def test_a_limit_in_time_is_lengthened_by_the_stopped_time_of_its_kind(limit: str, stop: tuple[str, str], ends: str) -> None:
    assert due("2026-11-20 17:05", limit, stop) == ends


def test_a_clock_is_not_due_while_it_is_stopped() -> None:
    assert due("2026-11-16 10:00", "1wd", ("2026-11-17 17:59:59", None)) is None
    assert due("2026-11-16 10:00", "1wd", ("2026-11-17 18:00", None)) == "2026-11-17 18:00"
    assert due("2026-11-16 10:00", "24h", ("2026-11-16 09:00", None)) is None
    ended_then_open = [("2026-11-17 09:00", "2026-11-17 10:00"), ("2026-11-18 09:00", None)]
    assert due("2026-11-16 10:00", "1wd", *ended_then_open) is None
    assert due("2026-11-16 10:00", "1wd", ("2026-11-19 09:00", None), ("2026-11-18 18:00", None)) == "2026-11-17 18:00"


def test_calendar_days_leave_out_the_days_from_the_first_to_the_last_stopped_office_time() -> None:
    assert due("2026-11-02 10:00", "10d") == "2026-11-12 18:00"
    assert due("2026-11-02 10:00", "10d", ("2026-11-03 17:59", "2026-11-04 08:31")) == "2026-11-13 18:00"
    assert due("2026-11-02 10:00", "10d", ("2026-11-05 08:30", "2026-11-09 18:00")) == "2026-11-17 18:00"


def test_the_same_day_moves_on_when_it_was_stopped() -> None:
    assert due("2026-11-20 10:00", "0wd", ("2026-11-20 11:00", "2026-11-20 11:30")) == "2026-11-23 18:00"
    assert due("2026-11-20 10:00", "0wd", ("2026-11-20 08:30", "2026-11-20 10:00")) == "2026-11-20 18:00"


def test_a_stop_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        due("2026-11-16 10:00", "1wd", ("2026-11-18 09:00", "2026-11-17 09:00"))


def test_a_stop_of_years_is_counted_as_fast_as_one_of_a_day() -> None:
    years = stopped(("2018-01-02 08:30", "2025-12-31 18:00"))
    assert said(jingmen().due(at("2018-01-01 10:00"), parse_limit("1wd"), years)) == "2026-01-04 18:00"
