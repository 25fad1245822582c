"""Which rung comes next in a case of supervision, and why not yet; a person takes it or leaves it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.acts.enforcement.ladder import InterviewArranged, InterviewHeld, PenaltyReferred, ReferralAnswered
from domain.acts.enforcement.supervision import InterviewCalled
from domain.clock import Clock
from domain.ledger import Entry
from domain.schemes.enforcement import Ladder
from domain.supervision.state import Order, called_of, due_of, has, in_place, last_of, order_of, orders_with_it
from words import sentence

Rung = Literal["interview.called", "interview.held", "penalty.referred", "referral.answered"]
Ledgers = Mapping[UUID, Sequence[Entry]]


class Next(Struct, frozen=True):
    """The next rung; `why_not` says what is still lacking."""

    rung: Rung
    why_not: str | None = None


def next_rung(ladder: Ladder, entries: Sequence[Entry], ledgers: Ledgers, clocks: Sequence[Clock], at: datetime) -> Next | None:
    """Say what comes next in a case; None once there is nothing more. `beside` holds the ledgers of orders under the same commitment."""
    called = called_of(entries)
    if called is None:
        return Next("interview.called", why_no_interview(ladder, entries, ledgers, clocks, at))
    if not has(entries, InterviewHeld):
        return Next("interview.held")
    if isinstance(called, InterviewArranged):
        return None
    if not has(entries, PenaltyReferred):
        return Next("penalty.referred")
    return None if last_of(entries, ReferralAnswered) else Next("referral.answered")


def why_no_interview(ladder: Ladder, entries: Sequence[Entry], ledgers: Ledgers, clocks: Sequence[Clock], at: datetime) -> str | None:
    """Say what an interview still lacks; None where violations follow one another and the last rectification is not in place."""
    order = order_of(entries)
    if order is None or order.act.commitment is None:
        return sentence("the ladder begins with an order for a standard that was not met under a yearly commitment; there is none here")
    if has(entries, InterviewCalled):
        return sentence("the party has been called in already")
    return _why_not_consecutive(ladder, order, ledgers) or _why_in_place(entries, due_of(order, clocks), at)


def _why_not_consecutive(ladder: Ladder, order: Order, ledgers: Ledgers) -> str | None:
    orders = orders_with_it(order, ledgers)
    last = orders[-1].entry.case_id
    if last != order.entry.case_id:
        return sentence("a later order stands under the same commitment; what follows, follows in its case {case_id}", case_id=last)
    if len(orders) < ladder.violations:
        return sentence(
            "an interview takes {wanted} orders under one commitment, one after another (连续发生); there is {count}",
            wanted=ladder.violations,
            count=len(orders),
        )
    return None


def _why_in_place(entries: Sequence[Entry], due: datetime | None, at: datetime) -> str | None:
    return {
        "awaited": sentence("the rectification is awaited: its day has not gone"),
        "reported": sentence("the rectification is reported and waits to be judged: record rectification.judged first"),
        "in-place": sentence("the rectification was judged to be in place (整改到位)"),
        "not-in-place": None,
    }[in_place(entries, due, at)]
