"""How an accountability record stands, worked out from its ledger alone; decides nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, TypeVar
from uuid import UUID

from msgspec import Struct

from domain.acts import Acted
from domain.acts.enforcement.accountability import (
    AccountabilityConcluded,
    AccountabilityDecided,
    AccountabilityHeard,
    AccountabilityNotified,
    AccountabilityProposed,
    AccountabilityWithdrawn,
)
from domain.acts.enforcement.audit import GroundFell
from domain.ledger import Entry

AccountabilityState = Literal["proposed", "notified", "heard", "decided", "concluded", "withdrawn"]
"""拟追究, 已告知, 已陈述, 已决定, 已办结, 已撤销."""
A = TypeVar("A", bound=Acted)


class Accountability(Struct, frozen=True, kw_only=True):
    """One record, with every step that was taken."""

    case_id: UUID
    state: AccountabilityState
    proposed: AccountabilityProposed
    proposed_at: datetime
    notified: AccountabilityNotified | None
    heard: AccountabilityHeard | None
    heard_at: datetime | None
    decided: AccountabilityDecided | None
    decided_at: datetime | None
    concluded: AccountabilityConcluded | None
    concluded_at: datetime | None
    withdrawn: AccountabilityWithdrawn | None
    withdrawn_at: datetime | None
    fallen: frozenset[UUID]
    """Findings under it that were withdrawn or excused since."""


def accountability_of(entries: Sequence[Entry]) -> Accountability:
    """Say how the record stands; the ledger begins with its proposal."""
    _, opening = next(_each(entries, AccountabilityProposed))
    _, notified = _one(entries, AccountabilityNotified)
    heard_in, heard = _one(entries, AccountabilityHeard)
    decided_in, decided = _one(entries, AccountabilityDecided)
    concluded_in, concluded = _one(entries, AccountabilityConcluded)
    withdrawn_in, withdrawn = _one(entries, AccountabilityWithdrawn)
    return Accountability(
        case_id=entries[0].case_id,
        state="withdrawn" if withdrawn else _stage(concluded, decided, heard, notified),
        proposed=opening,
        proposed_at=entries[0].occurred_at,
        notified=notified,
        heard=heard,
        heard_at=_at(heard_in),
        decided=decided,
        decided_at=_at(decided_in),
        concluded=concluded,
        concluded_at=_at(concluded_in),
        withdrawn=withdrawn,
        withdrawn_at=_at(withdrawn_in),
        fallen=frozenset(act.finding_id for _, act in _each(entries, GroundFell)),
    )


def _stage(*latest_first: Acted | None) -> AccountabilityState:
    names: tuple[AccountabilityState, ...] = ("concluded", "decided", "heard", "notified")
    return next((name for name, act in zip(names, latest_first, strict=True) if act is not None), "proposed")


def _each(entries: Sequence[Entry], kind: type[A]) -> Iterator[tuple[Entry, A]]:
    for entry in entries:
        if isinstance(entry.act, kind):
            yield entry, entry.act


def _one(entries: Sequence[Entry], kind: type[A]) -> tuple[Entry | None, A | None]:
    return next(_each(entries, kind), (None, None))


def _at(entry: Entry | None) -> datetime | None:
    return None if entry is None else entry.occurred_at
