"""Which clocks a case starts: one for each starting act and key tuple, from the moment that counts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from domain.acts.field import Acted
from domain.extract import Condition, Made
from domain.ledger import Entry
from domain.program import DeadlineProgram, Triggering
from domain.situation import Order, Situation

Keys = tuple[str, ...]


class Started(Struct, frozen=True):
    """A clock's start: its keys, the element and act that made it, which of the rule's starts that was, the moment."""

    keys: Keys
    element: Any
    entry: Entry
    which: int
    at: datetime


def starts_of(program: DeadlineProgram, case: Situation) -> Iterable[Started]:
    """Give the starts of one rule's clocks, in order."""
    if program.latest:
        return _latest(program, case)
    if len(program.starts) == 1:
        return _each(program, case, 0)
    several = [start for which in range(len(program.starts)) for start in _each(program, case, which)]
    return sorted(several, key=lambda start: Order(start.entry))


def _each(program: DeadlineProgram, case: Situation, which: int) -> Iterator[Started]:
    start = program.starts[which]
    conditions = [condition for condition in (start.when, program.when[which]) if not condition.always]
    for entry in case.by_tag.get(start.tag, ()):
        seen: set[Keys] = set()
        for keys, element in start.keys(entry.act):
            named = dict(zip(program.per, keys, strict=True)) if conditions else {}
            if keys not in seen and _holds(conditions, (keys, element), entry.act, named, case):
                seen.add(keys)
                at = _moment(start, entry, case)
                if at is not None:
                    yield Started(keys, element, entry, which, at)


def _holds(conditions: Sequence[Condition], made: Made, act: Acted, named: dict[str, str], case: Situation) -> bool:
    """Say whether what the start and the rule ask for is true of the element, the act and the case."""

    def of_case(name: str) -> Any:  # noqa: ANN401 -- a condition compares any value
        return case.field(name, named)

    return all(condition.holds(act, made[1], of_case) for condition in conditions)


def _moment(start: Triggering, entry: Entry, case: Situation) -> datetime | None:
    if start.since is not None:
        earlier = [one for one in case.of(start.since) if Order(one) < Order(entry)]
        return earlier[-1].occurred_at if earlier else None
    at: datetime | None = start.at(entry.act) if start.at else entry.occurred_at
    return at


def _latest(program: DeadlineProgram, case: Situation) -> Iterator[Started]:
    """One clock for each key tuple, once the first of every act is there; the last of them starts it."""
    firsts: list[dict[Keys, Started]] = []
    for which in range(len(program.starts)):
        first: dict[Keys, Started] = {}
        for start in _each(program, case, which):
            first.setdefault(start.keys, start)
        firsts.append(first)
    complete = [keys for keys in firsts[0] if all(keys in first for first in firsts)]
    last = [max((first[keys] for first in firsts), key=lambda one: (one.at, one.entry.seq)) for keys in complete]
    yield from sorted(last, key=lambda start: Order(start.entry))
