"""How one order to rectify stands, and which orders stand under one commitment, as their ledgers say; it proposes and refuses nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, TypeVar
from uuid import UUID

from domain.acts import Acted
from domain.acts.enforcement.ladder import InterviewArranged, InterviewHeld, PenaltyReferred
from domain.acts.enforcement.supervision import InterviewCalled, RectificationJudged, RectificationOrdered, RectificationReported
from domain.clock import Clock
from domain.ledger import Entry

A = TypeVar("A", bound=Acted)
InPlace = Literal["awaited", "reported", "in-place", "not-in-place"]
"""待报告, 待认定, 整改到位, 整改不到位."""


class Order(NamedTuple):
    """An order with its entry."""

    entry: Entry
    act: RectificationOrdered


def order_of(entries: Iterable[Entry]) -> Order | None:
    """Find a case's order; a case has one."""
    found = last_of(entries, RectificationOrdered)
    return None if found is None else Order(*found)


def last_of(entries: Iterable[Entry], kind: type[A]) -> tuple[Entry, A] | None:
    """Find what happened last of its kind."""
    found = [(entry, entry.act) for entry in entries if isinstance(entry.act, kind)]
    return max(found, key=lambda one: _order(one[0]), default=None)


def orders_under(commitment: UUID, ledgers: Mapping[UUID, Sequence[Entry]]) -> tuple[Order, ...]:
    """Give the orders that rest on a commitment, in the order in which they were given."""
    found = [one for one in map(order_of, ledgers.values()) if one is not None and one.act.commitment == commitment]
    return tuple(sorted(found, key=lambda one: (one.entry.occurred_at, one.entry.case_id)))


def in_place(entries: Iterable[Entry], due: datetime | None, at: datetime) -> InPlace:
    """Say whether the rectification is in place at a moment: the department's last word, or, without any report, the day that has gone.

    A report that came late and was accepted is in place: a missed deadline is no rung.
    """
    told = [one for one in entries if isinstance(one.act, RectificationReported | RectificationJudged) and one.occurred_at <= at]
    last = max(told, key=_order, default=None)
    if last is None:
        return "not-in-place" if due is not None and due < at else "awaited"
    if isinstance(last.act, RectificationJudged):
        return "in-place" if last.act.accepted else "not-in-place"
    return "reported"


def orders_with_it(order: Order, ledgers: Mapping[UUID, Sequence[Entry]]) -> tuple[Order, ...]:
    """Give the orders under the same commitment, with this one, in the order in which they were given; none without a commitment."""
    commitment = order.act.commitment
    return () if commitment is None else orders_under(commitment, {**ledgers, order.entry.case_id: [order.entry]})


def rests_on(act: Acted, entries: Iterable[Entry]) -> UUID | None:
    """Say under which commitment a rung is taken in a case of these entries: its other orders are read, and none is added meanwhile."""
    if isinstance(act, RectificationOrdered):
        return act.commitment
    order = order_of(entries) if isinstance(act, InterviewCalled) else None
    return None if order is None else order.act.commitment


def due_of(order: Order | None, clocks: Iterable[Clock]) -> datetime | None:
    """Say when an order's day is over, by its clock."""
    if order is None:
        return None
    return next((one.due for one in clocks if one.start_seq == order.entry.seq and one.party == order.act.utility), None)


def called_of(entries: Iterable[Entry]) -> InterviewCalled | InterviewArranged | None:
    """Find what calls the party in: the ladder's notice, or an arranged interview."""
    return next((one.act for one in entries if isinstance(one.act, InterviewCalled | InterviewArranged)), None)


def between(called: InterviewCalled | InterviewArranged) -> tuple[str, str]:
    """Name who calls, and who is called in."""
    return (called.department, called.utility) if isinstance(called, InterviewCalled) else (called.by, called.party)


def has(entries: Iterable[Entry], kind: type[InterviewHeld | InterviewCalled | PenaltyReferred]) -> bool:
    """Say whether a rung has been taken."""
    return any(isinstance(one.act, kind) for one in entries)


def _order(entry: Entry) -> tuple[datetime, int]:
    return entry.occurred_at, entry.seq
