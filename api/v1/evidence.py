"""What a finding rests on: everything that an inspector needs to accuse fairly, and nothing that the ledger does not say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from api.operation import Shown
from api.running import Running
from api.v1.deadlines import DayShown, StopShown, day_shown
from api.v1.rules import Words, words
from domain.acts.audit import FindingOpened
from domain.clock import Clock
from domain.explain import days_of
from domain.finding import Finding
from domain.ledger import Entry
from domain.situation import Situation
from storage.findings import FindingRow


class ReliedOn(Shown, frozen=True):
    """An entry that the finding rests on, with both its moments and its hash."""

    seq: int
    act: str
    party: str
    occurred_at: datetime
    recorded_at: datetime
    edition: str
    hash: str


class Assumption(Shown, frozen=True):
    """What the scheme assumes where the plan is open."""

    name: str
    text: str
    because: str


class Evidence(Shown, frozen=True):
    """Everything the finding rests on."""

    missed: Literal["promise", "statutory"]
    cites: tuple[Words, ...]
    opened_at: datetime
    red_at: datetime
    also_due_at: datetime | None
    statutory_due_at: datetime | None
    edition: str | None
    days: tuple[DayShown, ...]
    stops: tuple[StopShown, ...]
    assumptions: tuple[Assumption, ...]
    relied_on: tuple[ReliedOn, ...]
    hashes: tuple[str, ...]
    """As the auditor wrote them down when it opened the finding."""


def _clock_of(finding: Finding, clocks: Sequence[Clock]) -> Clock | None:
    those = [clock for clock in clocks if (clock.rule, clock.start_seq, clock.keys) == (finding.rule, finding.start_seq, finding.keys)]
    return next((clock for clock in those if clock.party == finding.party), next(iter(those), None))


def evidence_of(running: Running, row: FindingRow, entries: Sequence[Entry], clocks: Sequence[Clock]) -> Evidence:
    finding, book = row.finding, running.book(row.scheme)
    clock = _clock_of(finding, clocks)
    opened = entries[finding.opened_seq - 1].act
    hashes = opened.relied_on if isinstance(opened, FindingOpened) else ()
    class_ = Situation(book, entries).class_in_force()
    days = () if clock is None else days_of(book, clock, running.offices, class_)
    return Evidence(
        missed=_missed(finding, running.now()),
        cites=tuple(words(cite) for cite in book.rules[finding.rule].cites),
        opened_at=finding.opened_at,
        red_at=finding.red_at,
        also_due_at=finding.also_due_at,
        statutory_due_at=finding.statutory_due_at,
        edition=clock.edition if clock else None,
        days=tuple(day_shown(day) for day in days),
        stops=tuple(StopShown(begin, end) for begin, end in clock.stops) if clock else (),
        assumptions=tuple(_assumed(running, row, opened)),
        relied_on=tuple(_relied(entry) for entry in _entries(entries, finding, clock, hashes)),
        hashes=hashes,
    )


def _missed(finding: Finding, now: datetime) -> Literal["promise", "statutory"]:
    law = finding.statutory_due_at
    return "statutory" if law is not None and (finding.ended_at or now) > law else "promise"


def _assumed(running: Running, row: FindingRow, opened: object) -> list[Assumption]:
    scheme = running.book(row.scheme).scheme
    names = opened.assumptions if isinstance(opened, FindingOpened) else ()
    found = [(name, scheme.assumptions[name]) for name in names if name in scheme.assumptions]
    return [Assumption(name, one.text, one.because) for name, one in found]


def _entries(entries: Sequence[Entry], finding: Finding, clock: Clock | None, hashes: tuple[str, ...]) -> list[Entry]:
    named = {finding.start_seq, clock.ended_seq if clock else None}
    return [entry for entry in entries if entry.seq in named or entry.hash.hex() in hashes]


def _relied(entry: Entry) -> ReliedOn:
    tag = str(entry.act.__struct_config__.tag)
    return ReliedOn(entry.seq, tag, entry.actor.party, entry.occurred_at, entry.recorded_at, entry.edition, entry.hash.hex())
