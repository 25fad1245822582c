"""Plays a planned case through the domain, act by act, so that everything made up is something the office would have taken."""

from collections.abc import Sequence
from uuid import UUID

from cli.simulate.hand import day_of, moment
from cli.simulate.people import case_id
from cli.simulate.script import WRITING, Said, Script, Simulated
from cli.simulate.verdict import answers
from domain.acts import tag_of
from domain.acts.connection import CommitmentNotified
from domain.case import Case
from domain.clock import Clock
from domain.judge import judge
from domain.ledger import Entry
from domain.opening import open_case
from domain.recording import record

_ASKS_CLOCKS = frozenset({"clock.stopped", "clock.resumed", "case.closed"})


def play(script: Script, *, until: int | None = None) -> Simulated:
    """Write the case's ledger as the acts were written down; `until` cuts it off in the middle."""
    written = _written(script, until)
    about = case_id(script.rng, written[0][1])
    case, entries = _open(script, about, written[0])
    for said, entered in written[1:]:
        case, more = _record(script, case, entries, said, entered)
        entries += more
    return Simulated(case, tuple(entries), answers(script, about) if until is None else ())


def _written(script: Script, until: int | None) -> list[tuple[Said, int]]:
    """Order the acts as they were written down, each some seconds after it happened or after the one before."""
    gone = script.withdrawn
    kept = [one for one in script.said if gone is None or one.at <= gone]
    latest, rows = 0, []
    for one in sorted(kept, key=lambda one: (one.entered, one.at)):
        if until is None or one.entered <= until:
            latest = max(latest, one.entered + script.rng.randrange(WRITING))
            rows.append((one, latest if until is None else min(latest, until)))
    return rows


def _open(script: Script, about: UUID, first: tuple[Said, int]) -> tuple[Case, list[Entry]]:
    said, entered = first
    opened = open_case(
        script.city.book,
        said.act,
        case_id=about,
        occurred_at=moment(said.at),
        recorded_at=moment(entered),
        actor=said.actor,
        edition=script.city.offices.newest,
        district=script.district,
    )
    return opened.case, list(opened.entries)


def _record(script: Script, case: Case, entries: list[Entry], said: Said, entered: int) -> tuple[Case, Sequence[Entry]]:
    made = record(
        script.city.book,
        case,
        entries,
        said.act,
        occurred_at=moment(said.at),
        recorded_at=moment(entered),
        actor=said.actor,
        offices=script.city.offices,
        clocks=_clocks(script, entries, said),
        commitments=_resting_on(script, said),
    )
    return made.case, made.entries


def _clocks(script: Script, entries: list[Entry], said: Said) -> Sequence[Clock]:
    if tag_of(said.act) not in _ASKS_CLOCKS:
        return ()
    return judge(script.city.book, entries, script.city.offices).clocks


def _resting_on(script: Script, said: Said) -> Sequence[Case]:
    act = said.act
    if not isinstance(act, CommitmentNotified):
        return ()
    year = day_of(said.at).year
    found = [script.commitments.get((act.utility, department, year)) for department in act.departments]
    return [one for one in found if one is not None]
