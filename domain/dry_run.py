"""What a plan or calendar would find on a ledger if the auditor had never been there; for comparing, and binding nobody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from calendars import Edition
from domain.acts import ABOUT_FINDINGS, AUDITOR_ALONE, tag_of
from domain.acts.enforcement.supervision import InterviewCalled
from domain.clock import is_breached
from domain.judging.judge import judge
from domain.ledger import Entry
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook
from domain.supervision.next_step import why_no_interview
from domain.supervision.state import order_of

_FACTS = frozenset({"works.counted_together", "stop.struck_out"})
"""What the auditor and the deciders wrote that a route or a clock rests on; the rest of theirs says what was found."""
_FOUND = (AUDITOR_ALONE | ABOUT_FINDINGS) - _FACTS


class Missed(NamedTuple):
    """A limit or standard that was missed: the finding that there would be."""

    rule: str
    party: str
    start_seq: int
    keys: tuple[str, ...]


def missed(book: Rulebook, entries: Iterable[Entry], offices: Offices, now: datetime) -> frozenset[Missed]:
    """Judge what people did, and give what is missed by now, the scheme's margin past."""
    said: Sequence[Entry] = [entry for entry in entries if tag_of(entry.act) not in _FOUND]
    at = now - book.margin
    clocks = judge(book, said, offices).clocks
    return frozenset(Missed(clock.rule, clock.party, clock.start_seq, clock.keys) for clock in clocks if is_breached(clock, at))


def called_in(book: Rulebook, orders: Mapping[UUID, Sequence[Entry]], offices: Offices, now: datetime) -> Iterator[tuple[UUID, str]]:
    """Say in which cases of supervision the plan's ladder has come to an interview by now, and whose, whether anybody was called or not.

    `orders` are the ledgers of a plan's cases that began with an order to rectify, all of them.
    """
    ladder = book.scheme.ladder
    for case_id, entries in orders.items():
        said = [entry for entry in entries if not isinstance(entry.act, InterviewCalled)]
        order = order_of(said)
        if ladder is None or order is None:
            continue
        if why_no_interview(ladder, said, orders, judge(book, said, offices).clocks, now) is None:
            yield case_id, order.act.utility


def all_under(editions: Mapping[str, Edition], one: Edition) -> Offices:
    """Make offices in which every edition that an entry names is this one, as if these had been the days all along."""
    return Offices({**dict.fromkeys(editions, one), one.id: one}, one.id)
