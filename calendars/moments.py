"""Turns aware moments into Shanghai days and whole seconds and back; does not know which days are worked."""

from datetime import UTC, date, datetime, timedelta
from typing import Never
from zoneinfo import ZoneInfo

from calendars.faults import BeyondCalendar
from words import sentence

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2014, 1, 1)
LAST = date(2046, 12, 31)
DAYS = (LAST - FIRST).days + 1
DAY = 86_400

# China has kept +08:00 without summer time since 1991, so a Shanghai day is 86 400 seconds counted from this midnight.
EPOCH = datetime(2013, 12, 31, 16, tzinfo=UTC)
_EIGHT_HOURS = timedelta(hours=8)
_FIRST_ORDINAL = FIRST.toordinal()


def local_day(at: datetime) -> date:
    """The Shanghai day of an aware moment."""
    return (at.astimezone(UTC) + _EIGHT_HOURS).date() if at.tzinfo else refuse_naive(at)


def midnight(on: date) -> datetime:
    """The moment at which a Shanghai day begins."""
    return datetime(on.year, on.month, on.day, tzinfo=SHANGHAI)


def seconds_of(at: datetime) -> int:
    """Whole seconds from the first Shanghai midnight of the calendar to an aware moment; fractions are cut."""
    try:
        gone = at - EPOCH
    except TypeError:
        return refuse_naive(at)
    if not 0 <= gone.days < DAYS:
        msg = sentence(
            "{at} lies outside the calendar, which holds {first} to {last}; give a moment within it",
            at=at.isoformat(),
            first=FIRST,
            last=LAST,
        )
        raise BeyondCalendar(msg)
    return gone.days * DAY + gone.seconds


def moment_of(seconds: int) -> datetime:
    return EPOCH + timedelta(0, seconds)


def day_number(on: date) -> int:
    number = on.toordinal() - _FIRST_ORDINAL
    if not 0 <= number < DAYS:
        msg = sentence("{on} lies outside the calendar, which holds {first} to {last}; give a day within it", on=on, first=FIRST, last=LAST)
        raise BeyondCalendar(msg)
    return number


def date_of(number: int) -> date:
    return date.fromordinal(_FIRST_ORDINAL + number)


def refuse_naive(at: datetime) -> Never:
    msg = sentence("{at} has no offset, so it names no moment; write it with one, as {at}+08:00", at=at.isoformat())
    raise ValueError(msg)
