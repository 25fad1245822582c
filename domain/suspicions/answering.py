"""How a person answers a suspicion: once, with a reason, and never the party that it is about; what follows of it is proposed."""

from collections.abc import Iterable, Iterator
from typing import Any

from domain.acts.enforcement.audit import StepProposed, SuspicionRaised
from domain.acts.enforcement.process import SuspicionCleared, SuspicionConfirmed
from domain.cases.context import ActContext
from domain.cases.handlers import checks, notes
from domain.ledger import Entry
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotFound
from words import sentence


@checks(SuspicionCleared)
def _clear(asked: ActContext, act: SuspicionCleared) -> None:
    _answer(asked, act)


def _answer(asked: ActContext, act: SuspicionCleared | SuspicionConfirmed) -> None:
    raised = next((entry for entry in asked.entries if entry.seq == act.raised_seq and isinstance(entry.act, SuspicionRaised)), None)
    if raised is None:
        message = sentence(
            "entry {raised_seq} of this case raises no suspicion; name the number of a suspicion.raised", raised_seq=act.raised_seq
        )
        raise NotFound(message)
    if any(
        entry.act.raised_seq == act.raised_seq for entry in asked.entries if isinstance(entry.act, SuspicionCleared | SuspicionConfirmed)
    ):
        message = sentence("the suspicion of entry {raised_seq} has been answered already", raised_seq=act.raised_seq)
        raise AlreadyDone(message)
    if asked.actor.party == about(asked.entries, raised):
        message = sentence(
            "the suspicion of entry {raised_seq} is about {party}; somebody else looks into it",
            raised_seq=act.raised_seq,
            party=asked.actor.party,
        )
        raise NotAllowed(message, about=asked.actor.party)


@checks(SuspicionConfirmed)
def _confirm(asked: ActContext, act: SuspicionConfirmed) -> None:
    _answer(asked, act)
    if act.falsified and act.party is None:
        message = sentence("a falsification (弄虚作假) names whose doing it was; give party, or leave falsified out")
        raise Malformed(message, field="party")
    if act.party is not None:
        asked.book.party(act.party)
    if act.party == asked.actor.party:
        message = sentence("{party} does not decide about its own doing; somebody else looks into it", party=act.party)
        raise NotAllowed(message, about=act.party)


def about(entries: Iterable[Entry], raised: Entry) -> str | None:
    """Say whose doing a suspicion is about: whom it names, else whoever wrote the first entry of its evidence."""
    act: Any = raised.act
    if act.party is not None:
        return str(act.party)
    written = {entry.seq: entry.actor.party for entry in entries}
    return next((written[seq] for seq in act.seqs if seq in written), None)


@notes(SuspicionConfirmed)
def proposed_of(asked: ActContext, act: SuspicionConfirmed) -> Iterator[StepProposed]:
    """Propose a credit entry beside a confirmed falsification, where the plan has credit files; a person decides."""
    if act.falsified and act.party is not None and asked.book.scheme.credit is not None:
        seqs = (act.raised_seq, asked.case.seq + 1)
        name, clause = asked.book.name_of(act.party), asked.book.scheme.credit.cite.clause
        yield StepProposed(
            step="credit", party=act.party, because_seqs=seqs, text=f"{name}弄虚作假已经核实：依据{clause}，提请记入信用档案"
        )
