"""The stops of one clock: when it lawfully stood still, by the acts that stopped it and set it going."""

from datetime import datetime

from domain.acts.stop import ClockResumed, ClockStopped
from domain.clock import Span
from domain.ledger import Entry
from domain.program import DeadlineProgram
from domain.situation import Order, Situation

Keys = tuple[str, ...]


def stops_of(program: DeadlineProgram, case: Situation, keys: Keys) -> list[tuple[Span, Entry]]:
    """Give each stop with the entry that made it; it counts from the later of its beginning and the notice."""
    found: list[tuple[Span, Entry]] = []
    for entry in case.of("clock.stopped"):
        act = entry.act
        if isinstance(act, ClockStopped) and act.rule == program.slug and act.keys == keys and act.reason in program.may_stop:
            start = max(entry.occurred_at, act.told_at or entry.occurred_at)
            end = _end(program, case, entry, act)
            if end is None or end > start:
                found.append(((start, end), entry))
    return found


def _end(program: DeadlineProgram, case: Situation, stop: Entry, act: ClockStopped) -> datetime | None:
    """The clock goes on when it is resumed, when the document comes, or at the latest when the stated time ends."""
    ends = [one.occurred_at for one in case.of("clock.resumed") if Order(one) > Order(stop) and _resumes(one, act)]
    if act.reason == "deferred-document":
        named = dict(zip(program.per, act.keys, strict=True))
        ends += [
            one.occurred_at
            for one in case.of("materials.supplemented")
            if Order(one) > Order(stop) and all(getattr(one.act, key, value) == value for key, value in named.items())
        ]
    if act.needed_until is not None:
        ends.append(act.needed_until)
    return min(ends, default=None)


def _resumes(entry: Entry, stop: ClockStopped) -> bool:
    act = entry.act
    return isinstance(act, ClockResumed) and act.rule == stop.rule and act.keys == stop.keys
