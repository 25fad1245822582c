"""What a stopped clock does to a limit, counted by prefix sums; decides nothing about who may stop it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from calendars.moments import seconds_of
from calendars.timeline import Timeline
from words import sentence

Stop = tuple[datetime, datetime | None]
Span = tuple[int, int]


def merge(stops: Iterable[Stop], start: int) -> tuple[list[Span], int | None]:
    """The ended stops after `start`, in order and apart, and the second from which an open one stops the clock."""
    spans, for_good = [], None
    for begins, ends in stops:
        first = max(seconds_of(begins), start)
        if ends is None:
            for_good = first if for_good is None else min(first, for_good)
            continue
        last = seconds_of(ends)
        if last > first:
            spans.append((first, last))
        elif ends < begins:
            msg = sentence(
                "a stop from {begin} to {end} ends before it begins; swap the two", begin=begins.isoformat(), end=ends.isoformat()
            )
            raise ValueError(msg)
    return (apart(spans) if len(spans) > 1 else spans), for_good


def apart(spans: list[Span]) -> list[Span]:
    spans.sort()
    joined = spans[:1]
    for begins, ends in spans[1:]:
        if begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined


def run(line: Timeline, start: int, amount: int, stopped: Sequence[Span]) -> int:
    """The second by which `amount` of the line's time has passed since `start`, its stopped time left out."""
    target = line.at(start) + amount
    for begins, ends in stopped:
        from_here = line.at(begins)
        if from_here >= target:
            break
        target += line.at(ends) - from_here
    return line.when(target)


def clip(spans: Iterable[Span], first: int, last: int) -> Iterator[Span]:
    """What of the spans lies from `first` to `last`."""
    return ((max(begins, first), min(ends, last)) for begins, ends in spans if begins < last and ends > first)


def touching(line: Timeline, stopped: Sequence[Span]) -> list[Span]:
    """The stops in the line's own time; those that touch none of it (a night, a weekend) are gone."""
    spans = []
    for begins, ends in stopped:
        first, last = line.at(begins), line.at(ends)
        if last > first:
            spans.append((first, last))
    return spans


def not_counted(spans: Sequence[Span], a_day: int, first: int, days: int) -> int:
    """How many of `days` days from the `first` do not count: those touched, but no more than the time in days."""
    opens = first * a_day
    closes = opens + days * a_day
    touched, stopped, last_touched = 0, 0, first - 1
    for begins, ends in spans:
        inside, until = max(begins, opens), min(ends, closes)
        if inside >= until:
            continue
        from_day, last = inside // a_day, (until - 1) // a_day
        touched += last - (from_day - 1 if from_day > last_touched else last_touched)
        stopped += until - inside
        last_touched = last
    return min(touched, -(-stopped // a_day))


def last_day(spans: Sequence[Span], a_day: int, first: int, days: int) -> int:
    """The count of the day on which `days` days from the `first` have counted, found by halving, not day by day."""
    # One more day adds at most one that does not count, so what has counted never falls, and halving is sound.
    lost = not_counted(spans, a_day, first, days) if spans else 0
    if not lost or spans[-1][1] <= (first + days) * a_day:
        return first + days - 1 + lost
    low, high = days + lost, days + not_counted(spans, a_day, first, spans[-1][1] // a_day + 1)
    while low < high:
        middle = (low + high) // 2
        if middle - not_counted(spans, a_day, first, middle) >= days:
            high = middle
        else:
            low = middle + 1
    return first + low - 1
