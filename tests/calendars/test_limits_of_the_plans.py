"""When each kind of limit ends, by the plans' examples; every answer was counted by hand on a wall calendar."""

import pytest

from tests.calendars.shanghai import due


@pytest.mark.parametrize(
    ("start", "limit", "ends"),
    [
        # 荆门 四(二)2 "3个工作日办结": the National Day week rests, Saturday 10 October is made up
        ("2026-09-30 16:00", "3wd", "2026-10-10 18:00"),
        ("2026-11-20 16:00", "1wd", "2026-11-23 18:00"),
        ("2026-11-21 11:00", "1wd", "2026-11-23 18:00"),
        ("2026-11-22 23:59", "1wd", "2026-11-23 18:00"),
        ("2026-11-23 00:00", "1wd", "2026-11-24 18:00"),
        ("2026-02-13 09:00", "1wd", "2026-02-14 18:00"),
        ("2020-01-23 09:00", "1wd", "2020-02-03 18:00"),
        # 行政许可法 第四十二条, twenty working days: 3 + 5 + 5, the make-up Sunday, 4, the 28th and the 29th
        ("2026-09-01 10:00", "20wd", "2026-09-29 18:00"),
    ],
)
def test_working_days_leave_out_the_first_day_and_end_at_closing(start: str, limit: str, ends: str) -> None:
    assert due(start, limit) == ends


@pytest.mark.parametrize(
    ("start", "limit", "ends"),
    [
        # 荆门 "0.5个工作日内完成接入": 3.5 h of 08:30-12:00, 14:30-18:00
        ("2026-02-13 17:00", "0.5wd", "2026-02-14 11:00"),
        ("2026-11-19 10:00", "0.5wd", "2026-11-19 16:00"),
        ("2026-11-19 08:30", "0.5wd", "2026-11-19 12:00"),
        ("2026-11-18 20:00", "0.5wd", "2026-11-19 12:00"),
        ("2026-11-19 12:30", "0.5wd", "2026-11-19 18:00"),
        ("2026-11-19 10:00", "1.5wd", "2026-11-20 16:00"),
        ("2026-11-20 17:45", "30om", "2026-11-23 08:45"),
        ("2026-11-20 17:00", "1oh", "2026-11-20 18:00"),
        ("2026-11-20 17:00:01", "1oh", "2026-11-23 08:30:01"),
        ("2026-11-20 16:00", "24oh", "2026-11-26 09:30"),
    ],
)
def test_part_of_a_day_runs_on_the_office_clock(start: str, limit: str, ends: str) -> None:
    assert due(start, limit) == ends


@pytest.mark.parametrize(
    ("start", "limit", "ends"),
    [
        ("2026-11-20 17:05", "24h", "2026-11-21 17:05"),
        ("2026-09-30 17:05", "24h", "2026-10-01 17:05"),
        ("2026-09-30 17:05", "24wh", "2026-10-08 17:05"),
        ("2026-11-20 00:00", "24wh", "2026-11-21 00:00"),
        ("2026-11-21 11:00", "24wh", "2026-11-24 00:00"),
    ],
)
def test_hours_run_day_and_night(start: str, limit: str, ends: str) -> None:
    assert due(start, limit) == ends


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        ("2026-11-20 07:00", "2026-11-20 18:00"),
        ("2026-11-20 17:59:59", "2026-11-20 18:00"),
        ("2026-11-20 18:00", "2026-11-23 18:00"),
        ("2026-11-21 10:00", "2026-11-23 18:00"),
    ],
)
def test_the_close_of_the_same_day_is_that_of_the_next_opening_once_it_has_closed(start: str, ends: str) -> None:
    assert due(start, "0wd") == ends


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        ("2026-11-20 10:00", "2026-11-30 18:00"),
        # the tenth day is a Sunday: 民法典 第二百零三条 runs on to the working day
        ("2026-11-12 10:00", "2026-11-23 18:00"),
        ("2026-09-22 10:00", "2026-10-08 18:00"),
        ("2026-10-31 10:00", "2026-11-10 18:00"),
    ],
)
def test_calendar_days_count_every_day_and_run_on_from_a_rest_day(start: str, ends: str) -> None:
    assert due(start, "10d") == ends
