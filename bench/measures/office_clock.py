"""A due moment on the office clock, beside pandas' CustomBusinessHour with the same hours and holidays; both must name the same second."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pandas as pd
from holidays import country_holidays
from pandas.tseries.offsets import CustomBusinessHour

from bench.harness import Bound, Results, compared, in_turns
from bench.measures.working_days import OFFICE
from calendars import SHANGHAI, Limit, OfficeClock, WorkingCalendar, package_edition, parse_limit
from calendars.days import Exceptional

HOURS = (1, 2, 4, 6, 10, 20)
"""Whole hours, the only ones that pandas counts; none is a whole number of office days, where the two write the same second otherwise."""
MANY = 20_000
FEW = 1_000
SATURDAY = 5
Asked = tuple[datetime, Limit]
Stopped = tuple[datetime, Limit, tuple[tuple[datetime, datetime], ...]]


def measure(scale: float) -> Results:
    """Count office hours from random moments of 2016 to 2026, without and with a stop."""
    rng = Random(2)
    limits = {number: parse_limit(f"{number}oh") for number in HOURS}
    numbers = [rng.choice(HOURS) for _ in range(max(int(MANY * scale), 100))]
    starts = [_moment(rng) for _ in numbers]
    asked = [(start, limits[number]) for start, number in zip(starts, numbers, strict=True)]
    closed = _closed()
    office = _without_makeup(closed)
    stamps = [(_local(start), _business_hours(number, closed)) for start, number in zip(starts[:FEW], numbers, strict=False)]
    _must_agree(office, asked, stamps)
    shipped = OfficeClock(package_edition().calendar(), OFFICE)
    stopped = [(start, limit, _a_stop(rng, start)) for start, limit in asked]
    ours, with_stop, peer = in_turns([lambda: _ours(office, asked), lambda: _with_stop(shipped, stopped), lambda: _peer(stamps)])
    what = "a due moment in office hours"
    return {
        "office-clock": compared(
            what, "µs", ours * 1e6, Bound(ratio=20, most=2.5), peer=peer * 1e6, peer_is="pandas CustomBusinessHour", notes=[NOTE]
        ),
        "office-clock-one-stop": compared(f"{what}, the clock stopped once", "µs", with_stop * 1e6, Bound(most=4)),
    }


NOTE = "pandas knows no make-up days, so both count without them; it is given its own local time stamps, made beforehand"


def _moment(rng: Random) -> datetime:
    """Never on a full minute, so that no limit ends exactly at a close, which pandas writes as the next opening."""
    return datetime(2015, 12, 31, 16, 0, rng.randrange(1, 60), tzinfo=UTC) + timedelta(minutes=rng.randrange(11 * 365 * 1_440))


def _closed() -> list[date]:
    package = country_holidays("CN", years=range(2015, 2028))
    return sorted(on for on in package if on.weekday() < SATURDAY)


def _without_makeup(closed: Sequence[date]) -> OfficeClock:
    rest = {on: Exceptional(working=False, name="休息", source="holidays") for on in closed}
    return OfficeClock(WorkingCalendar("without make-up days", closed[-1], rest), OFFICE)


def _business_hours(number: int, closed: Sequence[date]) -> Any:  # noqa: ANN401 -- pandas comes without types
    made = _OFFSETS.get(number)
    if made is None:
        made = _OFFSETS[number] = CustomBusinessHour(number, start=["08:30", "14:30"], end=["12:00", "18:00"], holidays=list(closed))
    return made


_OFFSETS: dict[int, Any] = {}
"""Made once each: making one takes milliseconds."""


def _local(at: datetime) -> Any:  # noqa: ANN401 -- pandas comes without types
    return pd.Timestamp(at.astimezone(SHANGHAI).replace(tzinfo=None))


def _a_stop(rng: Random, start: datetime) -> tuple[tuple[datetime, datetime], ...]:
    begins = start + timedelta(minutes=rng.randrange(600))
    return ((begins, begins + timedelta(minutes=rng.randrange(10, 3_000))),)


def _ours(office: OfficeClock, asked: Sequence[Asked]) -> int:
    due = office.due
    for start, limit in asked:
        due(start, limit)
    return len(asked)


def _with_stop(office: OfficeClock, asked: Sequence[Stopped]) -> int:
    due = office.due
    for start, limit, stops in asked:
        due(start, limit, stops)
    return len(asked)


def _peer(stamps: Sequence[tuple[Any, Any]]) -> int:
    for stamp, hours in stamps:
        stamp + hours
    return len(stamps)


def _must_agree(office: OfficeClock, asked: Sequence[Asked], stamps: Sequence[tuple[Any, Any]]) -> None:
    for (start, limit), (stamp, hours) in zip(asked, stamps, strict=False):
        due = office.due(start, limit)
        assert due is not None
        assert _local(due) == stamp + hours, (start, limit)
