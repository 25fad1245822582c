"""How a case stands by its ledger alone: of what kind, in which state, about what, where, and who takes part; it checks nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec.structs import replace

from calendars import local_day
from domain.acts import ABOUT_FINDINGS, AUDITOR_ALONE, KINDS, OPENS, TAGS, Acted
from domain.acts.connection import ApplicationAccepted, ApplicationRefused, CaseWithdrawn, DemandRegistered
from domain.acts.enforcement.assessment import ScoreSealed
from domain.acts.enforcement.ladder import SupervisionPlanned
from domain.acts.enforcement.supervision import CommitmentSigned, PeriodOpened
from domain.acts.fact import FormDemanded
from domain.acts.kinds import CaseKind
from domain.acts.service import CaseClosed
from domain.acts.settlement import YearEndOpened
from domain.case import Case, CaseState
from domain.cases import participants
from domain.cases.context import ActContext
from domain.cases.handlers import JOINERS
from domain.cases.parties import BRINGS, bring
from domain.clock import Clock
from domain.intake.identifiers import one_writing
from domain.intake.scope import district_of
from domain.judging.judge import judge
from domain.ledger import AUDITOR_PARTY, Entry
from domain.offices import Offices
from domain.recording.notes import joining
from domain.schemes.rulebook import Rulebook
from domain.settlement.opening import taking_part

BOUND = (participants,)
"""What says who joins a case later: bound by being read."""
_ENDS: Mapping[type[Acted], CaseState] = {CaseWithdrawn: "withdrawn", CaseClosed: "closed", ApplicationRefused: "refused"}
_BRINGS_NOBODY = frozenset({FormDemanded, *(KINDS[tag] for tag in ABOUT_FINDINGS | AUDITOR_ALONE)})
"""Whoever deals with a finding of a case does not come to see the case by that, nor who asked for a form beside the joint one."""
_COMES = {kind: paths for kind, paths in BRINGS.items() if kind not in _BRINGS_NOBODY}
_FORMS = frozenset({DemandRegistered, ApplicationAccepted, ApplicationRefused})
_LETTING = frozenset({DemandRegistered, PeriodOpened, YearEndOpened})
_MOVES = _FORMS | _ENDS.keys()


class Header(NamedTuple):
    """What of a case follows from its ledger; its number a counter gives, so that it has one is all that is said here."""

    kind: CaseKind
    city: str
    district: str | None
    subject: str | None
    year: int
    state: CaseState
    opened_at: datetime
    opened_by: str
    parties: tuple[str, ...]
    numbered: bool


def header_kept(case: Case) -> Header:
    """Give what is kept of a case, as it is compared with what follows."""
    return Header(
        case.kind, case.city, case.district, case.subject, case.year, case.state, case.opened_at, case.opened_by, case.parties,
        case.number is not None,
    )  # fmt: skip


def header_of(book: Rulebook, case: Case, entries: Sequence[Entry], clocks: Sequence[Clock], offices: Offices) -> Header:
    """Say how a case stands by its whole ledger and the clocks that were judged of it.

    Where it lies may be said by whoever opens it, beside the act: what no form and no act tells is left as it was given.
    """
    first = entries[0]
    state: CaseState = "open"
    subject = subject_of(first.act)
    district: str | None = getattr(first.act, "district", None)
    parties = _let_in(book, first.act)
    numbering: Entry | None = None
    numbers = _numbering(book)
    for entry in entries:
        act, kind = entry.act, type(entry.act)
        brings = _COMES.get(kind)
        if brings is not None and entry.actor.party != AUDITOR_PARTY:
            parties.add(entry.actor.party)
            for path in brings:
                bring(parties, act, path)
        if kind in _MOVES:
            state = state_after(state, act)
            subject = subject_after(subject, act)
            district = district or _lies(book, act)
        if kind in JOINERS:
            parties.update(joining(_context(book, case, entries, entry, offices), act))
        if numbering is None and kind in numbers:
            numbering = entry
    return Header(
        OPENS[TAGS[type(first.act)]],
        book.scheme.city.code,
        district or case.district,
        subject,
        local_day((numbering or first).occurred_at).year,
        state,
        first.occurred_at,
        first.actor.party,
        _with_debtors(book, case, entries, parties, clocks, offices),
        numbering is not None,
    )


def as_it_follows(case: Case, header: Header) -> Case:
    """Give a case as its ledger has it; its number is as it was."""
    return replace(
        case, kind=header.kind, city=header.city, district=header.district, subject=header.subject, year=header.year,
        state=header.state, opened_at=header.opened_at, opened_by=header.opened_by, parties=header.parties,
    )  # fmt: skip


def state_after(state: CaseState, act: Acted) -> CaseState:
    """Say in which state an act leaves a case; what has ended stays so."""
    return _ENDS.get(type(act), state) if state == "open" else state


def subject_after(subject: str | None, act: Acted) -> str | None:
    """The application's project code counts, where a demand named none or another."""
    return (subject_of(act) if isinstance(act, ApplicationAccepted) else None) or subject


