"""What must hold for every moment, limit and stop, against slow counts that share nothing with the code."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars import OfficeClock, import_notice, package_edition, parse_limit
from tests.calendars.shanghai import JINGMEN_HOURS, jingmen

CLOCK = jingmen()
EIGHT = timedelta(hours=8)
WHOLE_DAY = 7 * 3600

# Naive moments are Shanghai's wall clock here; 2015 to 2026 are the years the other package knows.
moments = st.datetimes(datetime(2015, 1, 5), datetime(2025, 12, 20)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001 -- Hypothesis takes naive bounds
limits = st.sampled_from(["1wd", "3wd", "20wd", "0wd", "0.5wd", "1.5wd", "30om", "7oh", "24h", "24wh", "10d"])
lengths = st.integers(1, 12 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


def aware(wall: datetime) -> datetime:
    return (wall - EIGHT).replace(tzinfo=UTC)


def ends(start: datetime, limit: str, stops: list[tuple[datetime, datetime]] | None = None, clock: OfficeClock = CLOCK) -> datetime:
    given_stops = [(aware(begins), aware(end)) for begins, end in stops or []]
    due = clock.due(aware(start), parse_limit(limit), given_stops)
    assert due is not None
    return due.replace(tzinfo=None) + EIGHT


def walk(start: datetime, days: int, stops: list[tuple[datetime, datetime]]) -> datetime:
    """Day after day on the wall calendar: how many were worked, touched by a stop, and for how long."""
    on, worked, touched, halted = start.date(), 0, 0, 0
    while worked - min(touched, -(-halted // WHOLE_DAY)) < days:
        on += timedelta(days=1)
        if chinese_calendar.is_workday(on):
            worked += 1
            seconds = stopped_on(on, stops)
            touched += seconds > 0
            halted += seconds
    return datetime(on.year, on.month, on.day, 18)  # noqa: DTZ001 -- the wall clock


def stopped_on(on: date, stops: list[tuple[datetime, datetime]]) -> int:
    """The office seconds of that day that any stop covers, found minute by minute: the stops are whole minutes."""
    midnight = datetime(on.year, on.month, on.day)  # noqa: DTZ001 -- the wall clock
    minutes = [*range(510, 720), *range(870, 1080)]
    moment = [midnight + timedelta(minutes=minute) for minute in minutes]
    return 60 * sum(any(begins <= one < end for begins, end in stops) for one in moment)


def whole_minutes(stops: list[tuple[datetime, timedelta]]) -> list[tuple[datetime, datetime]]:
    begun = [(at.replace(second=0), timedelta(minutes=length // timedelta(minutes=1))) for at, length in stops]
    return [(at, at + length) for at, length in begun]


@given(start=moments, days=st.integers(1, 40))
def test_days_by_index_are_days_by_walking(start: datetime, days: int) -> None:
    assert ends(start, f"{days}wd") == walk(start, days, [])


@settings(max_examples=60, deadline=None)
@given(start=moments, days=st.integers(1, 6), near=st.lists(st.tuples(st.integers(-3_000, 20_000), lengths), max_size=4))
def test_stops_by_prefix_sums_are_stops_by_walking(start: datetime, days: int, near: list[tuple[int, timedelta]]) -> None:
    stops = whole_minutes([(start + timedelta(minutes=after), length) for after, length in near])
    assert ends(start, f"{days}wd", stops) == walk(start, days, stops)


@given(start=moments, later=lengths, limit=limits)
def test_a_later_start_is_never_due_earlier(start: datetime, later: timedelta, limit: str) -> None:
    assert ends(start + later, limit) >= ends(start, limit)


@given(start=moments, days=st.integers(1, 20), night=st.integers(0, 30))
def test_a_stop_at_night_adds_nothing(start: datetime, days: int, night: int) -> None:
    evening = (start + timedelta(days=night)).replace(hour=18, minute=0, second=0)
    stop = (evening, evening + timedelta(hours=14, minutes=30))
    for limit in (f"{days}wd", f"{days}d", "0wd", f"{days}oh"):
        assert ends(start, limit, [stop]) == ends(start, limit)


@given(start=moments, limit=limits, begins=st.integers(-86_400, 30 * 86_400), length=lengths)
def test_a_stop_never_makes_a_deadline_earlier(start: datetime, limit: str, begins: int, length: timedelta) -> None:
    at = start + timedelta(seconds=begins)
    stopped, plain = ends(start, limit, [(at, at + length)]), ends(start, limit)
    assert stopped >= plain
    assert at < plain or stopped == plain


@settings(max_examples=25, deadline=None)
@given(start=moments, limit=limits, after=st.integers(0, 40))
def test_one_more_holiday_never_makes_a_deadline_earlier(start: datetime, limit: str, after: int) -> None:
    day = (start + timedelta(days=after)).date()
    data = {"city": "420800", "document": "临时放假", "closed": [{"date": day, "name": "临时放假"}]}
    closed = import_notice(package_edition(), msgspec.json.encode(data), "closure.json").calendar("420800")
    assert ends(start, limit, clock=OfficeClock(closed, JINGMEN_HOURS)) >= ends(start, limit)


@given(start=moments, seconds=st.integers(1, 400_000))
def test_office_time_counted_forward_and_between_is_one(start: datetime, seconds: int) -> None:
    due = CLOCK.after_office_seconds(aware(start), seconds)
    assert CLOCK.office_seconds(aware(start), due) == seconds
    assert CLOCK.office_seconds(aware(start), due - timedelta(seconds=1)) == seconds - 1


@given(start=moments, limit=limits, near=st.lists(st.tuples(st.integers(-3_000, 20_000), lengths), max_size=3))
def test_the_account_of_the_days_adds_up_to_the_limit(start: datetime, limit: str, near: list[tuple[int, timedelta]]) -> None:
    stops = whole_minutes([(start + timedelta(minutes=after), length) for after, length in near])
    aware_stops = [(aware(begins), aware(end)) for begins, end in stops]
    parsed = parse_limit(limit)
    days = CLOCK.explain(aware(start), parsed, aware(ends(start, limit, stops)), aware_stops)
    wanted = {"1.5wd": 37_800, "0.5wd": 12_600, "0wd": 1}.get(limit, parsed.amount)
    assert (sum(day.seconds for day in days) or sum(day.counted for day in days)) == wanted
