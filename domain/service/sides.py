"""Who took a case in and who handles it: the two sides that keep a ledger each (受理专业窗口, 业务转办部门)."""

from collections.abc import Iterator
from typing import Literal

from domain.acts.connection import ApplicationAccepted, DemandRegistered
from domain.acts.service import ComplaintReceived, EnquiryReceived
from domain.judging.situation import Situation
from domain.ledger import AUDITOR_PARTY, Actor, Entry
from domain.service.receipts import addressed

Side = Literal["window", "handling"]
"""受理台账, 转办台账."""
Keeper = tuple[Side, str]
"""A side and its party."""

_HANDLES = frozenset({"utility", "department"})
"""Roles in which a party that took a connection in handles its own part of it."""


def windows(case: Situation) -> frozenset[str]:
    """Say who took the case in; what came through a portal was taken in by the window behind it."""
    return frozenset(_taking(case))


def _taking(case: Situation) -> Iterator[str]:
    for entry in case.entries:
        if isinstance(entry.act, EnquiryReceived):
            yield entry.act.receiver
        elif isinstance(entry.act, ComplaintReceived | ApplicationAccepted | DemandRegistered):
            yield case.book.answering(entry.actor)


def keepers(case: Situation, took: frozenset[str], entry: Entry) -> tuple[Keeper, ...]:
    """Say in whose registers an entry stands: of whoever wrote it, and of whoever it was sent to."""
    if entry.actor.party == AUDITOR_PARTY:
        return ()
    sent = tuple((_receiving(case, took, party), party) for party in addressed(case, entry))
    return tuple(dict.fromkeys(((side_of(case, took, entry.actor), case.book.answering(entry.actor)), *sent)))


def side_of(case: Situation, took: frozenset[str], actor: Actor) -> Side:
    """Say on which side somebody writes."""
    if case.book.answering(actor) not in took:
        return "handling"
    return "handling" if actor.role in _HANDLES and case.receiver() is None else "window"


def _receiving(case: Situation, took: frozenset[str], party: str) -> Side:
    """A matter that comes back comes to the window; a connection's parts go to those that handle them."""
    return "window" if party in took and case.receiver() is not None else "handling"