def who_opens(book: Rulebook, act: Acted, party: str) -> set[str]:
    """Say who takes part in a case from its first act on."""
    return who_comes(act, party) | _let_in(book, act)


def who_comes(act: Acted, party: str) -> set[str]:
    """Say who comes to take part by an act; by the auditor's own nobody does whom it does not name."""
    paths = _COMES.get(type(act))
    if paths is None:
        return set()
    parties = {party}
    for path in paths:
        bring(parties, act, path)
    return parties


def _let_in(book: Rulebook, act: Acted) -> set[str]:
    """Name whom the first act lets in beside its writer and whom it names; what the auditor opens is the named ones' as well."""
    if type(act) not in _LETTING:
        return set()
    parties = {*_window(book, act), *taking_part(book, act)}
    for path in BRINGS[type(act)]:
        bring(parties, act, path)
    return parties


def owing(clocks: Sequence[Clock], without: frozenset[str]) -> set[str]:
    """Name whoever owes a deadline, and takes part by that; who is only counted against does not.

    `without` are rules that bring nobody in: whoever decides on a finding does not serve the case.
    """
    return {clock.party for clock in clocks if not clock.counted and clock.rule not in without}


def _with_debtors(
    book: Rulebook, case: Case, entries: Sequence[Entry], parties: set[str], clocks: Sequence[Clock], offices: Offices
) -> tuple[str, ...]:
    """Add who owes a deadline, or ever owed one: whoever came by that stays, though a later act made the deadline void."""
    parties |= owing(clocks, book.about_findings)
    others = set(case.parties) - parties
    for upto in range(1, len(entries)) if others else ():
        parties |= others & owing(judge(book, entries[:upto], offices).clocks, book.about_findings)
    return tuple(sorted(parties))


def _context(book: Rulebook, case: Case, entries: Sequence[Entry], entry: Entry, offices: Offices) -> ActContext:
    return ActContext(book, case, entries, entry.occurred_at, entry.recorded_at, entry.actor, (), (), offices)


def _lies(book: Rulebook, act: Any) -> str | None:  # noqa: ANN401 -- an act, perhaps with a form
    return district_of(book.scheme, act.form) if type(act) in _FORMS else None


def _numbering(book: Rulebook) -> frozenset[type[Acted]]:
    return frozenset() if book.scheme.numbering is None else _kinds(tuple(book.scheme.numbering.by))


@lru_cache(64)
def _kinds(tags: tuple[str, ...]) -> frozenset[type[Acted]]:
    return frozenset(KINDS[tag] for tag in tags)


def _window(book: Rulebook, act: Acted) -> set[str]:
    """A demand is applied for at the city's window in the end, which has to find it there."""
    return {book.front} if isinstance(act, DemandRegistered) and book.front else set()


def subject_of(act: Acted) -> str | None:
    """Say what a case is about, as far as that must be unique among the open ones."""
    about = _ABOUT.get(type(act))
    return None if about is None else about(act)


def _project(act: Any) -> str | None:  # noqa: ANN401 -- the table says which act
    return one_writing(act.form.project_code or "")


_ABOUT: Mapping[type[Acted], Callable[[Any], str | None]] = {
    DemandRegistered: _project,
    ApplicationAccepted: _project,
    ApplicationRefused: _project,
    CommitmentSigned: lambda act: f"{act.utility}|{act.department}|{act.year}",
    SupervisionPlanned: lambda act: f"{act.department}|{act.year}",
    PeriodOpened: lambda act: f"{act.utility}|{act.district}|{act.year}-{act.half}",
    YearEndOpened: lambda act: f"{act.district}|{act.year}",
    ScoreSealed: lambda act: f"{act.year}|{act.by}",
}
