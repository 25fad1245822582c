"""Counts deadlines the slow way, day by day and session by session, so that the answers do not rest on the arithmetic they test."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

DAY = 86_400
EAST = 8 * 3600
"""Shanghai is eight hours ahead of UTC, winter and summer."""
EPOCH = date(1970, 1, 1)
Sessions = Sequence[tuple[int, int]]
Stop = tuple[int, int]


def moment(at: int) -> datetime:
    """Turn seconds since 1970 into an aware moment."""
    return datetime.fromtimestamp(at, UTC)


def seconds(at: datetime) -> int:
    """Turn an aware moment into whole seconds since 1970."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)


def midnight(on: date) -> int:
    """Give the first second of a day in Shanghai."""
    return (on - EPOCH).days * DAY - EAST


def day_of(at: int) -> date:
    """Give the day in Shanghai that a moment lies on."""
    return EPOCH + timedelta(days=(at + EAST) // DAY)


class SlowCalendar:
    """One office's hours on the working days of one calendar; moments are whole seconds since 1970."""

    def __init__(self, is_working: Callable[[date], bool], sessions: Sessions) -> None:
        """Take the days as they are published, and the sessions in seconds of the day."""
        self.is_working = is_working
        self.hours = tuple(sessions)
        self.full_day = sum(end - start for start, end in sessions)
        self._open: dict[int, Sessions] = {}

    def sessions(self, number: int) -> Sessions:
        """Give the sessions of a day, which is numbered from 1970; none on a day of rest."""
        found = self._open.get(number)
        if found is None:
            first = number * DAY - EAST
            works = self.is_working(EPOCH + timedelta(days=number))
            found = self._open[number] = [(first + a, first + b) for a, b in self.hours] if works else []
        return found

    def from_day(self, number: int) -> Iterator[tuple[int, int]]:
        """Walk on through every session from a day."""
        while True:
            yield from self.sessions(number)
            number += 1

    def next_open(self, at: int) -> int:
        """Give the moment itself while the office is open, else the next opening."""
        return next(max(start, at) for start, end in self.from_day((at + EAST) // DAY) if end > at)

    def ahead(self, at: int, length: int) -> int:
        """Go forward by that much office time; what is used up as a session closes ends at that close."""
        left = length
        for start, end in self.from_day((at + EAST) // DAY):
            begin = max(start, at)
            if begin < end:
                if left <= end - begin:
                    return begin + left
                left -= end - begin
        raise AssertionError("days do not end")

    def between(self, start: int, end: int) -> int:
        """Add up the office time between two moments."""
        days = range((start + EAST) // DAY, (end + EAST) // DAY + 1)
        return sum(max(0, min(b, end) - max(a, start)) for day in days for a, b in self.sessions(day))

    def close_of(self, at: int) -> int:
        """Give the closing time of the day that a moment lies on, working or not."""
        return (at + EAST) // DAY * DAY - EAST + self.hours[-1][1]

    def workday(self, at: int, days: int) -> int:
        """Give the first opening of the day that lies so many working days after a moment's day."""
        number = (at + EAST) // DAY
        while days > 0:
            number += 1
            days -= bool(self.sessions(number))
        return self.next_open(number * DAY - EAST)

    def due(self, start: int, limit: str, stops: Sequence[Stop] = ()) -> int:
        """Say when a limit that the plan writes like this is used up."""
        amount, unit = _read(limit)
        if unit == "h":
            return start + int(amount * 3600)
        if unit == "d":
            return self._calendar_days(start, int(amount))
        if unit != "wd":
            return self.ahead(start, int(amount * (3600 if unit == "oh" else 60)))
        if amount == 0:
            return self.close_of(self.next_open(start))
        if amount.denominator > 1:
            return self.ahead(start, int(amount * self.full_day))
        return self._days(start, int(amount), stops)

    def _calendar_days(self, start: int, days: int) -> int:
        """Count every day after the day of the start; what ends on a day of rest runs on to the next working day."""
        number = (start + EAST) // DAY + days
        while not self.sessions(number):
            number += 1
        return number * DAY - EAST + self.hours[-1][1]

    def _days(self, start: int, days: int, stops: Sequence[Stop]) -> int:
        """Count working days after the day of the start; of those with a stop, as many as the stopped time fills do not count."""
        number, worked, touched, stopped = (start + EAST) // DAY, 0, 0, 0
        while worked - min(touched, -(-stopped // self.full_day)) < days:
            number += 1
            if self.sessions(number):
                worked += 1
                lost = sum(max(0, min(b, e) - max(a, s)) for a, b in self.sessions(number) for s, e in stops)
                touched += lost > 0
                stopped += lost
        return number * DAY - EAST + self.hours[-1][1]


def _read(limit: str) -> tuple[Fraction, str]:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(wd|om|oh|h|d)", limit)
    if found is None:
        raise ValueError(f"{limit!r} is no limit that is counted by hand")
    return Fraction(found[1]), found[2]
