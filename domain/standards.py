"""The counted standards of a case: the act that passes the count is the breach, against whoever answers for it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.clock import Clock
from domain.ending import required
from domain.flags import Flags
from domain.ledger import Entry
from domain.offices import Offices
from domain.program import StandardProgram
from domain.situation import Order, Situation

Keys = tuple[str, ...]
Counted = tuple[int, Entry, Keys, Any]
"""Which of the counted acts, its entry, the keys it is counted under, the element."""


def broken(case: Situation, kind: str, flags: Flags, offices: Offices) -> Iterator[Clock]:
    """Give one late clock for each case, rule, keys and party that a standard is broken for."""
    for program in case.book.standards.get(kind, ()):
        if any(act.tag in case.by_tag for act in program.acts):
            found = _lacking(program, case, offices) if program.requires else _counted(program, case)
            yield from _breaches(program, case, flags, found)


def _breaches(program: StandardProgram, case: Situation, flags: Flags, found: Iterator[Counted]) -> Iterator[Clock]:
    seen: set[tuple[Keys, str]] = set()
    for which, entry, keys, element in found:
        for party in _answering(program, case, which, entry, keys, element):
            if (keys, party) not in seen:
                seen.add((keys, party))
                yield _breach(program, flags, entry, keys, party)


def _breach(program: StandardProgram, flags: Flags, entry: Entry, keys: Keys, party: str) -> Clock:
    at = entry.occurred_at
    opened = flags.opening((program.slug, entry.seq, keys), party)
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
        look_at=at if opened is None else None,
        counted=True,
    )


def _counted(program: StandardProgram, case: Situation) -> Iterator[Counted]:
    """Count, or add up, in the order in which things happened."""
    totals: dict[Keys, int] = {}
    for which, entry, keys, element in _acts(program, case):
        totals[keys] = totals.get(keys, 0) + (program.value(entry.act) if program.value else 1)
        if totals[keys] > program.at_most and (not program.lacking or not program.lacking[which](entry.act)):
            yield which, entry, keys, element


def _acts(program: StandardProgram, case: Situation) -> Iterator[Counted]:
    several = [(Order(entry), which, entry) for which, act in enumerate(program.acts) for entry in case.of(act.tag)]
    for _, which, entry in sorted(several, key=lambda one: one[0]):
        for keys, element in program.acts[which].keys(entry.act):
            if _holds(program, case, which, entry, keys, element) and _between(program, case, which, entry):
                yield which, entry, keys, element


def _holds(program: StandardProgram, case: Situation, which: int, entry: Entry, keys: Keys, element: Any) -> bool:  # noqa: ANN401, PLR0913 -- one condition over all that is counted
    def of_case(name: str) -> Any:  # noqa: ANN401 -- a condition compares any value
        pair = program.pair[which]
        utility, department = pair(entry.act) if pair else ("", "")
        named = dict(zip(program.per, keys, strict=True))
        return case.field(name, {"utility": utility, "department": department} | named)

    return program.when[which].holds(entry.act, element, of_case)


def _between(program: StandardProgram, case: Situation, which: int, entry: Entry) -> bool:
    """Say whether the act lies after the one and before the other, for the same utility and department."""
    if not program.between:
        return True
    pair = program.pair[which]
    keys = pair(entry.act) if pair else None
    after, before = ([Order(one) for one in case.of(t.tag) if keys in [k for k, _ in t.keys(one.act)]] for t in program.between)
    return any(one <= Order(entry) for one in after) and not any(one <= Order(entry) for one in before)


def _lacking(program: StandardProgram, case: Situation, offices: Offices) -> Iterator[Counted]:
    """Find the first act before which something required had not happened, or was not written in time."""
    for which, entry, keys, element in _acts(program, case):
        if not _fulfilled(program, case, entry, offices):
            yield which, entry, keys, element
        return


def _fulfilled(program: StandardProgram, case: Situation, before: Entry, offices: Offices) -> bool:
    need = program.requires
    if need is None:
        return True
    missing = required(case, need.all_of, before, None)
    any_one = not need.all_of
    for entry in case.of(need.tag):
        if Order(entry) > Order(before) or not _counts(case, need, entry, before, offices):
            continue
        act: Any = entry.act
        missing -= {*getattr(act, "utilities", ()), *getattr(act, "departments", ())}
        any_one = True
    return any_one and not missing


def _counts(case: Situation, need: Any, entry: Entry, before: Entry, offices: Offices) -> bool:  # noqa: ANN401 -- a trigger
    if not need.when.holds(entry.act, None, lambda _: None) or any(read(entry.act) is None for read in need.needs):
        return False
    if entry.recorded_at <= before.recorded_at + timedelta(seconds=case.book.entry_margin):
        return True
    latest = offices.of(case.book, entry.actor.party, entry.edition).due(entry.occurred_at, case.book.late_entry)
    return latest is not None and entry.recorded_at <= latest


def _answering(program: StandardProgram, case: Situation, which: int, entry: Entry, keys: Keys, element: Any) -> tuple[str, ...]:  # noqa: ANN401, PLR0913 -- who answers depends on all of it
    if program.owed == "key":
        return (keys[program.owed_key],)
    if program.owed == "actor":
        return (entry.actor.party,)
    if program.owed == "holder":
        return (case.holder(entry.occurred_at) or entry.actor.party,)
    on_element, read = program.owed_field[which]
    who = read(element if on_element else entry.act)
    return who if isinstance(who, tuple) else (who,)
