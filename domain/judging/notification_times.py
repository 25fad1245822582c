"""When everybody who had to be told was told: each moment by whichever act tells it first; judges nothing of what was said."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import NamedTuple

from domain.acts import tag_of
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.schemes.program import Triggering


class NotificationTimes(NamedTuple):
    """A moment at which somebody was told, and the entry that says so."""

    at: datetime
    entry: Entry


def notification_times(
    stop: Triggering, case: Situation, found: Sequence[Entry], answers: Sequence[Entry], without: AbstractSet[int]
) -> tuple[NotificationTimes, ...] | None:
    """Give the first moment of each need, or None while one is missing.

    `found` are the stop's own acts, `answers` those that fill its needs beside them; `without` are not to be relied on.
    """
    each = [_tellings(stop, which, found, answers) for which in range(len(stop.needs))]
    if stop.to_receiver is not None:
        others = [one for which, told in enumerate(each) if which != stop.to_receiver for one in told]
        each[stop.to_receiver] += _known_already(case, others, without)
    return tuple(min(told, key=_first) for told in each) if all(each) else None


def _first(told: NotificationTimes) -> tuple[datetime, int]:
    return told.at, told.entry.seq


def _tellings(stop: Triggering, which: int, found: Sequence[Entry], answers: Sequence[Entry]) -> list[NotificationTimes]:
    own = (NotificationTimes(at, entry) for entry in found if (at := stop.needs[which](entry.act)) is not None)
    return [*own, *_filled(stop, which, found, answers)]


def _filled(stop: Triggering, which: int, found: Sequence[Entry], answers: Iterable[Entry]) -> Iterable[NotificationTimes]:
    by_tag = {one.tag: one for one in stop.filled_by if one.need == which}
    for entry in answers:
        filling = by_tag.get(tag_of(entry.act))
        at = filling.moment(entry) if filling else None
        if filling is None or at is None or (filling.after and not any(one.occurred_at <= at for one in found)):
            continue
        yield NotificationTimes(at, entry)


def _known_already(case: Situation, told: Sequence[NotificationTimes], without: AbstractSet[int]) -> list[NotificationTimes]:
    """What the receiver wrote itself, and what was told while it held the matter, or before it got it back, it knows."""
    receiver = case.receiver()
    if receiver is None or not told:
        return []
    known = [one for one in told if one.entry.actor.party == receiver]
    first = min(told, key=_first)
    holder, since = case.held(first.at, without)
    if holder == receiver:
        return [*known, first if since is None else NotificationTimes(since.occurred_at, since)]
    back = (entry for entry, to in case.transfers(without) if to == receiver and entry.occurred_at > first.at)
    return [*known, *(NotificationTimes(entry.occurred_at, entry) for entry in back)]
