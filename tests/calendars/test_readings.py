"""The other tenable readings that the plans leave open."""

import msgspec
import pytest

from calendars import Reading, parse_limit
from tests.calendars.shanghai import at, due, jingmen, said


def test_another_limit_takes_the_place_of_the_written_one() -> None:
    # 荆门 五(一) "24 小时内反馈": day and night of working days only
    assert due("2026-09-30 17:05", "24h", reading=Reading(limit=parse_limit("24wh"))) == "2026-10-08 17:05"


@pytest.mark.parametrize(("limit", "ends"), [("1wd", "2026-11-24 00:00"), ("0wd", "2026-11-21 00:00"), ("3d", "2026-11-24 00:00")])
def test_a_day_may_end_at_midnight(limit: str, ends: str) -> None:
    assert due("2026-11-20 16:00", limit, reading=Reading(closes_at_midnight=True)) == ends


def test_a_start_on_a_rest_day_may_be_received_on_the_next_working_day() -> None:
    later = Reading(rest_day_starts_next=True)
    assert due("2026-11-21 11:00", "1wd", reading=later) == "2026-11-24 18:00"
    assert due("2026-11-20 11:00", "1wd", reading=later) == "2026-11-23 18:00"
    assert due("2026-11-21 11:00", "24h", reading=later) == "2026-11-24 08:30"


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        ("2026-11-19 10:00", "2026-11-19 18:00"),
        ("2026-11-19 15:00", "2026-11-20 12:00"),
        ("2026-11-19 12:00", "2026-11-20 12:00"),
        ("2026-11-18 20:00", "2026-11-19 18:00"),
        ("2026-11-20 18:00", "2026-11-23 18:00"),
    ],
)
def test_half_a_day_may_be_the_session_after_the_one_it_starts_in(start: str, ends: str) -> None:
    assert due(start, "0.5wd", reading=Reading(half_is_session=True)) == ends


def test_a_stop_moves_the_session_too() -> None:
    by_session = Reading(half_is_session=True)
    assert due("2026-11-19 10:00", "0.5wd", ("2026-11-19 11:00", "2026-11-19 11:30"), reading=by_session) == "2026-11-20 12:00"
    assert due("2026-11-19 10:00", "0.5wd", ("2026-11-19 12:00", "2026-11-19 14:00"), reading=by_session) == "2026-11-19 18:00"


def test_at_once_may_last_until_the_close_of_the_day_on_which_it_ends() -> None:
    # 大冶 四(二)1 "即时作出行政许可决定"
    assert due("2026-11-20 10:00", "30om", reading=Reading(until_close=True)) == "2026-11-20 18:00"
    assert due("2026-11-20 17:45", "30om", reading=Reading(until_close=True)) == "2026-11-23 18:00"
    assert due("2026-11-20 17:05", "24h", reading=Reading(until_close=True, closes_at_midnight=True)) == "2026-11-24 00:00"


@pytest.mark.parametrize(
    ("start", "limit", "ends"),
    [
        ("2026-11-20 10:00", "1wd", "2026-11-20 18:00"),
        ("2026-11-20 18:00", "1wd", "2026-11-23 18:00"),
        ("2026-11-21 10:00", "2wd", "2026-11-24 18:00"),
        ("2026-11-20 10:00", "5d", "2026-11-24 18:00"),
        ("2026-11-21 10:00", "1d", "2026-11-23 18:00"),
    ],
)
def test_a_plan_may_count_the_first_day(start: str, limit: str, ends: str) -> None:
    counted = msgspec.structs.replace(parse_limit(limit), first_day_counts=True)
    assert said(jingmen().due(at(start), counted)) == ends
