"""How a clock ends: which act stops it or makes it void, at which moment, and which entries that rests on."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from msgspec import Struct

from domain.acts.connection import ApprovalNotNeeded, ApprovalOpened
from domain.judging.notification_times import notification_times
from domain.judging.situation import Order, Situation
from domain.ledger import Entry
from domain.schemes.program import ENDING, DeadlineProgram, Triggering, Voiding

Keys = tuple[str, ...]


class Ending(Struct, frozen=True, gc=False):
    """The act that ends a clock, the moment that counts, and every moment that it took with the entry that tells it."""

    entry: Entry
    at: datetime
    told: tuple[tuple[datetime, Entry], ...]


class Stops:
    """The acts that can stop the clocks of one rule in one case, by the keys that they name."""

    __slots__ = ("by_keys", "case", "consumed", "program", "reached", "voided", "wild")

    def __init__(self, program: DeadlineProgram, case: Situation) -> None:
        """Group the stopping acts once for all the rule's clocks."""
        self.program = program
        self.case = case
        self.by_keys: dict[Keys, list[Entry]] = {}
        self.wild: list[Entry] = []
        if program.stop.tag in case.by_tag:
            self._group(program.stop)
        self.voided = case.drops or not program.void_tags.isdisjoint(case.by_tag)
        """Whether the case has an act that may make a clock of the rule void."""
        self.consumed: set[tuple[Keys, int]] = set()
        self.reached: dict[tuple[Keys, int], frozenset[str]] = {}
        """Whom a clock needed an act for that reaches several."""

    def _group(self, stop: Triggering) -> None:
        always, lacking = stop.when.always, stop.keys.may_lack
        for entry in self.case.by_tag[stop.tag]:
            for keys, element in stop.keys.read(entry.act):
                if not always and not stop.when.holds(entry.act, element, lambda _: None):
                    continue
                if lacking and None in keys:
                    self.wild.append(entry)
                else:
                    self.by_keys.setdefault(keys, []).append(entry)

    def candidates(self, keys: Keys) -> Sequence[Entry]:
        """Give the stopping acts for a clock's keys, in order."""
        if not self.by_keys and not self.wild:
            return ()
        named = self.program.stop_at
        found = self.by_keys.get(keys if len(named) == len(keys) else tuple([keys[i] for i in named]), ())
        if not self.wild:
            return found
        return sorted({entry.seq: entry for entry in (*found, *self.wild)}.values(), key=Order)

    def ending(self, keys: Keys, start: Entry, without: AbstractSet[int] = frozenset()) -> Ending | None:
        """Find what ends the clock that this entry started: the first act since, or a fact before it that ended no other.

        `without` are the numbers of entries that are not to be relied on.
        """
        found = self.candidates(keys)
        if without:
            found = [one for one in found if one.seq not in without]
        stop = self.program.stop
        if stop.needs:
            return self._told(stop, self._unspent(found, keys, start), self._answers(stop, keys, start, without), without)
        if not found and not stop.all_of:
            return None
        if stop.all_of:
            spared = self._not_needed(stop, keys, start, without)
            return self._reached(stop, sorted([*found, *spared], key=Order) if spared else found, keys, start)
        return self._first(stop, found, keys, start)

    def _first(self, stop: Triggering, found: Sequence[Entry], keys: Keys, start: Entry) -> Ending | None:
        undone = self.program.undone
        for entry in found:
            if self._spent(entry, keys, start) or (undone is not None and self._undone(undone, entry, keys)):
                continue
            self.consumed.add((keys, entry.seq))
            at = stop.at(entry.act) if stop.at else entry.occurred_at
            return Ending(entry, at, ((at, entry),))
        return None

    def _undone(self, undone: Triggering, entry: Entry, keys: Keys) -> bool:
        """Say whether the acts that judge this one, up to the next one that comes after a judgement, end by taking it back."""
        judged = [one for one in self.case.of(undone.tag) if Order(one) > Order(entry)]
        again = [Order(one) for one in self.candidates(keys) if judged and Order(one) > Order(judged[0])]
        last = [one for one in judged if not again or Order(one) < again[0]][-1:]
        return bool(last) and undone.when.holds(last[0].act, None, lambda _: None)

    def _told(self, stop: Triggering, found: Sequence[Entry], answers: Sequence[Entry], without: AbstractSet[int]) -> Ending | None:
        """The latest of several moments, each filled first by whichever act tells it."""
        told = notification_times(stop, self.case, found, answers, without) if found or answers else None
        if told is None:
            return None
        last = max(told, key=lambda one: (one.at, one.entry.seq))
        return Ending(last.entry, last.at, told)

    def _answers(self, stop: Triggering, keys: Keys, start: Entry, without: AbstractSet[int]) -> Sequence[Entry]:
        """Give the acts of other kinds that fill what the stop needs."""
        found = [
            entry
            for filling in stop.filled_by
            for entry in self.case.of(filling.tag)
            if entry.seq not in without and not (filling.since_start and Order(entry) < Order(start))
        ]
        return self._unspent(found, keys, start) if found else ()

    def _reached(self, stop: Triggering, found: Sequence[Entry], keys: Keys, start: Entry) -> Ending | None:
        """The act with which everyone that the case has is reached; the acts are given in order."""
        missing = self._required(stop, keys, start)
        used: dict[int, frozenset[str]] = {}
        last: list[Entry] = []
        for entry in self._unspent(found, keys, start):
            reached = self._newly_reached(entry, keys, start)
            met = missing & reached
            if met or not (missing or used):
                used[entry.seq] = frozenset(met)
                last.append(entry)
                missing -= reached
        if missing or not used:
            return None
        for seq, who in used.items():
            self.reached[keys, seq] = self.reached.get((keys, seq), frozenset()) | who
        return Ending(last[-1], last[-1].occurred_at, tuple((entry.occurred_at, entry) for entry in last))

    def _newly_reached(self, entry: Entry, keys: Keys, start: Entry) -> set[str]:
        """Say whom an act reaches; before the start, only those whom no earlier clock needed it for."""
        act: Any = entry.act
        reached = {*getattr(act, "utilities", ()), *getattr(act, "departments", ()), getattr(act, "department", "")}
        return reached - self.reached.get((keys, entry.seq), frozenset()) if Order(entry) < Order(start) else reached

    def _not_needed(self, stop: Triggering, keys: Keys, start: Entry, without: AbstractSet[int]) -> list[Entry]:
        """Give the words of departments that they need not be reached for a utility: no permit is needed; an opening asks anew."""
        if "department" not in stop.all_of or "utility" not in self.program.per:
            return []
        utility = keys[self.program.per.index("utility")]
        spared = (entry for entry, act in self.case.each(ApprovalNotNeeded) if act.utility == utility and entry.seq not in without)
        return [entry for entry in spared if Order(entry) > Order(start)]

    def _unspent(self, found: Sequence[Entry], keys: Keys, start: Entry) -> list[Entry]:
        return [one for one in found if not self._spent(one, keys, start)]

    def _spent(self, entry: Entry, keys: Keys, start: Entry) -> bool:
        """Say whether an act before the start answers an earlier one: a decision does, and what ended another clock."""
        if entry.occurred_at > start.occurred_at:
            return False
        return ((keys, entry.seq) in self.consumed or not self.program.early) and Order(entry) < Order(start)

    def _required(self, stop: Triggering, keys: Keys, start: Entry) -> set[str]:
        per = self.program.per
        utility = keys[per.index("utility")] if "utility" in per else None
        return required(self.case, stop.all_of, start, utility)


