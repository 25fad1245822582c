"""A day of the calendar as people read it: what it is called, and where that stands; counts nothing."""

from calendars import CalendarDay
from words import name_of


def is_ordinary(day: CalendarDay) -> bool:
    """Say whether no notice and no closure names the day."""
    return day.name in {"工作日", "周末"}


def day_name(day: CalendarDay) -> str:
    """Give the name that a notice or a closure has for it, or that of any such day of the week."""
    return name_of("day", day.name)


def source_name(source: str) -> str:
    """Name the notice, or the law's own week where there is none."""
    return name_of("day-source", source)
