"""交接确认: which acts hand or tell something to a party of the case, and who may confirm that it arrived."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.acts import Acted, tag_of
from domain.acts.connection import (
    ApplicationPushed,
    ApprovalPushed,
    ChecklistReturned,
    CommitmentNotified,
    DemandPushed,
    MaterialsRefused,
    MaterialsSubmitted,
    MaterialsSupplemented,
    ResultReturned,
    SignoffGiven,
)
from domain.acts.service import EnquiryTransferred, FeedbackGiven, MatterHandedOver, ReceiptConfirmed, StatementAsked
from domain.cases.context import ActContext
from domain.cases.handlers import checks
from domain.judging.situation import Situation
from domain.ledger import Actor, Entry
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotFound
from words import listed, sentence

Addressed = Callable[[Situation, Any], tuple[str | None, ...]]

AWAITED: Mapping[type[Acted], Addressed] = {
    DemandPushed: lambda _, act: (*act.utilities, *act.departments),
    ApplicationPushed: lambda _, act: (*act.utilities, *act.departments),
    ApprovalPushed: lambda _, act: act.departments,
    CommitmentNotified: lambda _, act: act.departments,
    MaterialsSubmitted: lambda _, act: (act.department,),
    EnquiryTransferred: lambda _, act: (act.to,),
    MatterHandedOver: lambda _, act: (act.to,),
    FeedbackGiven: lambda case, act: (case.receiver(),) if act.to_receiver_at else (),
    StatementAsked: lambda _, act: (act.of,),
}
"""Acts after which the other side has something of its own to write: that it arrived, or whatever it does next."""

TOLD: Mapping[type[Acted], Addressed] = {
    ChecklistReturned: lambda _, act: (act.utility,),
    MaterialsSupplemented: lambda _, act: (act.department,),
    MaterialsRefused: lambda _, act: (act.utility,),
    SignoffGiven: lambda _, act: (act.utility,),
    ResultReturned: lambda case, _: tuple(party.code for party in case.book.scheme.parties if "portal" in party.roles),
}
"""Acts that may be confirmed too, and after which nothing need be written."""

_SENT = {**AWAITED, **TOLD}


def addressed(case: Situation, entry: Entry) -> tuple[str, ...]:
    """Say to which parties an entry hands or tells something; whoever wrote it has it already."""
    to = _SENT.get(type(entry.act))
    parties = to(case, entry.act) if to else ()
    return tuple(dict.fromkeys(party for party in parties if party is not None and party != entry.actor.party))


def receipts(case: Situation, seq: int, party: str) -> list[tuple[Entry, ReceiptConfirmed]]:
    """Give what a party has said of the arrival of an entry, in order."""
    return [(entry, act) for entry, act in case.each(ReceiptConfirmed) if act.seq == seq and act.party == party]


@checks(ReceiptConfirmed)
def check_receipt(asked: ActContext, act: ReceiptConfirmed) -> None:
    """Let the party that something was sent to say once that it arrived, or first that it did not."""
    case, actor = Situation(asked.book, asked.entries), asked.actor
    sent = next((entry for entry in case.entries if entry.seq == act.seq), None)
    if sent is None:
        message = sentence("this case has no entry {seq}", seq=act.seq)
        raise NotFound(message)
    _check_party(case, actor, act, sent)
    said = [one for _, one in receipts(case, act.seq, act.party)]
    if any(one.received_at is not None or act.received_at is None for one in said):
        message = sentence("{party} has already said whether entry {seq} arrived", party=act.party, seq=act.seq)
        raise AlreadyDone(message)


def _check_party(case: Situation, actor: Actor, act: ReceiptConfirmed, sent: Entry) -> None:
    to = addressed(case, sent)
    if act.party not in to:
        whom = sentence("it was sent to {parties}", parties=listed(to)) if to else sentence("it hands nothing to another party")
        message = sentence(
            "entry {seq} ({tag}) was not sent to {party}; {whom}", seq=act.seq, tag=tag_of(sent.act), party=act.party, whom=whom
        )
        raise Malformed(message, field="party")
    if actor.party == sent.actor.party or (actor.party != act.party and actor.role != "coordinator"):
        message = sentence(
            "whether entry {seq} arrived is said by {party}, or for it by the coordination office; not by {actor}",
            seq=act.seq,
            party=act.party,
            actor=actor.party,
        )
        raise NotAllowed(message)
