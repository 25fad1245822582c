"""Three ways of passing time side by side (the day, the working day, the office's hours); ends no limit by itself."""

from collections.abc import Sequence

from calendars.limit import Measure
from calendars.moments import DAY, DAYS
from calendars.timeline import ALL_DAY, Sessions, Timeline
from words import sentence

_NATURAL, _WORKING_NATURAL = Measure.NATURAL, Measure.WORKING_NATURAL
NATURAL = Timeline([*range(DAYS + 1), DAYS], range(DAYS), ALL_DAY)


class Hours:
    """Seconds are counted from the calendar's first midnight, days by their number from its first day."""

    __slots__ = ("close", "sessions", "time", "whole_days", "worked")

    def __init__(self, before: Sequence[int], numbers: Sequence[int], sessions: Sessions) -> None:
        _check(sessions)
        self.sessions, self.close = sessions, sessions[-1][1]
        self.worked = before
        self.time = Timeline(before, numbers, sessions)
        self.whole_days = Timeline(before, numbers, ALL_DAY)

    def line(self, measure: Measure) -> Timeline:
        """The time that a measure counts: the day's, the working day's, else the office's."""
        if measure is _NATURAL:
            return NATURAL
        return self.whole_days if measure is _WORKING_NATURAL else self.time

    def rests(self, second: int) -> bool:
        day = second // DAY
        return self.worked[day + 1] == self.worked[day]

    def opening(self, second: int) -> int:
        """The first second from this one on at which the office is open."""
        return self.time.when(self.time.at(second) + 1) - 1

    def working(self, day: int) -> int:
        """That day if it is worked, else the next one that is."""
        return self.time.day(self.worked[day])

    def session_close(self, second: int, later: int) -> int:
        """The close of the session that is `later` sessions after the one open at this second."""
        day, rest = divmod(second, DAY)
        here = next(place for place, (_, close) in enumerate(self.sessions) if rest < close)
        days, place = divmod(here + later, len(self.sessions))
        return self.time.day(self.worked[day] + days) * DAY + self.sessions[place][1]


def _check(sessions: Sessions) -> None:
    edges = [edge for session in sessions for edge in session]
    if not edges or edges != sorted(set(edges)) or edges[0] < 0 or edges[-1] > DAY:
        msg = sentence("office sessions {sessions!r} must be in order, apart and within one day, in seconds of the day", sessions=sessions)
        raise ValueError(msg)
