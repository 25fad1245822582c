"""A deadline's days, stops and other readings as they are shown."""

from datetime import date, datetime

from msgspec import field

from calendars import DayCount
from casework.shown import Shown


class DayShown(Shown, frozen=True):
    """What one day counted for."""

    date: date
    working: bool
    name: str
    source: str
    published: bool
    counted: bool
    seconds: int
    code: str
    why: str


class StopShown(Shown, frozen=True):
    """When the clock stood still."""

    from_: datetime = field(name="from")
    to: datetime | None


class AlsoShown(Shown, frozen=True):
    """The due moment under the other tenable reading."""

    due: datetime | None
    reading: str


def day_shown(day: DayCount) -> DayShown:
    """Show what a day counted for."""
    return DayShown(day.date, day.working, day.name, day.source, day.published, day.counted, day.seconds, day.code, day.why)
