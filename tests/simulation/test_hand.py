"""Counting by hand gives what the plans and the law say in their own examples."""

from datetime import date, datetime

import pytest

from calendars import SHANGHAI
from simulation.slow_calendar import SlowCalendar, day_of, midnight, moment, seconds

# 国庆节 2026: 10月1日至7日放假调休，共7天。9月20日（星期日）、10月10日（星期六）上班。
RESTS = {date(2026, 10, day) for day in range(1, 8)}
WORKS = {date(2026, 9, 20), date(2026, 10, 10)}
HAND = SlowCalendar(
    lambda on: on in WORKS or (on.isoweekday() < 6 and on not in RESTS),
    ((8 * 3600 + 1800, 12 * 3600), (14 * 3600 + 1800, 18 * 3600)),
)


def at(text: str) -> int:
    return seconds(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))


def said(second: int) -> str:
    return f"{moment(second).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2026-11-20 17:05", "24h", "2026-11-21 17:05"),
        ("2026-11-20 16:00", "1wd", "2026-11-23 18:00"),
        ("2026-11-21 11:00", "1wd", "2026-11-23 18:00"),
        ("2026-09-30 16:00", "3wd", "2026-10-10 18:00"),
        ("2026-11-19 10:00", "0.5wd", "2026-11-19 16:00"),
        ("2026-11-19 08:30", "0.5wd", "2026-11-19 12:00"),
        ("2026-11-18 20:00", "0.5wd", "2026-11-19 12:00"),
        ("2026-11-19 12:30", "0.5wd", "2026-11-19 18:00"),
        ("2026-11-20 17:45", "30om", "2026-11-23 08:45"),
        ("2026-11-20 11:00", "2oh", "2026-11-20 15:30"),
        ("2026-11-20 09:00", "0wd", "2026-11-20 18:00"),
        ("2026-11-20 18:00", "0wd", "2026-11-23 18:00"),
    ],
)
def test_a_limit_ends_when_the_plan_says(start: str, limit: str, due: str) -> None:
    assert said(HAND.due(at(start), limit)) == due


@pytest.mark.parametrize(
    ("stop", "due"),
    [
        (("2026-11-17 17:59", "2026-11-18 08:31"), "2026-11-18 18:00"),  # one day, not two
        (("2026-11-16 18:00", "2026-11-17 08:30"), "2026-11-17 18:00"),  # a night adds nothing
        (("2026-11-17 09:00", "2026-11-18 17:00"), "2026-11-19 18:00"),
    ],
)
def test_a_stop_gives_back_the_days_it_took(stop: tuple[str, str], due: str) -> None:
    assert said(HAND.due(at("2026-11-16 10:00"), "1wd", [(at(stop[0]), at(stop[1]))])) == due


def test_a_limit_that_nobody_counts_by_hand_is_refused() -> None:
    with pytest.raises(ValueError, match="24wh"):
        HAND.due(at("2026-11-16 10:00"), "24wh")


def test_calendar_days_that_end_on_a_day_of_rest_run_on_to_the_next_working_day() -> None:
    assert said(HAND.due(at("2026-11-16 10:00"), "4d")) == "2026-11-20 18:00"  # a Friday
    assert said(HAND.due(at("2026-11-16 10:00"), "5d")) == "2026-11-23 18:00"
    assert said(HAND.due(at("2026-11-16 10:00"), "6d")) == "2026-11-23 18:00"


def test_a_local_day_begins_at_its_own_midnight() -> None:
    assert said(midnight(date(2026, 11, 16))) == "2026-11-16 00:00"
    assert day_of(midnight(date(2026, 11, 16))) == date(2026, 11, 16)
    assert day_of(midnight(date(2026, 11, 16)) - 1) == date(2026, 11, 15)