def required(case: Situation, all_of: Iterable[str], start: Entry, utility: str | None) -> set[str]:
    """Say whom acts must have reached, by what was known at the start; approvals that are opened one by one, each its own."""
    who: set[str] = set()
    for one in all_of:
        if one == "utility":
            who |= case.utilities(start)
        elif one == "department":
            who |= _opened_by(start, utility) or case.departments(start, utility)
        else:
            who.add(one)
    return who


def _opened_by(start: Entry, utility: str | None) -> frozenset[str]:
    approvals = start.act.approvals if isinstance(start.act, ApprovalOpened) else ()
    return frozenset(one.department for one in approvals if utility in {None, one.utility})


def voiding(program: DeadlineProgram, case: Situation, keys: Keys, start: Entry) -> Iterable[tuple[Voiding | None, Entry]]:
    """Give the acts that may make a clock void, in order: whatever the rule, the end of what the applicant asked for does."""
    named = dict(zip(program.per, keys, strict=True))
    over = [] if program.outlasts else [entry for tag in ENDING for entry in case.of(tag)]
    dropped = case.dropped(named["utility"], start) if case.drops and "utility" in named else None
    found: list[tuple[Voiding | None, Entry]] = [(None, entry) for entry in (*over, *([dropped] if dropped else ()))]
    for void in program.voids:
        found.extend((void, entry) for entry in case.of(void.tag) if _applies(void, entry, named, start, case))
    return sorted(found, key=lambda one: Order(one[1])) if len(found) > 1 else found


def _held(key: str, named: dict[str, str], start: Entry) -> str:
    """Read a key of the clock, or a field of the act that started it."""
    value: str = named[key] if key in named else getattr(start.act, key)
    return value


def _applies(void: Voiding, entry: Entry, named: dict[str, str], start: Entry, case: Situation) -> bool:
    if not void.before_too and Order(entry) <= Order(start):
        return False
    if any(need(entry.act) is None for need in void.needs):
        return False
    if any(_held(key, named, start) == read(entry.act) for key, read in void.other):
        return False
    return any(
        all(named[key] == value for key, value in zip(void.keys.named, keys, strict=True))
        and void.when.holds(entry.act, element, lambda name: case.field(name, named))
        for keys, element in void.keys.read(entry.act)
    )
