"""What the year after the traffic goes on with, noted from the traffic as it was written: before any sweep, and without a judge."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.acts.connection import (
    AcceptanceHeld,
    CommitmentNotified,
    MaterialsRefused,
    MaterialsSubmitted,
    MaterialsSupplemented,
    ServiceConnected,
    SignoffGiven,
)
from domain.acts.enforcement.audit import SuspicionRaised
from domain.acts.enforcement.supervision import CommitmentSigned, PeriodOpened
from domain.acts.stop import ClockStopped
from domain.cases.moments import HAPPENED
from domain.ledger import Entry
from domain.suspicions.answering import about
from simulation.case_script import Simulated
from simulation.slow_calendar import seconds

_AT_ONCE = timedelta(hours=1)


class Raised(NamedTuple):
    """A suspicion that the recording of an act raised, and whose doing it would be."""

    case_id: UUID
    seq: int
    party: str | None


class Stopped(NamedTuple):
    """A clock that was stopped for a review, was kept by that, and has no other stop."""

    case_id: UUID
    seq: int
    department: str
    started: int
    ended: int


class Works(NamedTuple):
    """What a utility connected, where, and when its works were accepted, if they were."""

    case_id: UUID
    district: str
    utility: str
    accepted: datetime | None


class Noted:
    """Everything, in the order of the traffic."""

    def __init__(self) -> None:
        """Note nothing yet."""
        self.punctual: set[UUID] = set()
        """Cases of which everything was written down as it happened."""
        self.raised: list[Raised] = []
        self.stops: list[Stopped] = []
        self.works: list[Works] = []
        self.commitments: dict[tuple[str, str, int], UUID] = {}
        self.halves: set[str] = set()
        """Settlements that are there already, by their subject."""
        self.notified: set[tuple[str, int]] = set()
        """Departments that works were notified to, and in which year."""

    def see(self, one: Simulated) -> None:
        """Note a case."""
        case_id, first = one.case.case_id, one.entries[0].act
        if all(_at_once(entry) for entry in one.entries):
            self.punctual.add(case_id)
        for entry in one.entries:
            if isinstance(entry.act, SuspicionRaised):
                self.raised.append(Raised(case_id, entry.seq, about(one.entries, entry)))
        if isinstance(first, CommitmentSigned):
            self.commitments[first.utility, first.department, first.year] = case_id
        if isinstance(first, PeriodOpened) and one.case.subject:
            self.halves.add(one.case.subject)
        if one.case.kind == "connection" and one.case.state in {"open", "closed"}:
            self._see_works(one)
            self._see_stops(one)

    def _see_stops(self, one: Simulated) -> None:
        missed = {(answer.rule, tuple(answer.keys.values())) for answer in one.answers}
        for entry in one.entries if one.case.case_id in self.punctual else ():
            act = entry.act
            if isinstance(act, ClockStopped) and act.reason == "art-45" and (act.rule, act.keys) not in missed:
                found = _between(one.entries, act.keys)
                if found is not None:
                    self.stops.append(Stopped(one.case.case_id, entry.seq, act.keys[1], *found))

    def _see_works(self, one: Simulated) -> None:
        for entry in one.entries:
            act = entry.act
            if isinstance(act, CommitmentNotified):
                self.notified.update((department, _year(entry.occurred_at)) for department in act.departments)
            elif isinstance(act, ServiceConnected) and one.case.district:
                self.works.append(Works(one.case.case_id, one.case.district, act.utility, _accepted(one.entries, act.utility)))


def _at_once(entry: Entry) -> bool:
    """Say whether an act, and every moment that it tells, was written down within the hour."""
    told = (getattr(entry.act, name, None) for name in HAPPENED)
    return all(entry.recorded_at - at < _AT_ONCE for at in (entry.occurred_at, *told) if at is not None)


def _accepted(entries: Sequence[Entry], utility: str) -> datetime | None:
    passed = [one.occurred_at for one in entries if isinstance(one.act, AcceptanceHeld) and one.act.passed and utility in one.act.utilities]
    return max(passed, default=None)


def _between(entries: Sequence[Entry], pair: tuple[str, ...]) -> tuple[int, int] | None:
    """Say from when to when a department decided, where it did so once, on materials that were submitted once."""
    about = [(one, one.act) for one in entries if (getattr(one.act, "utility", None), getattr(one.act, "department", None)) == pair]
    submitted = [one.occurred_at for one, act in about if isinstance(act, MaterialsSubmitted)]
    signed = [one.occurred_at for one, act in about if isinstance(act, SignoffGiven)]
    again = any(isinstance(act, MaterialsRefused | MaterialsSupplemented) for _, act in about)
    return None if again or (len(submitted), len(signed)) != (1, 1) else (seconds(submitted[0]), seconds(signed[0]))


def _year(at: datetime) -> int:
    return (at + timedelta(hours=8)).year
