"""What a stopped clock does to a limit: intervals merged, and counted by prefix sums; decides nothing about who may stop."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from calendars.moments import seconds_of
from calendars.timeline import Timeline

Stop = tuple[datetime, datetime | None]
Span = tuple[int, int]


def merge(stops: Iterable[Stop], start: int) -> tuple[list[Span], int | None]:
    """The closed stops after `start`, in order and apart, and the second from which an open one stops the clock for good."""
    ended: list[Span] = []
    for begins, ends in sorted(_seconds(stops, start), key=lambda stop: stop[0]):
        joins = bool(ended) and begins <= ended[-1][1]
        if ends is None:
            return (ended[:-1], ended[-1][0]) if joins else (ended, begins)
        if joins:
            ended[-1] = (ended[-1][0], max(ended[-1][1], ends))
        else:
            ended.append((begins, ends))
    return ended, None


def _seconds(stops: Iterable[Stop], start: int) -> Iterable[tuple[int, int | None]]:
    for begins, ends in stops:
        first = max(seconds_of(begins), start)
        if ends is None:
            yield first, None
            continue
        if ends < begins:
            msg = f"a stop from {begins.isoformat()} ends before it begins, at {ends.isoformat()}; give its later moment second"
            raise ValueError(msg)
        last = seconds_of(ends)
        if last > first:
            yield first, last


def run(line: Timeline, start: int, amount: int, stopped: Sequence[Span]) -> int:
    """The second at which `amount` of the line's time has passed since `start`, stopped time of that kind not counted."""
    target = line.at(start) + amount
    for begins, ends in stopped:
        if line.at(begins) >= target:
            break
        target += line.at(ends) - line.at(begins)
    return line.when(target)


def touching(line: Timeline, stopped: Iterable[Span]) -> list[Span]:
    """The stops in the line's own time; those that touch none of it (a night, a weekend) are gone."""
    passed = ((line.at(begins), line.at(ends)) for begins, ends in stopped)
    return [(first, last) for first, last in passed if last > first]


def not_counted(spans: Sequence[Span], a_day: int, first: int, days: int) -> int:
    """How many of `days` days from the `first` do not count: those touched, but no more than the stopped time, rounded up to days."""
    opens, closes = first * a_day, (first + days) * a_day
    touched, stopped, last_touched = 0, 0, first - 1
    for begins, ends in spans:
        inside, until = max(begins, opens), min(ends, closes)
        if inside >= until:
            continue
        last = (until - 1) // a_day
        touched += last - max(inside // a_day, last_touched + 1) + 1
        stopped += until - inside
        last_touched = last
    return min(touched, -(-stopped // a_day))


def last_day(spans: Sequence[Span], a_day: int, first: int, days: int) -> int:
    """The count of the day on which `days` days from the `first` have counted, found by halving, not day by day."""
    # One more day adds at most one that does not count, so what has counted never falls and the halving is sound.
    everything = spans[-1][1] // a_day + 1 - first if spans else 0
    low, high = days, days + (not_counted(spans, a_day, first, everything) if everything > 0 else 0)
    while low < high:
        middle = (low + high) // 2
        if middle - not_counted(spans, a_day, first, middle) >= days:
            high = middle
        else:
            low = middle + 1
    return first + low - 1
