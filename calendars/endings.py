"""The second at which a limit ends, by its measure and reading; knows no warnings and gives no explanations."""

from collections.abc import Sequence

from calendars.hours import NATURAL, Hours
from calendars.limit import Limit, Measure, Reading
from calendars.moments import DAY
from calendars.stops import Span, last_day, run, touching
from calendars.timeline import Timeline

# A limit is counted in a few microseconds: looking a measure up in its class, or hashing it for a set, would be felt.
_SAME_DAY, _CALENDAR_DAYS, _SHARE = Measure.SAME_DAY, Measure.CALENDAR_DAYS, Measure.OFFICE_SHARE
BY_DAYS = (Measure.WORKING_DAYS, _SAME_DAY, _CALENDAR_DAYS)


def begin(hours: Hours, start: int, reading: Reading) -> int:
    """When the clock begins to run: as received, or, in one reading, at the opening that follows a rest day."""
    return hours.opening(start) if reading.rest_day_starts_next and hours.rests(start) else start


def end(hours: Hours, begun: int, limit: Limit, stopped: Sequence[Span], reading: Reading | None) -> int:
    if limit.measure in BY_DAYS:
        ends = _ending_day(hours, begun, limit, stopped) * DAY
        return ends + (DAY if reading and reading.closes_at_midnight else hours.close)
    if reading and reading.half_is_session and limit.measure is _SHARE:
        ends = _by_session(hours, begun, limit, stopped)
    else:
        ends = run(hours.line(limit.measure), begun, seconds(hours, limit), stopped)
    if not (reading and reading.until_close):
        return ends
    return hours.working((ends - 1) // DAY) * DAY + (DAY if reading.closes_at_midnight else hours.close)


def seconds(hours: Hours, limit: Limit) -> int:
    """A limit in seconds; a share of an office day that is no whole second is rounded up, never to anyone's harm."""
    return -(-limit.amount * hours.time.a_day // limit.per) if limit.measure is _SHARE else limit.amount


def counting(hours: Hours, begun: int, limit: Limit, stopped: Sequence[Span]) -> tuple[Timeline, Sequence[Span], int, int]:
    """What a limit in days counts on: its time, the stops in it, the first day that can count, and how many must."""
    first_counts = limit.first_day_counts or limit.measure is _SAME_DAY
    first = hours.time.at(begun) // hours.time.a_day if first_counts else hours.worked[begun // DAY + 1]
    days = max(limit.amount, 1)
    if limit.measure is not _CALENDAR_DAYS:
        return hours.time, touching(hours.time, stopped), first, days
    opening = hours.time.day(first) if first_counts else begun // DAY + 1
    return NATURAL, _from_opening_to_close(hours, stopped), opening, days


def _ending_day(hours: Hours, begun: int, limit: Limit, stopped: Sequence[Span]) -> int:
    line, spans, first, days = counting(hours, begun, limit, stopped)
    day = line.day(last_day(spans, line.a_day, first, days))
    return hours.working(day) if line is NATURAL else day


def _from_opening_to_close(hours: Hours, stopped: Sequence[Span]) -> Sequence[Span]:
    """Stops as calendar days feel them: from the first to the last office time in them; one at night is none."""
    return [(hours.time.when(first + 1) - 1, hours.time.when(last)) for first, last in touching(hours.time, stopped)]


def _by_session(hours: Hours, begun: int, limit: Limit, stopped: Sequence[Span]) -> int:
    opening = hours.opening(begun)
    halves = -(-2 * limit.amount // limit.per)
    unstopped = hours.session_close(opening, halves)
    ends = run(hours.time, begun, hours.time.at(unstopped) - hours.time.at(begun), stopped)
    return hours.session_close(ends - 1, 0)
