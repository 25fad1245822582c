"""What has been written about a case's clocks: the auditor's warnings, findings and new dates, and what people did about a finding."""

from datetime import datetime
from uuid import UUID

from domain.acts import TAGS
from domain.acts.enforcement.audit import (
    ClockRedated,
    FindingLapsed,
    FindingNotified,
    FindingOpened,
    FindingWithdrawalProposed,
    LightTurned,
    WarningRaised,
)
from domain.acts.enforcement.process import FindingDecided, FindingDisposed, FindingObjected
from domain.judging.situation import Situation
from domain.ledger import Entry

Mark = tuple[str, int, tuple[str, ...]]
"""A clock by its rule, starting entry and keys."""


_WRITES = frozenset(
    TAGS[kind] for kind in (ClockRedated, FindingLapsed, FindingNotified, FindingOpened, FindingWithdrawalProposed, WarningRaised)
)
"""Without one of these there is nothing else: a finding is objected to and decided only once it is opened."""


class AuditMarks:
    """The auditor's own acts of one case, by the clock that they are about."""

    def __init__(self, case: Situation) -> None:
        """Index what is there; most cases have nothing."""
        self.opened: dict[tuple[Mark, str], Entry] = {}
        self.first: dict[Mark, Entry] = {}
        """The first finding about a clock, against whomever."""
        self.again: dict[Mark, Entry] = {}
        """The new date of a clock that was found while the next year's days were not published."""
        self.warned: set[Mark] = set()
        self.redated: dict[tuple[Mark, str], ClockRedated] = {}
        self.lapsed: dict[UUID, Entry] = {}
        self.proposed: dict[UUID, Entry] = {}
        self.turned: set[UUID] = set()
        """Those whose light has turned red since they were opened."""
        self.notified: dict[UUID, datetime] = {}
        """When each was served."""
        self.objected: dict[UUID, Entry] = {}
        self.decided: dict[UUID, tuple[Entry, FindingDecided]] = {}
        """The last decision: what was upheld may be withdrawn later."""
        self.disposed: dict[UUID, Entry] = {}
        if not _WRITES.isdisjoint(case.by_tag):
            self._index(case)

    def _index(self, case: Situation) -> None:
        for entry, opened in case.each(FindingOpened):
            mark = opened.rule, opened.started_seq, opened.keys
            self.opened[mark, opened.party] = entry
            self.first.setdefault(mark, entry)
        self.warned.update((act.rule, act.started_seq, act.keys) for _, act in case.each(WarningRaised))
        for entry, redated in case.each(ClockRedated):
            mark = redated.rule, redated.started_seq, redated.keys
            self.redated[mark, entry.edition] = redated
            if mark in self.first and entry.seq > self.first[mark].seq:
                self.again[mark] = entry
        again = {opened.finding_id: entry.seq for entry, opened in case.each(FindingOpened)}
        lapsed = ((act.finding_id, entry) for entry, act in case.each(FindingLapsed))
        self.lapsed.update((about, entry) for about, entry in lapsed if entry.seq > again.get(about, 0))
        self.turned.update(act.finding_id for entry, act in case.each(LightTurned) if entry.seq > again.get(act.finding_id, 0))
        self.proposed.update((act.finding_id, entry) for entry, act in case.each(FindingWithdrawalProposed))
        self.notified.update((act.finding_id, act.served_at) for _, act in case.each(FindingNotified))
        self.objected.update((act.finding_id, entry) for entry, act in case.each(FindingObjected))
        self.decided.update((act.finding_id, (entry, act)) for entry, act in case.each(FindingDecided))
        self.disposed.update((act.finding_id, entry) for entry, act in case.each(FindingDisposed))

    def stands(self, about: tuple[Mark, str]) -> bool:
        """Say whether a finding was opened and has not lapsed since; one that has lapsed may be opened again."""
        opened = self.opened.get(about)
        return opened is not None and not (isinstance(opened.act, FindingOpened) and opened.act.finding_id in self.lapsed)

    def ended(self, finding_id: UUID) -> bool:
        """Say whether the auditor has done what it can about a finding that no longer holds."""
        if finding_id in self.decided and self.decided[finding_id][1].outcome != "upheld":
            return True
        return finding_id in self.lapsed or finding_id in self.proposed

    def ended_of(self, opened: Entry) -> bool:
        """Say the same of the finding that an entry opened."""
        return isinstance(opened.act, FindingOpened) and self.ended(opened.act.finding_id)
