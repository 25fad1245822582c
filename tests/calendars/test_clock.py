"""The office clock besides due moments: opening, closing, warnings, what has passed, and what it refuses."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from calendars import BeyondCalendar, Measure, OfficeClock, package_edition, parse_limit
from tests.calendars.shanghai import at, jingmen, said, stopped

clock = jingmen()


def test_a_due_moment_is_utc_on_a_whole_second() -> None:
    start = datetime(2026, 11, 20, 9, 5, 0, 999_999, tzinfo=UTC)
    assert clock.due(start, parse_limit("24h")) == datetime(2026, 11, 21, 9, 5, tzinfo=UTC)
    moment = clock.after_working_days(at("2026-11-20 16:00"), 1)
    assert (moment, moment.tzinfo) == (datetime(2026, 11, 23, 10, tzinfo=UTC), UTC)


def test_one_moment_has_one_due_moment_whatever_its_offset() -> None:
    here = at("2026-11-20 16:00")
    elsewhere = here.astimezone(timezone(timedelta(hours=-11)))
    assert clock.after_working_days(elsewhere, 1) == clock.after_working_days(here, 1)


def test_the_office_is_open_in_its_sessions_only() -> None:
    moments = {
        "08:29:59": False,
        "08:30:00": True,
        "11:59:59": True,
        "12:00:00": False,
        "14:30:00": True,
        "18:00:00": False,
    }
    assert {time: clock.is_open(at(f"2026-11-20 {time}")) for time in moments} == moments
    assert not clock.is_open(at("2026-11-21 10:00"))


def test_the_next_opening_is_now_while_the_office_is_open() -> None:
    assert said(clock.next_opening(at("2026-11-20 10:00"))) == "2026-11-20 10:00"
    assert said(clock.next_opening(at("2026-11-20 12:00"))) == "2026-11-20 14:30"
    assert said(clock.next_opening(at("2026-11-20 18:00"))) == "2026-11-23 08:30"
    assert said(clock.next_opening(at("2026-09-30 18:00"))) == "2026-10-08 08:30"


def test_a_day_closes_at_closing_time_even_when_it_rests() -> None:
    assert said(clock.close_of(date(2026, 11, 21))) == "2026-11-21 18:00"


def test_three_quarters_of_three_working_days_have_gone_when_the_warning_comes() -> None:
    # 2 h of 30 September, 7 h each of 8 and 9 October, 1 h 15 min of the 10th: 17 h 15 min of 23 h
    start, limit = at("2026-09-30 16:00"), parse_limit("3wd")
    assert said(clock.warn(start, at("2026-10-10 18:00"), limit, 3, 4)) == "2026-10-10 09:45"


def test_hours_are_warned_of_in_their_own_time() -> None:
    assert said(clock.warn(at("2026-11-20 17:05"), at("2026-11-21 17:05"), parse_limit("24h"), 3, 4)) == "2026-11-21 11:05"
    assert said(clock.warn(at("2026-09-30 17:05"), at("2026-10-08 17:05"), parse_limit("24wh"), 3, 4)) == "2026-10-08 11:05"


def test_a_limit_under_two_office_hours_has_no_warning() -> None:
    assert clock.warn(at("2026-11-20 10:00"), at("2026-11-20 10:30"), parse_limit("30om"), 3, 4) is None
    assert said(clock.warn(at("2026-11-20 09:00"), at("2026-11-20 11:00"), parse_limit("2oh"), 1, 2)) == "2026-11-20 10:00"


def test_a_stop_moves_the_warning() -> None:
    start, limit = at("2026-11-16 08:30"), parse_limit("1wd")
    assert said(clock.warn(start, at("2026-11-17 18:00"), limit, 1, 2)) == "2026-11-16 18:00"
    a_day = stopped(("2026-11-16 14:30", "2026-11-17 12:00"))
    assert said(clock.warn(start, at("2026-11-18 18:00"), limit, 1, 2, a_day)) == "2026-11-17 18:00"
    assert clock.warn(start, at("2026-11-17 18:00"), limit, 1, 2, stopped(("2026-11-16 10:00", None))) is None


@pytest.mark.parametrize(
    ("measure", "passed"),
    [
        (Measure.NATURAL, 3 * 86_400 + 60),
        (Measure.WORKING_NATURAL, 86_400 + 60),
        (Measure.OFFICE, 60 + 7 * 3600),
        (Measure.OFFICE_SHARE, 60 + 7 * 3600),
        (Measure.WORKING_DAYS, 1),
        (Measure.SAME_DAY, 1),
        (Measure.CALENDAR_DAYS, 3),
    ],
)
def test_an_overrun_is_told_in_the_measure_of_its_limit(measure: Measure, passed: int) -> None:
    assert clock.elapsed(measure, at("2026-11-20 17:59"), at("2026-11-23 18:00")) == passed


def test_nothing_has_passed_before_the_start() -> None:
    assert clock.office_seconds(at("2026-11-20 12:00"), at("2026-11-20 11:00")) == 0
    assert clock.office_seconds(at("2026-11-20 11:00"), at("2026-11-20 15:00")) == 5_400


def test_office_time_runs_from_the_next_opening() -> None:
    assert said(clock.after_office_seconds(at("2026-11-21 11:00"), 3_600)) == "2026-11-23 09:30"


def test_ten_years_fit_and_what_leaves_the_calendar_is_refused() -> None:
    assert clock.after_working_days(at("2026-11-20 16:00"), 2_500) < at("2037-01-01 00:00")
    for start, limit in (("2046-12-28 10:00", "9wd"), ("2046-12-28 10:00", "90h"), ("2046-12-28 10:00", "900oh")):
        with pytest.raises(BeyondCalendar, match="2046-12-31"):
            clock.due(at(start), parse_limit(limit))
    for outside in ("2013-12-31 23:59", "2047-01-01 00:00"):
        with pytest.raises(BeyondCalendar, match="2014-01-01 to 2046-12-31"):
            clock.due(at(outside), parse_limit("1wd"))


def test_a_moment_without_an_offset_is_refused() -> None:
    naive = datetime(2026, 11, 20, 16)  # noqa: DTZ001 -- the very thing that is refused
    for limit in ("1wd", "24h"):
        with pytest.raises(ValueError, match="has no offset"):
            clock.due(naive, parse_limit(limit))


def test_no_working_days_are_no_limit() -> None:
    with pytest.raises(ValueError, match="0wd"):
        clock.after_working_days(at("2026-11-20 16:00"), 0)


@pytest.mark.parametrize("sessions", [(), ((10, 5),), ((0, 10), (5, 20)), ((0, 90_000),), ((-1, 5),), ((5, 5),)])
def test_sessions_out_of_order_are_refused(sessions: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="in order, apart and within one day"):
        OfficeClock(package_edition().calendar(), sessions)
