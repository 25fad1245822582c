"""What the auditor has already written about a case's clocks: warnings, findings, their ends, new dates."""

from datetime import datetime
from uuid import UUID

from domain.acts.audit import (
    ClockRedated,
    FindingLapsed,
    FindingNotified,
    FindingOpened,
    FindingWithdrawalProposed,
    WarningRaised,
)
from domain.ledger import Entry
from domain.situation import Situation

Mark = tuple[str, int, tuple[str, ...]]
"""A clock by its rule, starting entry and keys."""


class Flags:
    """The auditor's own acts of one case, by the clock that they are about."""

    def __init__(self, case: Situation) -> None:
        """Index what is there; most cases have nothing."""
        self.opened: dict[tuple[Mark, str], Entry] = {}
        self.first: dict[Mark, Entry] = {}
        """The first finding about a clock, against whomever."""
        self.warned: set[Mark] = set()
        self.redated: dict[tuple[Mark, str], ClockRedated] = {}
        self.lapsed: dict[UUID, Entry] = {}
        self.proposed: dict[UUID, Entry] = {}
        self.notified: dict[UUID, datetime] = {}
        for tag, read in _READ.items():
            for entry in case.of(tag):
                read(self, entry)

    def ended(self, finding_id: UUID) -> bool:
        """Say whether the auditor has done what it can about a finding that no longer holds."""
        return finding_id in self.lapsed or finding_id in self.proposed

    def ended_of(self, opened: Entry) -> bool:
        """Say the same of the finding that an entry opened."""
        return isinstance(opened.act, FindingOpened) and self.ended(opened.act.finding_id)


def _opened(flags: Flags, entry: Entry) -> None:
    act = entry.act
    if isinstance(act, FindingOpened):
        mark = act.rule, act.started_seq, act.keys
        flags.opened[mark, act.party] = entry
        flags.first.setdefault(mark, entry)


def _warned(flags: Flags, entry: Entry) -> None:
    act = entry.act
    if isinstance(act, WarningRaised):
        flags.warned.add((act.rule, act.started_seq, act.keys))


def _redated(flags: Flags, entry: Entry) -> None:
    act = entry.act
    if isinstance(act, ClockRedated):
        flags.redated[(act.rule, act.started_seq, act.keys), entry.edition] = act


def _lapsed(flags: Flags, entry: Entry) -> None:
    if isinstance(entry.act, FindingLapsed):
        flags.lapsed[entry.act.finding_id] = entry


def _proposed(flags: Flags, entry: Entry) -> None:
    if isinstance(entry.act, FindingWithdrawalProposed):
        flags.proposed[entry.act.finding_id] = entry


def _notified(flags: Flags, entry: Entry) -> None:
    if isinstance(entry.act, FindingNotified):
        flags.notified[entry.act.finding_id] = entry.act.served_at


_READ = {
    "finding.opened": _opened,
    "warning.raised": _warned,
    "clock.redated": _redated,
    "finding.lapsed": _lapsed,
    "finding.withdrawal_proposed": _proposed,
    "finding.notified": _notified,
}
