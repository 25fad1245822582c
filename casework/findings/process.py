"""The steps of a finding's due process as its case's ledger tells them, with what each rests on and by when it is due; decides nothing."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from casework.findings.evidence import Assumption
from casework.program import Context
from casework.schemes.rules import Words, words
from casework.shown import Shown
from domain.acts import Acted
from domain.acts.enforcement.audit import FindingWithdrawalProposed
from domain.acts.enforcement.process import Excuse, FindingDecided, FindingDisposed, FindingObjected, Outcome
from domain.acts.stop import ClockStopped
from domain.clock import Clock
from domain.finding import Finding
from domain.findings.process import decider_on, objection_until, told_at
from domain.judging.clocks.stopping import struck_out
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.schemes.rulebook import Rulebook
from storage.findings.findings import FindingRow

A = TypeVar("A", bound=Acted)


class ExcuseShown(Shown, frozen=True):
    """One of the plan's closed list."""

    code: Excuse
    text: str


class ProposalShown(Shown, frozen=True):
    """The auditor proposed to withdraw it."""

    proposed_at: datetime
    because_seq: int
    reason: str


class ObjectionShown(Shown, frozen=True):
    """What the party said against it."""

    seq: int
    objected_at: datetime
    recorded_at: datetime
    text: str
    excuse: Excuse | None
    documents: tuple[UUID, ...]
    addressed_to: str | None


class DecisionShown(Shown, frozen=True):
    """Who decided what, and why."""

    seq: int
    decided_at: datetime
    by: str
    by_name: str
    outcome: Outcome
    reason: str
    excuse: Excuse | None
    on_reading: str | None
    """Why the reading in force is right, where another would have cleared the party."""
    documents: tuple[UUID, ...]


class DisposalShown(Shown, frozen=True):
    """What came of it."""

    seq: int
    disposed_at: datetime
    by: str
    by_name: str
    measure: str
    documents: tuple[UUID, ...]


class StruckOut(Shown, frozen=True):
    """A stop of its clock that was found unlawful: the clock is counted as if it had not been."""

    seq: int
    stopped_seq: int
    struck_out_at: datetime
    by: str
    by_name: str
    basis: str
    """What the stop had been based on."""
    reason: str


class Process(Shown, frozen=True):
    """Every step, and what is still open."""

    served_at: datetime | None
    object_until: datetime | None
    """The last good moment for an objection; null before it is served, or where the plan names no days."""
    decider: str
    decider_name: str
    decider_cite: Words | None
    decide_until: datetime | None
    """By when an objection is to be decided."""
    excuses: tuple[ExcuseShown, ...]
    proposals: tuple[ProposalShown, ...]
    objection: ObjectionShown | None
    decisions: tuple[DecisionShown, ...]
    """One; a second where what was upheld in error was withdrawn."""
    disposal: DisposalShown | None
    struck_out: tuple[StruckOut, ...]
    validity: str
    """On what the plan is taken to hold."""
    valid_until: date | None
    """Its last day, past which nothing is upheld; null where it has none."""
    assumptions: tuple[Assumption, ...]
    """What the plan leaves open about these steps, and the scheme decides."""


def process_of(context: Context, row: FindingRow, entries: Sequence[Entry], clocks: Sequence[Clock]) -> Process:
    """Gather the steps of one finding."""
    finding, book = row.finding, context.book(row.scheme)
    scheme, decider, told = book.scheme, decider_on(book, finding.party), told_at(book, finding, entries, context.offices)
    return Process(
        served_at=finding.notified_at,
        object_until=objection_until(book, finding.party, told, context.offices) if told else None,
        decider=decider.by,
        decider_name=book.name_of(decider.by),
        decider_cite=words(decider.cite) if decider.cite else None,
        decide_until=_decide_until(book, finding, clocks),
        excuses=tuple(ExcuseShown(one.code, one.text) for one in scheme.excuses),
        proposals=tuple(
            ProposalShown(entry.occurred_at, act.because_seq, act.reason) for entry, act in _of(finding, entries, FindingWithdrawalProposed)
        ),
        objection=_objection(finding, entries),
        decisions=tuple(_decisions(book, finding, entries)),
        disposal=_disposal(book, finding, entries),
        struck_out=tuple(_struck(book, finding, entries)),
        validity=scheme.validity.assumption,
        valid_until=scheme.validity.last_day(scheme.in_force_from),
        assumptions=tuple(_assumed(book, decider.assumes)),
    )


def _of(finding: Finding, entries: Sequence[Entry], kind: type[A]) -> Iterator[tuple[Entry, A]]:
    for entry in entries:
        if isinstance(entry.act, kind) and getattr(entry.act, "finding_id", None) == finding.finding_id:
            yield entry, entry.act


def _decide_until(book: Rulebook, finding: Finding, clocks: Sequence[Clock]) -> datetime | None:
    about = [clock.due for clock in clocks if clock.rule in book.about_findings and clock.keys == (str(finding.finding_id),)]
    return next(iter(about), None)


def _objection(finding: Finding, entries: Sequence[Entry]) -> ObjectionShown | None:
    for entry, act in _of(finding, entries, FindingObjected):
        said = (act.text, act.excuse, act.documents, act.addressed_to)
        return ObjectionShown(entry.seq, entry.occurred_at, entry.recorded_at, *said)
    return None


def _decisions(book: Rulebook, finding: Finding, entries: Sequence[Entry]) -> Iterator[DecisionShown]:
    for entry, act in _of(finding, entries, FindingDecided):
        said = (act.outcome, act.reason, act.excuse, act.on_reading, act.documents)
        yield DecisionShown(entry.seq, entry.occurred_at, act.by, book.name_of(act.by), *said)


def _disposal(book: Rulebook, finding: Finding, entries: Sequence[Entry]) -> DisposalShown | None:
    for entry, act in _of(finding, entries, FindingDisposed):
        who = entry.actor.party
        return DisposalShown(entry.seq, entry.occurred_at, who, book.name_of(who), act.measure, act.documents)
    return None


def _struck(book: Rulebook, finding: Finding, entries: Sequence[Entry]) -> Iterator[StruckOut]:
    for stopped_seq, (entry, act) in struck_out(Situation(book, entries)).items():
        stop = entries[stopped_seq - 1].act
        if isinstance(stop, ClockStopped) and (stop.rule, stop.keys) == (finding.rule, finding.keys):
            who = (act.by, book.name_of(act.by))
            yield StruckOut(entry.seq, stopped_seq, entry.occurred_at, *who, stop.basis, act.reason)


def _assumed(book: Rulebook, decider: str | None) -> Iterator[Assumption]:
    """Name what the scheme assumes of the days and the decider."""
    scheme = book.scheme
    names = (*(one.assumes for one in (scheme.objection, scheme.decision) if one), decider)
    for name in dict.fromkeys(names):
        one = scheme.assumptions.get(name or "")
        if name is not None and one is not None:
            yield Assumption(name, one.text, one.because)
