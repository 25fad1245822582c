"""Which days are worked, and why; holds no office hours and counts no limits."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import accumulate

from calendars.days import CalendarDay, Exceptional
from calendars.moments import DAYS, EPOCH, FIRST, LAST, day_number

_SATURDAY = 5


class WorkingCalendar:
    """The working days of one edition and place, by number from the first day, with prefix counts."""

    def __init__(self, edition: str, published_through: date, exceptions: Mapping[date, Exceptional]) -> None:
        self.edition, self.published_through = edition, published_through
        self.first, self.last = FIRST, LAST
        self._provisional_from = EPOCH + timedelta(day_number(published_through) + 1)
        self._exceptions = exceptions
        worked = [(number + FIRST.weekday()) % 7 < _SATURDAY for number in range(DAYS)]
        for on, day in exceptions.items():
            worked[day_number(on)] = day.working
        self.before = [*accumulate(worked, initial=0), sum(worked)]
        self.numbers = [number for number, works in enumerate(worked) if works]

    def is_working(self, on: date) -> bool:
        number = day_number(on)
        return self.before[number + 1] > self.before[number]

    def day(self, on: date) -> CalendarDay:
        working, published = self.is_working(on), on <= self.published_through
        named = self._exceptions.get(on)
        if named is not None:
            return CalendarDay(on, working, named.name, named.source, published)
        name, source = ("工作日", "weekday") if working else ("周末", "weekend")
        return CalendarDay(on, working, name, source if published else "no notice yet", published)

    def is_provisional(self, due: datetime) -> bool:
        """Whether a notice that is not yet published may still move this moment."""
        return due >= self._provisional_from

    def differing(self, other: "WorkingCalendar") -> tuple[datetime, datetime] | None:
        """From the first to the end of the last day that is worked, or published, in one of the two alone; None where there is none."""
        days = set(self.numbers) ^ set(other.numbers)
        if self.published_through != other.published_through:
            ends = day_number(self.published_through), day_number(other.published_through)
            days |= {min(ends) + 1, max(ends)}
        return (EPOCH + timedelta(min(days)), EPOCH + timedelta(max(days) + 1)) if days else None
