"""Moments and days as people type and read them: Shanghai time, whole seconds; counts nothing."""

from datetime import date, datetime

import rich_click as click

from calendars import SHANGHAI
from calendars.moments import FIRST, LAST
from cli.terminal.saying import message_of, said
from words import Sentence, name_of, say, sentence

_SHORTEST = len("2026-09-30 16:00")
_FORMS = sentence("write 2026-09-30 16:00 (Shanghai time) or 2026-09-30T16:00:00+08:00")


def parse_moment(text: str) -> datetime:
    """Read a moment; without an offset it is Shanghai's."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(sentence("{text!r} is no moment: {forms}", text=text, forms=_FORMS)) from None
    if len(text) < _SHORTEST:
        raise ValueError(sentence("{text!r} names no hour: {forms}", text=text, forms=_FORMS))
    if not FIRST.year <= at.year <= LAST.year:
        raise ValueError(_outside(text))
    return (at if at.tzinfo else at.replace(tzinfo=SHANGHAI)).replace(microsecond=0)


def _outside(text: object) -> Sentence:
    return sentence("{text!r} lies outside the calendar: give a year from {first} to {last}", text=text, first=FIRST.year, last=LAST.year)


def parse_stop(text: str) -> tuple[datetime, datetime | None]:
    """Read FROM/TO; without TO the clock still stands."""
    begin, slash, end = text.partition("/")
    if not slash:
        raise ValueError(sentence("{text!r} is no stop: write FROM/TO, or FROM/ for one that still lasts", text=text))
    return parse_moment(begin.strip()), parse_moment(end.strip()) if end.strip() else None


def shown(at: datetime) -> str:
    """Write a moment as it stands on a clock in Shanghai, with the weekday."""
    local = at.astimezone(SHANGHAI)
    hour = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{local:%Y-%m-%d} {hour} {weekday(local.date())}"


def weekday(on: date) -> str:
    return name_of("weekday", str(on.isoweekday()))


def rfc3339(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat()


class MomentType(click.ParamType[datetime]):
    """A moment on the command line."""

    name = "moment"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return value if isinstance(value, datetime) else parse_moment(value)
        except ValueError as fault:
            return self.fail(say(message_of(fault)), param, ctx)


class StopType(click.ParamType[tuple[datetime, datetime | None]]):
    """A stop of a clock on the command line."""

    name = "from/to"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[datetime, datetime | None]:
        try:
            return parse_stop(value)
        except ValueError as fault:
            return self.fail(say(message_of(fault)), param, ctx)


class DayType(click.ParamType[date]):
    """A local day on the command line."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            on = value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            return self.fail(said("{value!r} is no day: write 2026-09-30", value=value), param, ctx)
        if not FIRST.year <= on.year <= LAST.year:
            return self.fail(say(_outside(value)), param, ctx)
        return on


MOMENT, STOP, DAY = MomentType(), StopType(), DayType()


def hours(seconds: int) -> str:
    """Write so many seconds as hours, minutes and seconds: 26:30:00."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
