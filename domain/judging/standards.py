"""The counted standards of a case: the act that passes the count is the breach, against whoever answers for it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from domain.clock import Clock
from domain.judging.audit_marks import AuditMarks
from domain.judging.clocks.ending import required
from domain.judging.situation import Order, Situation
from domain.ledger import Entry
from domain.offices import Offices
from domain.schemes.program import StandardProgram, Triggering

Keys = tuple[str, ...]
Told = tuple[Any, int, Entry]
"""An entry with its order, and which of the rule's acts it is."""


class Counted(NamedTuple):
    """An act that is counted: which of the rule's acts, its entry, the keys it is counted under, the element."""

    which: int
    entry: Entry
    keys: Keys
    element: Any
    actor: str | None = None
    """Who recorded what made the rule ask, where that is not the act itself."""
    new: frozenset[str] | None = None
    """Whom or what the act names for the first time, where the rule counts those alone."""


def broken(case: Situation, kind: str, flags: AuditMarks, offices: Offices) -> Iterator[Clock]:
    """Give one late clock for each case, rule, keys and party that a standard is broken for."""
    for program in case.book.standards_of(kind, case.by_tag):
        found = _lacking(program, program.requires, case, offices) if program.requires else _counted(program, case)
        yield from _breaches(program, case, flags, found)


def _breaches(program: StandardProgram, case: Situation, flags: AuditMarks, found: Iterable[Counted]) -> Iterator[Clock]:
    """One for each keys and party: the first, or the one that a finding has already been opened for."""
    chosen: dict[tuple[Keys, str], Entry] = {}
    for one in found:
        for party in _answering(program, case, one):
            flagged = ((program.slug, one.entry.seq, one.keys), party) in flags.opened
            if flagged or (one.keys, party) not in chosen:
                chosen[one.keys, party] = one.entry
    for (keys, party), entry in chosen.items():
        yield _breach(program, case, flags, (entry, keys, party))


def _breach(program: StandardProgram, case: Situation, flags: AuditMarks, by: tuple[Entry, Keys, str]) -> Clock:
    """Look at once; what is missing may still be written down together with the act that it had to come before."""
    entry, keys, party = by
    at = entry.occurred_at
    opened = flags.stands(((program.slug, entry.seq, keys), party))
    return Clock(
        rule=program.slug,
        keys=keys,
        party=party,
        start_seq=entry.seq,
        started=at,
        due=at,
        state="late",
        edition=entry.edition,
        ended_seq=entry.seq,
        ended_at=at,
        next_check_at=None if opened else at + case.book.margin if program.requires else at,
        counted=True,
    )


def _counted(program: StandardProgram, case: Situation) -> Iterator[Counted]:
    """Count, or add up, in the order in which things happened."""
    totals: dict[Keys, int] = {}
    for one in _anew(program, _acts(program, case)):
        act = one.entry.act
        totals[one.keys] = totals.get(one.keys, 0) + (program.value(act) if program.value else 1)
        excused = bool(program.lacking) and bool(program.lacking[one.which](act))
        if totals[one.keys] > program.at_most and not excused:
            yield one


def counted_until(case: Situation, clock: Clock) -> tuple[Entry, ...]:
    """Give the acts that were counted for a broken standard, up to the one that passed the count; nothing for a deadline."""
    program = case.book.programs[clock.rule]
    if not isinstance(program, StandardProgram):
        return ()
    entries = [one.entry for one in _anew(program, _acts(program, case)) if one.keys == clock.keys]
    last = next((Order(entry) for entry in entries if entry.seq == clock.start_seq), None)
    return tuple(entry for entry in entries if last is not None and Order(entry) <= last)


def _anew(program: StandardProgram, found: Iterable[Counted]) -> Iterator[Counted]:
    """Leave out acts that name nobody and nothing new, where the rule counts what comes for the first time."""
    if program.anew is None:
        yield from found
        return
    named: dict[Keys, set[str]] = {}
    for one in found:
        seen = named.setdefault(one.keys, set())
        new = frozenset(program.anew(one.entry.act)) - seen
        seen |= new
        if new:
            yield one._replace(new=new)


def _acts(program: StandardProgram, case: Situation) -> Iterator[Counted]:
    """Give the counted acts in order; one and the same fact counts once, whoever else has written it down too."""
    several = [(Order(entry), which, entry) for which, act in enumerate(program.acts) for entry in case.of(act.tag)]
    for _, which, entry in _told_once(several) if len(several) > 1 else several:
        for keys, element in program.acts[which].keys.read(entry.act):
            one = Counted(which, entry, keys, element)
            if _holds(program, case, one) and _between(program, case, one):
                yield one


def _told_once(several: Iterable[Told]) -> Sequence[Told]:
    told = {(one[2].occurred_at, one[2].act): one for one in sorted(several, key=_in_order, reverse=True)}
    return sorted(told.values(), key=_in_order)


