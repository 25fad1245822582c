"""What does not agree between the window's register and the handling departments': told with both sides' words; accuses nobody."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from domain.acts import row_of
from domain.acts.connection import AcceptanceHeld, OutreachMade, ServiceConnected, SurveyHeld, WorksCompleted, WorksStarted
from domain.acts.field import Acted
from domain.acts.service import FeedbackGiven, MatterDone, PolicyExplained
from domain.judging.situation import Order, Situation
from domain.ledger import Entry
from domain.offices import Offices
from domain.schemes.program import limit_of
from domain.service.receipts import AWAITED, addressed, receipts
from domain.service.sides import Side, side_of, windows

Kind = Literal["unconfirmed", "not-arrived", "other-moment", "told-differently", "no-reply"]
SAYS: dict[Kind, str] = {
    "unconfirmed": "一方已交出，另一方没有任何记录",
    "not-arrived": "一方已交出，另一方称没有收到",
    "other-moment": "交出与收到的时间不一致",
    "told-differently": "双方记录的时间不一致",
    "no-reply": "已办结，没有答复客户的记录",
}
_ONCE: tuple[type[Acted], ...] = (OutreachMade, SurveyHeld, WorksStarted, WorksCompleted, AcceptanceHeld, ServiceConnected, MatterDone)
"""What happens once for the same parties, so that two who write it down should write the same moment."""
_WHOM = ("utility", "utilities")


class Said(Struct, frozen=True):
    """One side's words, or that it has none (`seq` is None)."""

    party: str
    side: Side
    seq: int | None
    at: datetime | None
    words: str


class Disagreement(Struct, frozen=True):
    """One thing on which two registers differ."""

    kind: Kind
    said: tuple[Said, ...]


class _Comparing(Struct, frozen=True):
    case: Situation
    offices: Offices
    now: datetime
    took: frozenset[str]

    def words(self, entry: Entry, at: datetime | None = None, words: str | None = None) -> Said:
        party = self.case.book.answering(entry.actor)
        told = words or row_of(entry.act).title
        return Said(party, side_of(self.case, self.took, entry.actor), entry.seq, at or entry.occurred_at, told)

    def silent(self, party: str, words: str) -> Said:
        side: Side = "window" if party in self.took and self.case.receiver() is not None else "handling"
        return Said(party, side, None, None, words)

    def at_once(self, entry: Entry, party: str, since: datetime) -> datetime:
        """Say until when what happens at once has happened, in a party's office."""
        office = self.offices.of(self.case.book, party, entry.edition)
        return office.due(since, limit_of(self.case.book.scheme, "at-once")) or self.now


def disagreements(case: Situation, offices: Offices, now: datetime) -> tuple[Disagreement, ...]:
    """Compare what both sides wrote, as far as anything may be expected of them by now."""
    comparing = _Comparing(case, offices, now, windows(case))
    sent = (one for entry in case.entries if type(entry.act) in AWAITED for one in _sent(comparing, entry))
    told = (one for kind in _ONCE for one in _told_apart(comparing, kind))
    return (*sent, *told, *_unanswered(comparing))


def _sent(comparing: _Comparing, entry: Entry) -> Iterator[Disagreement]:
    act: Any = entry.act
    at: datetime = getattr(act, "to_receiver_at", None) or entry.occurred_at
    for party in addressed(comparing.case, entry):
        said = receipts(comparing.case, entry.seq, party)
        if said:
            yield from _confirmed(comparing, (entry, at), said[-1], party)
        elif not _wrote_since(comparing.case, entry, party) and comparing.at_once(entry, party, at) < comparing.now:
            yield Disagreement("unconfirmed", (comparing.words(entry, at), comparing.silent(party, "没有记录")))


def _confirmed(comparing: _Comparing, sent: tuple[Entry, datetime], said: tuple[Entry, Any], party: str) -> Iterator[Disagreement]:
    (entry, at), (receipt, act) = sent, said
    if act.received_at is None:
        yield Disagreement("not-arrived", (comparing.words(entry, at), comparing.words(receipt, words=act.remark or "没有收到")))
        return
    earlier, later = sorted((at, act.received_at))
    if comparing.at_once(entry, party, earlier) < later:
        yield Disagreement("other-moment", (comparing.words(entry, at), comparing.words(receipt, act.received_at, act.remark or "收到")))


def _wrote_since(case: Situation, entry: Entry, party: str) -> bool:
    """Say whether the party wrote anything of its own since: then it has what was sent."""
    return any(one.actor.party == party and Order(one) > Order(entry) for one in case.entries)


def _told_apart(comparing: _Comparing, kind: type[Acted]) -> Iterator[Disagreement]:
    told: dict[Any, dict[str, Entry]] = {}
    for entry, act in comparing.case.each(kind):
        if getattr(act, "reason", None) is None:  # a second survey has its reason
            whom = tuple(getattr(act, name, None) for name in _WHOM)
            told.setdefault(whom, {}).setdefault(entry.actor.party, entry)
    for by_party in told.values():
        yield from _apart(comparing, sorted(by_party.values(), key=Order))


def _apart(comparing: _Comparing, entries: Sequence[Entry]) -> Iterator[Disagreement]:
    if entries[-1].occurred_at - entries[0].occurred_at > comparing.case.book.margin:
        yield Disagreement("told-differently", tuple(comparing.words(entry) for entry in entries))


def _unanswered(comparing: _Comparing) -> Iterator[Disagreement]:
    """A matter that is done, and nobody wrote that the customer was told."""
    case = comparing.case
    done = [entry for entry, _ in case.each(MatterDone)]
    receiver = case.receiver()
    if done and receiver is not None and not any(_told_customer(entry, done[0]) for entry in case.entries):
        yield Disagreement("no-reply", (comparing.words(done[0]), comparing.silent(receiver, "没有答复客户的记录")))


def _told_customer(entry: Entry, done: Entry) -> bool:
    act = entry.act
    if isinstance(act, MatterDone):
        return act.replied_at is not None
    if isinstance(act, FeedbackGiven):
        return act.to_customer_at is not None and act.to_customer_at >= done.occurred_at
    return isinstance(act, PolicyExplained) and entry.occurred_at >= done.occurred_at


def concerns(one: Disagreement, party: str) -> bool:
    """Say whether a party is one of those that differ."""
    return any(said.party == party for said in one.said)
