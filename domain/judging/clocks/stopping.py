"""The stops of one clock: when it lawfully stood still, by the acts that stopped it and set it going."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.acts.connection import MaterialsSubmitted, MaterialsSupplemented
from domain.acts.enforcement.process import StopStruckOut
from domain.acts.stop import ClockResumed, ClockStopped
from domain.clock import Span
from domain.judging.situation import Order, Situation
from domain.ledger import Entry
from domain.schemes.program import DeadlineProgram

Keys = tuple[str, ...]


def stops_of(program: DeadlineProgram, case: Situation, keys: Keys) -> list[tuple[Span, Entry]]:
    """Give each stop with the entry that made it; it counts from the later of its beginning and the notice.

    One that was found unlawful is none.
    """
    found: list[tuple[Span, Entry]] = []
    for entry in standing_stops(case):
        act = entry.act
        if isinstance(act, ClockStopped) and act.rule == program.slug and act.keys == keys and act.reason in program.may_stop:
            start = max(entry.occurred_at, act.told_at or entry.occurred_at)
            end = _end(program, case, entry, act)
            if end is None or end > start:
                found.append(((start, end), entry))
    return found


def standing_stops(case: Situation) -> Sequence[Entry]:
    """Give the stops of a case but those that were found unlawful."""
    stopped, struck = case.of("clock.stopped"), struck_out(case)
    return [entry for entry in stopped if entry.seq not in struck] if struck else stopped


def struck_out(case: Situation) -> dict[int, tuple[Entry, StopStruckOut]]:
    """Give what was written of each stop that was found unlawful, by the stop's number."""
    return {act.stopped_seq: (entry, act) for entry, act in case.each(StopStruckOut)} if "stop.struck_out" in case.by_tag else {}


def _end(program: DeadlineProgram, case: Situation, stop: Entry, act: ClockStopped) -> datetime | None:
    """The clock goes on when it is resumed, when the document comes, or at the latest when the stated time ends."""
    ends = [one.occurred_at for one in case.of("clock.resumed") if Order(one) > Order(stop) and _resumes(one, act)]
    if act.reason == "deferred-document":
        ends += _arrivals(program, case, stop, act)
    if act.needed_until is not None:
        ends.append(act.needed_until)
    return min(ends, default=None)


def _arrivals(program: DeadlineProgram, case: Situation, stop: Entry, act: ClockStopped) -> list[datetime]:
    """Give the moment at which everything that the stop waits for was there; nothing while some of it is missing."""
    named = dict(zip(program.per, act.keys, strict=True))
    pair = named.get("utility", ""), named.get("department", "")
    waiting = awaited(case, stop, act.basis, pair)
    if not waiting:
        later = (entry for entry, one in case.each(MaterialsSupplemented) if _pair(one) == pair and Order(entry) > Order(stop))
        return [entry.occurred_at for entry in later][:1]
    came = [_came(case, document, submitted) for document, submitted in waiting.items()]
    known = [at for at in came if at is not None]
    return [max(known)] if len(known) == len(came) else []


def _came(case: Situation, document: str, submitted: Entry) -> datetime | None:
    """Say when a document came after the submission that deferred it."""
    pair, since = _pair(submitted.act), Order(submitted)
    supplied = (entry for entry, one in case.each(MaterialsSupplemented) if _pair(one) == pair and document in one.documents)
    return next((entry.occurred_at for entry in supplied if Order(entry) > since), None)


def is_missing(case: Situation, document: str, submitted: Entry) -> bool:
    """Say whether a document has not come since the submission that deferred it."""
    return _came(case, document, submitted) is None


def _pair(act: Any) -> tuple[str, str]:  # noqa: ANN401 -- whatever names a utility and a department
    return act.utility, act.department


def awaited(case: Situation, stop: Entry | None, basis: str, pair: tuple[str, str]) -> dict[str, Entry]:
    """Name the deferred documents that a stop waits for, each with the submission that deferred it last.

    They are those that its basis names; every deferred one where it names none. A stop that is yet to be written is None.
    """
    deferred: dict[str, Entry] = {}
    for entry, given in case.each(MaterialsSubmitted):
        if _pair(given) == pair and (stop is None or Order(entry) < Order(stop)):
            deferred.update((one.document, entry) for one in given.deferred)
    if basis in deferred:
        return {basis: deferred[basis]}
    return {document: entry for document, entry in deferred.items() if document in basis} or deferred


def _resumes(entry: Entry, stop: ClockStopped) -> bool:
    act = entry.act
    return isinstance(act, ClockResumed) and act.rule == stop.rule and act.keys == stop.keys