def _in_order(one: Told) -> Any:  # noqa: ANN401 -- an order is compared, and nothing else
    return one[0]


def _holds(program: StandardProgram, case: Situation, one: Counted) -> bool:
    condition = program.when[one.which]
    if condition.always:
        return True
    pair = program.pair[one.which]
    utility, department = pair(one.entry.act) if pair else ("", "")
    named = {"utility": utility, "department": department, **dict(zip(program.per, one.keys, strict=True))}
    return condition.holds(one.entry.act, one.element, lambda name: case.field(name, named))


def _between(program: StandardProgram, case: Situation, one: Counted) -> bool:
    """Say whether the act lies after the one and before the other, for the same utility and department.

    What was written only afterwards, nobody knew of; within one second nothing is before or after.
    """
    if not program.between:
        return True
    pair = program.pair[one.which]
    keys = pair(one.entry.act) if pair else None
    after, before = (
        [entry for entry in case.of(bound.tag) if keys in [named for named, _ in bound.keys.read(entry.act)]] for bound in program.between
    )
    at = one.entry.occurred_at
    known = (bound for bound in after if bound.occurred_at < at and bound.recorded_at <= at + case.book.margin)
    begun = max((Order(bound) for bound in known), default=None)
    return begun is not None and not any(begun <= Order(bound) and bound.occurred_at <= at for bound in before)


def _lacking(program: StandardProgram, need: Triggering, case: Situation, offices: Offices) -> Iterator[Counted]:
    """Find the first act before which something required had not happened, or was not written in time."""
    for one in _acts(program, case):
        asking = _asking(program, case, one.entry)
        if asking is not None:
            if not _fulfilled(need, case, (asking, one.entry), offices):
                yield one._replace(actor=case.book.answering(asking.actor))
            return


def _asking(program: StandardProgram, case: Situation, before: Entry) -> Entry | None:
    """Name what made the rule ask: the act itself, or the first of those that it is asked after."""
    if not program.after:
        return before
    asking = [entry for act in program.after for entry in case.of(act.tag) if _asks(act, entry, before)]
    return min(asking, key=Order, default=None)


def _asks(after: Triggering, entry: Entry, before: Entry) -> bool:
    return Order(entry) <= Order(before) and after.when.holds(entry.act, None, lambda _: None)


def _fulfilled(need: Triggering, case: Situation, between: tuple[Entry, Entry], offices: Offices) -> bool:
    """Say whether everyone is reached in time; whoever took it in knows of it already."""
    asking, before = between
    missing = required(case, need.all_of, before, None) - {asking.actor.party}
    found = [(entry, _told_at(need, entry)) for entry in case.of(need.tag) if _is_it(need, entry)]
    found += [(entry, at) for fill in need.filled_by for entry in case.of(fill.tag) if (at := fill.moment(entry)) is not None]
    in_time = [entry for entry, at in found if _in_time(case, entry, at, before, offices)]
    for entry in in_time:
        act: Any = entry.act
        missing -= {*getattr(act, "utilities", ()), *getattr(act, "departments", ())}
    return not missing and bool(in_time or need.all_of)


def _told_at(need: Triggering, entry: Entry) -> datetime:
    """Say when what is required happened: at the last moment that the act tells, where the rule needs some."""
    return max((read(entry.act) for read in need.needs), default=entry.occurred_at)


def _is_it(need: Triggering, entry: Entry) -> bool:
    """Say whether an act is what is required."""
    return need.when.holds(entry.act, None, lambda _: None) and all(read(entry.act) is not None for read in need.needs)


def _in_time(case: Situation, entry: Entry, at: datetime, before: Entry, offices: Offices) -> bool:
    """Say whether what an act tells of that moment came before what it had to come before, and was written then or soon enough."""
    if at > before.occurred_at:
        return False
    return entry.recorded_at <= before.recorded_at + case.book.margin or _written_soon(case, entry, at, offices)


def _written_soon(case: Situation, entry: Entry, at: datetime, offices: Offices) -> bool:
    latest = offices.of(case.book, entry.actor.party, entry.edition).due(at, case.book.late_entry)
    return latest is not None and entry.recorded_at <= latest


def _answering(program: StandardProgram, case: Situation, one: Counted) -> tuple[str, ...]:
    """Say who answers; nobody where the act names nobody."""
    if program.owed == "key":
        return (one.keys[program.owed_key],)
    if program.owed == "actor":
        return (one.actor or case.book.answering(one.entry.actor),)
    if program.owed == "holder":
        return (case.holder(one.entry.occurred_at) or one.entry.actor.party,)
    on_element, read = program.owed_field[one.which]
    who: tuple[str, ...] | str | None = read(one.element if on_element else one.entry.act)
    named = who if isinstance(who, tuple) else (who,) if who else ()
    return named if one.new is None else tuple(party for party in named if party in one.new)
