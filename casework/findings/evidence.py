"""What a finding rests on: everything that an inspector needs to accuse fairly, and nothing that the ledger does not say."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from casework.deadlines.views import DayShown, StopShown, day_shown
from casework.program import Context
from casework.schemes.rules import Words, words
from casework.shown import Shown
from domain.acts import tag_of
from domain.acts.enforcement.audit import ClockRedated, FindingOpened
from domain.acts.stop import ClockStopped
from domain.clock import Clock
from domain.deadlines.estimate import in_words
from domain.deadlines.explain import days_of
from domain.deadlines.readings import class_of
from domain.finding import Finding
from domain.judging.clocks.stopping import stops_of
from domain.judging.judge import BySeq
from domain.judging.situation import Situation
from domain.judging.standards import counted_until
from domain.ledger import Entry
from domain.schemes.program import DeadlineProgram
from domain.schemes.rulebook import Rulebook
from storage.findings.findings import FindingRow

Part = Literal["started", "ended", "counted", "redated", "relied-on"]


class ReliedOn(Shown, frozen=True):
    """An entry that the finding rests on, with both its moments and its hash."""

    seq: int
    part: Part
    """What it did: started the clock, ended it, was counted, dated the clock again, or what the auditor named beside these."""
    act: str
    party: str
    party_name: str
    occurred_at: datetime
    recorded_at: datetime
    edition: str
    hash: str


class StopClaimed(StopShown, frozen=True):
    """A stop that the ledger tells of: why, told when, written when, and whether it moved the due moment."""

    seq: int
    reason: str
    basis: str
    told_at: datetime | None
    needed_until: datetime | None
    recorded_at: datetime
    counted: bool
    """No: it began, or was written, only once the clock was due."""


class Assumption(Shown, frozen=True):
    """What the scheme assumes where the plan is open."""

    name: str
    text: str
    because: str


class Evidence(Shown, frozen=True):
    """Everything the finding rests on."""

    missed: Literal["promise", "statutory"]
    document: str
    """The plan, as it is cited: title, who issued it, when."""
    cites: tuple[Words, ...]
    names: dict[str, str]
    """The parties among the finding's keys, by their codes."""
    opened_at: datetime
    opened_seq: int
    """The entry that opened it."""
    red_at: datetime
    also_due_at: datetime | None
    also_read_as: str | None
    """The other tenable reading in words, where the rule has one."""
    statutory_due_at: datetime | None
    edition: str | None
    days: tuple[DayShown, ...]
    stops: tuple[StopClaimed, ...]
    assumptions: tuple[Assumption, ...]
    relied_on: tuple[ReliedOn, ...]
    hashes: tuple[str, ...]
    """As the auditor wrote them down when it opened the finding."""


def evidence_of(context: Context, row: FindingRow, entries: Sequence[Entry], clocks: Sequence[Clock]) -> Evidence:
    """Gather what the ledger says of a finding."""
    finding, book = row.finding, context.book(row.scheme)
    situation, clock, rule = Situation(book, entries), _clock_of(finding, clocks), book.rules[finding.rule]
    opened = entries[finding.opened_seq - 1].act
    hashes = opened.relied_on if isinstance(opened, FindingOpened) else ()
    stops = () if clock is None else tuple(_stops(situation, clock))
    days = () if clock is None else days_of(book, clock, context.offices, class_of(situation, clock.start_seq))
    return Evidence(
        missed=_missed(finding, context.now),
        document=_cited(book),
        cites=tuple(words(cite) for cite in rule.cites),
        names={code: book.parties[code].name for code in finding.keys if code in book.parties},
        opened_at=finding.opened_at,
        opened_seq=finding.opened_seq,
        red_at=finding.red_at,
        also_due_at=finding.also_due_at,
        also_read_as=in_words(rule) or None,
        statutory_due_at=finding.statutory_due_at,
        edition=clock.edition if clock else None,
        days=tuple(day_shown(day) for day in days),
        stops=stops,
        assumptions=tuple(_assumed(book, opened, late=finding.late_entry or not all(stop.counted for stop in stops))),
        relied_on=tuple(_relied(situation, finding, clock, hashes)),
        hashes=hashes,
    )


def _clock_of(finding: Finding, clocks: Sequence[Clock]) -> Clock | None:
    those = [clock for clock in clocks if (clock.rule, clock.start_seq, clock.keys) == (finding.rule, finding.start_seq, finding.keys)]
    return next((clock for clock in those if clock.party == finding.party), next(iter(those), None))


def _missed(finding: Finding, now: datetime) -> Literal["promise", "statutory"]:
    law = finding.statutory_due_at
    return "statutory" if law is not None and (finding.ended_at or now) > law else "promise"


def _cited(book: Rulebook) -> str:
    plan = book.scheme.document
    return "，".join(str(part) for part in (plan.title, plan.number, plan.issued_by, plan.issued_on) if part is not None)


def _stops(situation: Situation, clock: Clock) -> Iterator[StopClaimed]:
    """Give every stop that was claimed for the clock; one that did not count is told as well, for the party will name it."""
    program = situation.book.programs[clock.rule]
    if not isinstance(program, DeadlineProgram):
        return
    taken = dict(clock.stops)
    for (since, until), entry in stops_of(program, situation, clock.keys):
        act = entry.act
        if isinstance(act, ClockStopped) and (until is None or until > clock.started):
            why = (entry.seq, act.reason, act.basis, act.told_at, act.needed_until, entry.recorded_at)
            yield StopClaimed(since, taken.get(since, until), *why, since in taken)


def _assumed(book: Rulebook, opened: object, *, late: bool) -> list[Assumption]:
    """Name what was assumed; by when an act had to be written decides where one was written too late."""
    scheme = book.scheme
    names = dict.fromkeys(opened.assumptions if isinstance(opened, FindingOpened) else ())
    if late and scheme.late_entry.assumes is not None:
        names[scheme.late_entry.assumes] = None
    found = [(name, scheme.assumptions[name]) for name in names if name in scheme.assumptions]
    return [Assumption(name, one.text, one.because) for name, one in found]


def _relied(situation: Situation, finding: Finding, clock: Clock | None, hashes: tuple[str, ...]) -> Iterator[ReliedOn]:
    counted = {entry.seq for entry in counted_until(situation, clock)} if clock else set()
    for entry in sorted(situation.entries, key=BySeq):
        part = _part(entry, finding, clock, counted)
        if part is not None or entry.hash.hex() in hashes:
            yield _shown(situation.book, entry, part or "relied-on")


def _part(entry: Entry, finding: Finding, clock: Clock | None, counted: set[int]) -> Part | None:
    if entry.seq in counted:
        return "counted"
    if entry.seq == finding.start_seq:
        return "started"
    act = entry.act
    if isinstance(act, ClockRedated) and (act.rule, act.started_seq, act.keys) == (finding.rule, finding.start_seq, finding.keys):
        return "redated"
    return "ended" if clock is not None and entry.seq == clock.ended_seq else None


def _shown(book: Rulebook, entry: Entry, part: Part) -> ReliedOn:
    return ReliedOn(
        seq=entry.seq,
        part=part,
        act=tag_of(entry.act),
        party=entry.actor.party,
        party_name=book.name_of(entry.actor.party),
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        edition=entry.edition,
        hash=entry.hash.hex(),
    )
