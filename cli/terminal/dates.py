"""Moments and days as people type and read them: Shanghai time, whole seconds; counts nothing."""

from datetime import date, datetime

import rich_click as click

from calendars import SHANGHAI
from calendars.moments import FIRST, LAST

_SHORTEST = len("2026-09-30 16:00")
_WEEKDAYS = "一二三四五六日"
_FORMS = "write 2026-09-30 16:00 (Shanghai time) or 2026-09-30T16:00:00+08:00"


def parse_moment(text: str) -> datetime:
    """Read a moment; without an offset it is Shanghai's."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no moment: {_FORMS}") from None
    if len(text) < _SHORTEST:
        raise ValueError(f"{text!r} names no hour: {_FORMS}")
    if not FIRST.year <= at.year <= LAST.year:
        raise ValueError(f"{text!r} lies outside the calendar: give a year from {FIRST.year} to {LAST.year}")
    return (at if at.tzinfo else at.replace(tzinfo=SHANGHAI)).replace(microsecond=0)


def parse_stop(text: str) -> tuple[datetime, datetime | None]:
    """Read FROM/TO; without TO the clock still stands."""
    begin, slash, end = text.partition("/")
    if not slash:
        raise ValueError(f"{text!r} is no stop: write FROM/TO, or FROM/ for one that still lasts")
    return parse_moment(begin.strip()), parse_moment(end.strip()) if end.strip() else None


def shown(at: datetime) -> str:
    """Write a moment as it stands on a clock in Shanghai, with the weekday."""
    local = at.astimezone(SHANGHAI)
    hour = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{local:%Y-%m-%d} {hour} {weekday(local.date())}"


def weekday(on: date) -> str:
    return f"周{_WEEKDAYS[on.weekday()]}"


def rfc3339(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat()


class MomentType(click.ParamType[datetime]):
    """A moment on the command line."""

    name = "moment"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return value if isinstance(value, datetime) else parse_moment(value)
        except ValueError as fault:
            return self.fail(str(fault), param, ctx)


class StopType(click.ParamType[tuple[datetime, datetime | None]]):
    """A stop of a clock on the command line."""

    name = "from/to"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[datetime, datetime | None]:
        try:
            return parse_stop(value)
        except ValueError as fault:
            return self.fail(str(fault), param, ctx)


class DayType(click.ParamType[date]):
    """A local day on the command line."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            on = value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            return self.fail(f"{value!r} is no day: write 2026-09-30", param, ctx)
        if not FIRST.year <= on.year <= LAST.year:
            return self.fail(f"{value!r} lies outside the calendar: give a year from {FIRST.year} to {LAST.year}", param, ctx)
        return on


MOMENT, STOP, DAY = MomentType(), StopType(), DayType()


def hours(seconds: int) -> str:
    """Write so many seconds as hours, minutes and seconds: 26:30:00."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
