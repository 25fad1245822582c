"""How an entry of a credit file stands on a day, worked out from its ledger alone; decides nothing and grades nothing."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeVar
from uuid import UUID

from msgspec import Struct

from calendars import local_day
from domain.acts import Acted
from domain.acts.enforcement.audit import GroundFell
from domain.acts.enforcement.credit import (
    CatalogueItem,
    CreditCompleted,
    CreditDecided,
    CreditExpired,
    CreditHeard,
    CreditNotified,
    CreditProposed,
    CreditPublished,
    CreditRepaired,
    CreditWithdrawn,
    EffectiveDocument,
    MeasureEnded,
    MeasureEntered,
)
from domain.ledger import Entry

CreditState = Literal["note", "proposed", "notified", "heard", "entered", "refused", "shown", "repaired", "expired", "withdrawn"]
"""内部记录 (lacks its item or document), 拟记入, 已告知, 已陈述, 已记入, 不予记入, 公示或共享中, 已修复, 期满, 已撤销."""
Ending = Literal["repaired", "expired", "withdrawn"]
IN_USE: frozenset[CreditState] = frozenset({"entered", "shown"})
"""Only such an entry carries measures."""

A = TypeVar("A", bound=Acted)


class Measure(Struct, frozen=True):
    """A joint measure (联合惩戒) as a department entered it."""

    seq: int
    act: MeasureEntered
    ended_on: date | None = None

    def holds(self, on: date) -> bool:
        """Say whether it is in force on a day, as far as the measure itself tells."""
        last = self.act.until
        return self.act.on <= on and (last is None or on <= last) and (self.ended_on is None or on < self.ended_on)


class Credit(Struct, frozen=True, kw_only=True):
    """One entry of a credit file, with every step that was taken."""

    case_id: UUID
    state: CreditState
    proposed: CreditProposed
    proposed_at: datetime
    item: CatalogueItem | None
    rests_on: EffectiveDocument | None
    penalty: bool
    complete_at: datetime | None
    """When it had its item and its document."""
    notified: CreditNotified | None
    heard: CreditHeard | None
    heard_at: datetime | None
    decided: CreditDecided | None
    decided_at: datetime | None
    published: CreditPublished | None
    repaired: CreditRepaired | None
    expired: CreditExpired | None
    withdrawn: CreditWithdrawn | None
    withdrawn_at: datetime | None
    fallen: frozenset[UUID]
    """Findings under it that were withdrawn or excused since."""
    measures: tuple[Measure, ...]

    @property
    def ended(self) -> tuple[date, Ending] | None:
        """Say from which day on it is neither shown nor used, and why; nothing while it may be."""
        if self.withdrawn_at is not None:
            return local_day(self.withdrawn_at), "withdrawn"
        if self.repaired is not None:
            return self.repaired.on, "repaired"
        if self.state == "expired" and self.published is not None:
            return self.published.until + timedelta(days=1), "expired"
        return None

    def measures_on(self, on: date) -> tuple[Measure, ...]:
        """Give the measures in force: none any more once the entry was repaired, has expired or was withdrawn."""
        return tuple(one for one in self.measures if one.holds(on)) if self.state in IN_USE else ()


def credit_of(entries: Sequence[Entry], on: date) -> Credit:
    """Say how the entry stands on a local day; the ledger begins with its proposal."""
    _, opening = next(_each(entries, CreditProposed))
    first = entries[0]
    entry, completed = _one(entries, CreditCompleted)
    whole: Any = completed or opening
    complete = whole.item is not None and whole.rests_on is not None
    _, notified = _one(entries, CreditNotified)
    heard_in, heard = _one(entries, CreditHeard)
    decided_in, decided = _one(entries, CreditDecided)
    _, published = _one(entries, CreditPublished)
    _, repaired = _one(entries, CreditRepaired)
    _, expired = _one(entries, CreditExpired)
    withdrawn_in, withdrawn = _one(entries, CreditWithdrawn)
    ended = _ended(withdrawn, repaired, expired, published, on)
    return Credit(
        case_id=first.case_id,
        state=ended or _stage(decided, published, heard, notified, complete=complete),
        proposed=opening,
        proposed_at=first.occurred_at,
        item=whole.item,
        rests_on=whole.rests_on,
        penalty=whole.penalty,
        complete_at=(entry or first).occurred_at if complete else None,
        notified=notified,
        heard=heard,
        heard_at=_at(heard_in),
        decided=decided,
        decided_at=_at(decided_in),
        published=published,
        repaired=repaired,
        expired=expired,
        withdrawn=withdrawn,
        withdrawn_at=_at(withdrawn_in),
        fallen=frozenset(act.finding_id for _, act in _each(entries, GroundFell)),
        measures=tuple(_measures(entries)),
    )


def _ended(
    withdrawn: CreditWithdrawn | None,
    repaired: CreditRepaired | None,
    expired: CreditExpired | None,
    shown: CreditPublished | None,
    on: date,
) -> CreditState | None:
    """Tell an entry that has ended; a window ends with its last day, whether or not that was written down yet."""
    if withdrawn is not None:
        return "withdrawn"
    if repaired is not None:
        return "repaired"
    return "expired" if expired is not None or (shown is not None and shown.until < on) else None


def _stage(
    decided: CreditDecided | None,
    published: CreditPublished | None,
    heard: CreditHeard | None,
    notified: CreditNotified | None,
    *,
    complete: bool,
) -> CreditState:
    if published is not None:
        return "shown"
    if decided is not None:
        return decided.outcome
    if heard is not None:
        return "heard"
    if notified is not None:
        return "notified"
    return "proposed" if complete else "note"


def _each(entries: Sequence[Entry], kind: type[A]) -> Iterator[tuple[Entry, A]]:
    for entry in entries:
        if isinstance(entry.act, kind):
            yield entry, entry.act


def _one(entries: Sequence[Entry], kind: type[A]) -> tuple[Entry | None, A | None]:
    return next(_each(entries, kind), (None, None))


def _at(entry: Entry | None) -> datetime | None:
    return None if entry is None else entry.occurred_at


def _measures(entries: Sequence[Entry]) -> Iterator[Measure]:
    ended = {act.entered_seq: act.on for _, act in _each(entries, MeasureEnded)}
    for entry, act in _each(entries, MeasureEntered):
        yield Measure(entry.seq, act, ended.get(entry.seq))
