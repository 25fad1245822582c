"""Which clocks a case starts: one for each starting act and key tuple, from the moment that counts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from domain.acts.field import Acted
from domain.judging.situation import Order, Situation
from domain.ledger import Entry
from domain.schemes.fields import Condition, Made
from domain.schemes.program import DeadlineProgram, Triggering

Keys = tuple[str, ...]


class Started(Struct, frozen=True, gc=False):
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
    start, asked = program.starts[which], program.asked[which]
    for entry in case.by_tag.get(start.tag, ()):
        at = entry.occurred_at if start.happened else _moment(start, entry, case)
        if at is None:
            continue
        made = start.keys.read(entry.act)
        if asked:
            made = [one for one in made if _holds(asked, one, entry.act, program.per, case)]
        for keys, element in made if len(made) == 1 else _first_of_each(made):
            yield Started(keys, element, entry, which, at)


def _first_of_each(made: Iterable[Made]) -> Iterable[Made]:
    """Keep the first element of each key tuple."""
    first: dict[Keys, Any] = {}
    for keys, element in made:
        first.setdefault(keys, element)
    return first.items()


def _holds(conditions: Sequence[Condition], made: Made, act: Acted, per: Keys, case: Situation) -> bool:
    """Say whether what the start and the rule ask for is true of the element, the act and the case."""
    keys, element = made
    for condition in conditions:
        if not condition.fits(act, element):
            return False
        if condition.on_case and not _of_case(condition, dict(zip(per, keys, strict=True)), case):
            return False
    return True


def _of_case(condition: Condition, named: dict[str, str], case: Situation) -> bool:
    return all(case.field(name, named) == value for name, value in condition.on_case)


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
