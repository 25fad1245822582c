"""What stands of a settlement, from its ledger: opened, submitted, returned, accepted, settled; it checks nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.acts.enforcement.supervision import PeriodOpened, StatementChecked, StatementItem, StatementSubmitted
from domain.acts.service import CaseClosed
from domain.acts.settlement import PeriodSealed, StatementSettled, YearEndOpened, YearEndSettled
from domain.halves import Half
from domain.ledger import Entry

SettlementState = Literal["opened", "submitted", "returned", "accepted", "settled", "closed"]
"""待报, 已报, 退回, 已核, 已结算; closed without a payment (未发生费用，已结)."""


class HalfYear(Struct, frozen=True, kw_only=True):
    """A half-year between one district and one utility; of acts that are said again the last one stands."""

    case_id: UUID
    opened: PeriodOpened
    opened_at: datetime
    submitted: StatementSubmitted | None = None
    submitted_at: datetime | None = None
    checked: StatementChecked | None = None
    """The check of the statement that stands; none where another one has come in since."""
    checked_at: datetime | None = None
    paid: StatementSettled | None = None
    paid_at: datetime | None = None
    seal: PeriodSealed | None = None
    sealed_at: datetime | None = None
    closed: bool = False

    @property
    def half(self) -> Half:
        """Say which half-year it is."""
        return Half(self.opened.year, self.opened.half)

    @property
    def state(self) -> SettlementState:
        """Say how far it has come."""
        if self.paid is not None:
            return "settled"
        if self.closed:
            return "closed"
        if self.checked is not None:
            return "accepted" if self.checked.accepted else "returned"
        return "opened" if self.submitted is None else "submitted"

    @property
    def items(self) -> tuple[StatementItem, ...]:
        """Give what is taken by this half-year: nothing of a statement that was returned or closed unpaid."""
        taken = self.submitted is not None and self.state in {"submitted", "accepted", "settled"}
        return self.submitted.items if taken and self.submitted is not None else ()


class YearEnd(Struct, frozen=True, kw_only=True):
    """The year's end between the city and one district."""

    case_id: UUID
    opened: YearEndOpened
    opened_at: datetime
    paid: YearEndSettled | None = None
    paid_at: datetime | None = None
    seal: PeriodSealed | None = None
    sealed_at: datetime | None = None
    closed: bool = False

    @property
    def state(self) -> SettlementState:
        """Say how far it has come."""
        return "settled" if self.paid is not None else "closed" if self.closed else "opened"


Settlement = HalfYear | YearEnd


def standing_of(entries: Sequence[Entry]) -> Settlement:
    """Put together what stands of a settlement's case, in the order in which it was written down."""
    first = entries[0]
    assert isinstance(first.act, PeriodOpened | YearEndOpened)  # noqa: S101 -- no other act opens one
    if isinstance(first.act, YearEndOpened):
        return _year_end(first, first.act, entries)
    return _half_year(first, first.act, entries)


def halves_in(ledgers: Mapping[UUID, Sequence[Entry]]) -> list[HalfYear]:
    """Give the half-years among settlements, in their order."""
    found = [one for one in map(standing_of, ledgers.values()) if isinstance(one, HalfYear)]
    return sorted(found, key=lambda one: (one.half, one.opened.district, one.opened.utility, one.opened_at))


def years_in(ledgers: Mapping[UUID, Sequence[Entry]]) -> list[YearEnd]:
    """Give the year-ends among settlements."""
    return [one for one in map(standing_of, ledgers.values()) if isinstance(one, YearEnd)]


def _half_year(first: Entry, opened: PeriodOpened, entries: Iterable[Entry]) -> HalfYear:
    held: dict[str, object] = {}
    for entry in entries:
        act, at = entry.act, entry.occurred_at
        if isinstance(act, StatementSubmitted):
            held |= {"submitted": act, "submitted_at": at, "checked": None, "checked_at": None}
        elif isinstance(act, StatementChecked):
            held |= {"checked": act, "checked_at": at}
        else:
            held |= _ending(entry)
    return HalfYear(case_id=first.case_id, opened=opened, opened_at=first.occurred_at, **held)  # type: ignore[arg-type]  # each by its own name


def _year_end(first: Entry, opened: YearEndOpened, entries: Iterable[Entry]) -> YearEnd:
    held: dict[str, object] = {}
    for entry in entries:
        held |= _ending(entry)
    return YearEnd(case_id=first.case_id, opened=opened, opened_at=first.occurred_at, **held)  # type: ignore[arg-type]  # each by its own name


def _ending(entry: Entry) -> dict[str, object]:
    act, at = entry.act, entry.occurred_at
    if isinstance(act, StatementSettled | YearEndSettled):
        return {"paid": act, "paid_at": at}
    if isinstance(act, PeriodSealed):
        return {"seal": act, "sealed_at": at}
    return {"closed": True} if isinstance(act, CaseClosed) else {}
