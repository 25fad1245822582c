"""Time that passes only in given hours of given days, counted both ways in whole seconds; knows no limits, no stops."""

from collections.abc import Sequence
from itertools import accumulate

from calendars.faults import BeyondCalendar
from calendars.moments import DAY, LAST
from words import sentence

Sessions = tuple[tuple[int, int], ...]
ALL_DAY: Sessions = ((0, DAY),)


class Timeline:
    """Counts the seconds of `sessions` on the days that are counted; `at` and `when` are each other's inverse, in O(1).

    Every second is counted from the calendar's first midnight. `days` holds the number of each counted day, `before[d]`
    how many counted days lie before day `d`, up to the day after the last.
    """

    __slots__ = ("_spans", "a_day", "before", "days")

    def __init__(self, before: Sequence[int], days: Sequence[int], sessions: Sessions) -> None:
        self.before, self.days = before, days
        gone = list(accumulate((close - opens for opens, close in sessions), initial=0))
        self._spans = tuple((opens, close, so_far) for (opens, close), so_far in zip(sessions, gone, strict=False))
        self.a_day = gone[-1]

    def at(self, second: int) -> int:
        """How much of this time has passed by that second."""
        day = second // DAY
        before = self.before[day]
        passed = before * self.a_day
        if self.before[day + 1] == before:
            return passed
        rest = second - day * DAY
        for opens, close, so_far in self._spans:
            if rest < close:
                return passed + so_far + (rest - opens if rest > opens else 0)
        return passed + self.a_day

    def span(self, span: tuple[int, int]) -> int:
        """How much of this time passes from one second to another."""
        return self.at(span[1]) - self.at(span[0])

    def when(self, passed: int) -> int:
        """The first second by which that much, at least 1, has passed: what is used up at a close ends there."""
        count = (passed - 1) // self.a_day
        left = passed - count * self.a_day
        day = self.day(count) * DAY
        for opens, close, so_far in self._spans:
            if left <= so_far + close - opens:
                return day + opens + left - so_far
        raise AssertionError  # pragma: no cover -- the sessions make up the day

    def day(self, count: int) -> int:
        """The number of the day that is counted `count`-th, from 0."""
        try:
            return self.days[count]
        except IndexError:
            msg = sentence("the limit ends after {last}, where the calendar ends; give an earlier start or a shorter limit", last=LAST)
            raise BeyondCalendar(msg) from None
