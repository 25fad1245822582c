"""Delay shares (逾期责任时长分解): whose part of a case's overrun each second was, by party and month; it accuses nobody."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from msgspec import Struct

from calendars import OfficeClock, local_day, midnight
from domain.clock import Clock, is_contested
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook

_NO_PARTY = ""
"""No party's own hours, but those that the scheme gives the city."""


class Share(Struct, frozen=True, kw_only=True):
    """Office seconds of one month that a party held the overrun, by the rule that it had missed longest ago."""

    party: str
    rule: str
    month: date
    """Its first day."""
    contested: bool
    """Every limit that it had missed just then would have been kept under another reading."""
    seconds: int


class DelayShares(Struct, frozen=True):
    """A case's overrun and whose it was, at a moment."""

    shares: tuple[Share, ...]
    unowned: int
    """Office seconds in which the case waited and no rule limited anybody."""

    @property
    def overrun(self) -> int:
        """Office seconds in which something was overdue; the sum of the shares."""
        return sum(share.seconds for share in self.shares)

    @property
    def parties(self) -> tuple[str, ...]:
        """Name everybody who has a share."""
        return tuple(sorted({share.party for share in self.shares}))

    def of(self, party: str) -> int:
        """Add up one party's."""
        return sum(share.seconds for share in self.shares if share.party == party)


class _Overdue(Struct, frozen=True):
    """One clock's overrun: a limit that is missed from its due moment to its end or now, without the stops."""

    party: str
    rule: str
    due: datetime
    until: datetime
    stops: tuple[tuple[datetime, datetime], ...]
    contested: bool

    def holds(self, start: datetime, end: datetime) -> bool:
        """Say whether the whole of a stretch, which none of its moments cuts, is overdue."""
        return self.due <= start and end <= self.until and not any(begin <= start and end <= over for begin, over in self.stops)

    def cuts(self) -> Iterator[datetime]:
        yield from (self.due, self.until)
        for stop in self.stops:
            yield from stop


def office_of(book: Rulebook, offices: Offices) -> OfficeClock:
    """Give the clock of the city's own office hours under the newest calendar."""
    return offices.of(book, _NO_PARTY, offices.newest)


def delay_shares_of(
    clocks: Iterable[Clock], office: OfficeClock, now: datetime, waiting: tuple[datetime, datetime] | None = None
) -> DelayShares:
    """Work out whose the overrun was; `waiting` is from when to when the case waited at all."""
    kept = [clock for clock in clocks if not clock.counted]
    return DelayShares(tuple(shares_of(kept, office, now)), _unowned(kept, office, waiting) if waiting else 0)


def shares_of(clocks: Iterable[Clock], office: OfficeClock, now: datetime) -> list[Share]:
    """Split each stretch of the overrun equally among the parties that are overdue in it, the remainder to the earliest due."""
    overdue = [one for clock in clocks if not clock.counted and (one := _overdue(clock, now)) is not None]
    held: dict[tuple[date, str, str, bool], int] = {}
    for start, end in _stretches(overdue):
        seconds = office.office_seconds(start, end)
        missed = [one for one in overdue if one.holds(start, end)] if seconds else []
        for first, share in _split(missed, seconds):
            contested = all(one.contested for one in missed if one.party == first.party)
            key = local_day(start).replace(day=1), first.party, first.rule, contested
            held[key] = held.get(key, 0) + share
    return [
        Share(party=party, rule=rule, month=month, contested=contested, seconds=seconds)
        for (month, party, rule, contested), seconds in sorted(held.items())
        if seconds
    ]


def _split(missed: Sequence[_Overdue], seconds: int) -> Iterator[tuple[_Overdue, int]]:
    """Give each party's part, beside what it had missed longest ago."""
    firsts: dict[str, _Overdue] = {}
    for one in sorted(missed, key=lambda one: (one.due, one.party, one.rule)):
        firsts.setdefault(one.party, one)
    for number, first in enumerate(firsts.values()):
        each, odd = divmod(seconds, len(firsts))
        yield first, each if number else each + odd


def _overdue(clock: Clock, now: datetime) -> _Overdue | None:
    """Give a clock's overrun; one that is void, or stands still, has none."""
    if clock.state not in {"running", "late"} or clock.due is None:
        return None
    until = now if clock.ended_at is None else min(clock.ended_at, now)
    if until <= clock.due:
        return None
    stops = tuple((begin, min(until, end or until)) for begin, end in clock.stops if begin < until and (end or until) > clock.due)
    return _Overdue(clock.party, clock.rule, clock.due, until, stops, is_contested(clock.due, clock.also_due, clock.ended_at, now))


def _stretches(overdue: Sequence[_Overdue]) -> Iterator[tuple[datetime, datetime]]:
    """Cut time wherever an overrun begins, stops or ends, and at each new month."""
    cuts = {cut for one in overdue for cut in one.cuts()}
    if cuts:
        cuts.update(_months(min(cuts), max(cuts)))
    return pairwise(sorted(cuts))


def _months(first: datetime, last: datetime) -> Iterator[datetime]:
    """Give the midnights between two moments at which a month begins."""
    month = next_month(local_day(first))
    while (begins := midnight(month)) < last:
        yield begins
        month = next_month(month)


def next_month(on: date) -> date:
    """Give the first day of the month after that day's."""
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)


def _unowned(clocks: Sequence[Clock], office: OfficeClock, waiting: tuple[datetime, datetime]) -> int:
    """Count what no clock covers; a clock that lawfully stands still covers its time."""
    reached, until = waiting
    gaps = 0
    spans = sorted((clock.started, clock.ended_at or until) for clock in clocks)
    for start, end in [*spans, (until, until)]:
        gaps += office.office_seconds(reached, min(start, until))
        reached = max(reached, end)
    return gaps
