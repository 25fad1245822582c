"""A deadline's days, stops and other readings as they are shown."""

from datetime import datetime

from msgspec import field
from msgspec.structs import astuple

from calendars import DayCount
from casework.shown import Shown


class DayShown(DayCount, frozen=True):
    """What one day counted for."""


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
    return DayShown(*astuple(day))
