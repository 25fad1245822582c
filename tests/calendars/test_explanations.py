"""The day-by-day account that a party can check against its own wall calendar."""

import pytest

from calendars import DayCount, Reading, parse_limit
from tests.calendars.shanghai import at, jingmen, stopped


def account(start: str, limit: str, *stops: tuple[str, str | None], reading: Reading | None = None) -> list[DayCount]:
    clock, stop = jingmen(), stopped(*stops)
    due = clock.due(at(start), parse_limit(limit), stop, reading)
    return clock.explain(at(start), parse_limit(limit), due, stop, reading)


def codes(days: list[DayCount]) -> list[tuple[str, str]]:
    return [(f"{day.date:%m-%d}", day.code) for day in days]


def test_three_working_days_over_the_national_day_week() -> None:
    days = account("2026-09-30 16:00", "3wd")
    week = [(f"10-0{n}", "rest-day") for n in range(1, 8)]
    assert codes(days) == [("09-30", "start-day"), *week, ("10-08", "day"), ("10-09", "day"), ("10-10", "day")]
    assert [day.date.day for day in days if day.counted] == [8, 9, 10]
    assert days[1].why == "休息日：国庆节"
    assert days[1].source == days[-1].source == "国办发明电〔2025〕7号"
    assert days[-1].why == "第3日，共3日（国庆节调休上班）"


def test_a_start_on_a_rest_day_is_the_start_day_all_the_same() -> None:
    days = account("2026-11-21 11:00", "1wd")
    assert codes(days) == [("11-21", "start-day"), ("11-22", "rest-day"), ("11-23", "day")]
    assert days[0].why == "开始的当日不计入（休息日：周末）"


def test_stopped_days_are_named_and_the_count_goes_on() -> None:
    days = account("2026-11-16 10:00", "1wd", ("2026-11-17 17:59", "2026-11-18 08:31"))
    assert codes(days) == [("11-16", "start-day"), ("11-17", "stopped"), ("11-18", "day")]
    assert [day.counted for day in days] == [False, False, True]


def test_office_time_is_told_in_hours_and_minutes() -> None:
    days = account("2026-02-13 17:00", "0.5wd")
    assert [(day.seconds, day.why) for day in days] == [
        (3_600, "计1小时，累计1小时，共3小时30分"),
        (9_000, "计2小时30分，累计3小时30分，共3小时30分（春节调休上班）"),
    ]


def test_a_stop_inside_a_day_is_told_beside_what_counted() -> None:
    days = account(
        "2026-11-20 16:00",
        "2oh",
        ("2026-11-20 16:30", "2026-11-20 16:30:05"),
        ("2026-11-23 08:30:01", "2026-11-24 08:30"),
    )
    assert codes(days) == [
        ("11-20", "time"),
        ("11-21", "rest-day"),
        ("11-22", "rest-day"),
        ("11-23", "time"),
        ("11-24", "time"),
    ]
    assert days[0].why == "计1小时59分55秒，累计1小时59分55秒，共2小时，暂停计时5秒"
    assert sum(day.seconds for day in days) == 7_200


def test_a_day_wholly_stopped_counts_for_nothing() -> None:
    days = account("2026-11-19 17:00", "2oh", ("2026-11-20 08:00", "2026-11-20 19:00"))
    assert codes(days) == [
        ("11-19", "time"),
        ("11-20", "stopped"),
        ("11-21", "rest-day"),
        ("11-22", "rest-day"),
        ("11-23", "time"),
    ]


def test_a_start_after_closing_has_no_time_that_day() -> None:
    assert codes(account("2026-11-19 20:00", "0.5wd")) == [("11-19", "no-time"), ("11-20", "time")]


def test_calendar_days_that_end_on_a_rest_day_run_on() -> None:
    days = account("2026-11-18 10:00", "3d")
    assert codes(days) == [
        ("11-18", "start-day"),
        ("11-19", "day"),
        ("11-20", "day"),
        ("11-21", "day"),
        ("11-22", "runs-on"),
        ("11-23", "runs-on"),
    ]


def test_while_a_stop_is_open_the_account_ends_where_it_began() -> None:
    days = account("2026-11-16 10:00", "3wd", ("2026-11-18 09:00", None))
    assert codes(days) == [("11-16", "start-day"), ("11-17", "day"), ("11-18", "stopped")]
    assert codes(account("2026-11-16 10:00", "24h", ("2026-11-16 10:00", None))) == [("11-16", "stopped")]


def test_a_year_without_a_notice_says_so_day_by_day() -> None:
    days = account("2026-12-28 10:00", "1wd")
    assert [(day.published, day.source) for day in days] == [(True, "weekday"), (False, "no notice yet")]


def test_received_on_the_next_working_day_the_account_starts_there() -> None:
    days = account("2026-11-21 11:00", "1wd", reading=Reading(rest_day_starts_next=True))
    assert codes(days) == [("11-23", "start-day"), ("11-24", "day")]


@pytest.mark.parametrize("limit", ["3wd", "0wd", "10d", "24h", "24wh", "30om", "1.5wd"])
def test_what_the_account_counts_is_the_limit(limit: str) -> None:
    days = account("2026-09-24 17:30", limit, ("2026-09-28 08:00", "2026-09-28 11:00"))
    counted = sum(day.seconds for day in days) or sum(day.counted for day in days)
    assert counted == {"3wd": 3, "0wd": 1, "10d": 10, "24h": 86_400, "24wh": 86_400, "30om": 1_800, "1.5wd": 37_800}[limit]
