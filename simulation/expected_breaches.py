"""Which planned duties were missed, by the moments that the plan of the case names; asks no judge."""

from collections.abc import Iterator
from uuid import UUID

from simulation.case_script import Answer, Promise, Script
from simulation.slow_calendar import moment


def answers(script: Script, case_id: UUID) -> tuple[Answer, ...]:
    """Give the breaches that must be found in a case."""
    return tuple(_answer(script, case_id, one) for one in missed(script))


def missed(script: Script) -> list[Promise]:
    """List what is missed, by the moment at which it came due."""
    found = [one for one in script.promises if _missed(script, one)]
    return sorted([*found, *_first(script)], key=lambda one: one.due)


def _missed(script: Script, one: Promise) -> bool:
    gone = script.over
    if gone is not None and one.start > gone:
        return False
    if one.void is not None and (gone is None or one.void <= gone):
        return False
    done = one.end is not None and one.end <= one.due and not _written_too_late(script, one, one.end)
    return not done and (gone is None or gone > one.due)


def _written_too_late(script: Script, one: Promise, end: int) -> bool:
    """Say whether an act done in time was written down after the due moment and later than the plan allows."""
    if one.entered is None or one.entered <= one.due + script.city.margin:
        return False
    return one.entered > script.city.writable(script.city.hand(one.hours or one.party), end)


def _first(script: Script) -> Iterator[Promise]:
    """Give the first breach of each counted standard by each party; the applicant's withdrawal, or a refusal, ends what follows it."""
    seen: set[tuple[str, tuple[str, ...], str]] = set()
    for one in sorted(script.counted, key=lambda one: one.due):
        mark = (one.rule, one.keys, one.party)
        if mark not in seen and (script.over is None or one.due <= script.over):
            seen.add(mark)
            yield one


def _answer(script: Script, case_id: UUID, one: Promise) -> Answer:
    rule = script.city.duties[one.rule]
    return Answer(case_id, rule.id, rule.named(one.keys), one.party, f"{moment(one.due):%Y-%m-%dT%H:%M:%SZ}")
