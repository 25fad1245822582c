"""Which party alone may do what in a case: nobody acts in its own cause, nor on what another party holds or answers for."""

from collections.abc import Sequence
from typing import Any

from domain.acts import Acted, tag_of
from domain.acts.connection import ApplicationAccepted, ApplicationRefused
from domain.acts.enforcement.ladder import InterviewArranged
from domain.acts.enforcement.supervision import CommitmentSigned, RectificationOrdered
from domain.acts.service import (
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintReceived,
    EnquiryReceived,
    EnquiryTransferred,
    StatementAsked,
)
from domain.case import Case
from domain.cases.context import ActContext
from domain.cases.handlers import checks
from domain.judging.situation import Situation
from domain.ledger import Actor, Entry
from domain.refusals import AlreadyDone, Malformed, NotAllowed
from words import listed, sentence


def check_complained_of(asked: ActContext, act: Acted) -> None:
    """Refuse that the party complained of takes up, answers or closes its own complaint, for whomever it writes."""
    complaint, party = _complaint(asked.entries), asked.actor.party
    if complaint is not None and party == complaint.about:
        message = sentence("{party} is the party complained of; another body has to record {tag!r}", party=party, tag=tag_of(act))
        raise NotAllowed(message, act=tag_of(act))


def check_supervised(entries: Sequence[Entry], actor: Actor) -> None:
    """Refuse that a case is closed by whom it supervises: nothing could be found, judged or held in it any more."""
    first: Any = min(entries, key=_by_seq).act
    supervised = isinstance(first, CommitmentSigned | RectificationOrdered | InterviewArranged)
    if supervised and actor.party == (first.party if isinstance(first, InterviewArranged) else first.utility):
        message = sentence(
            "{party} is whom this case supervises; it is closed by the department, or by whoever called it in", party=actor.party
        )
        raise NotAllowed(message, act="case.closed")


def _by_seq(entry: Entry) -> int:
    return entry.seq


checks(ComplaintAnswered)(check_complained_of)


@checks(ComplaintAccepted)
def check_body(asked: ActContext, act: ComplaintAccepted) -> None:
    """Refuse that a complaint is taken up by, or for, the party that it is about."""
    check_complained_of(asked, act)
    complaint = _complaint(asked.entries)
    if complaint is not None and act.body == complaint.about:
        message = sentence("{body} is the party complained of; another body has to take it up", body=act.body)
        raise NotAllowed(message)
    _check_takeover([one.act.body for one in asked.entries if isinstance(one.act, ComplaintAccepted)], asked.actor, act)


def _check_takeover(before: Sequence[str], actor: Actor, act: ComplaintAccepted) -> None:
    """Let another body take over what one has taken up, with its reason; passed to and fro, no limit begins again unseen."""
    if not before:
        return
    if act.body == before[-1]:
        message = sentence("{body} has taken this complaint up already", body=act.body)
        raise AlreadyDone(message)
    if act.reason is None:
        message = sentence("{holder} has taken this complaint up; say in reason why {body} takes it over", holder=before[-1], body=act.body)
        raise Malformed(message, field="reason")
    if act.body in before and actor.role != "coordinator":
        message = sentence(
            "{body} had this complaint before; only the coordination office gives it back, since its limit begins again", body=act.body
        )
        raise NotAllowed(message)


@checks(StatementAsked)
def check_statement(asked: ActContext, act: StatementAsked) -> None:
    """Keep a report closed to the party reported; of a complaint, only the party complained of is asked."""
    check_complained_of(asked, act)
    complaint = _complaint(asked.entries)
    if complaint is None or complaint.form == "report":
        message = sentence("a report (举报) is closed to the party that it is about; only a complaint (投诉) asks it for a statement")
        raise NotAllowed(message)
    if act.of != complaint.about:
        message = sentence(
            "the complaint is about {about}; a statement is asked of that party alone, not of {of}", about=complaint.about, of=act.of
        )
        raise Malformed(message, field="of")


@checks(EnquiryTransferred)
def check_transfer(asked: ActContext, _: EnquiryTransferred) -> None:
    """Let a matter be passed on by whoever holds it, by its first receiver, or by the coordination office."""
    case, actor = Situation(asked.book, asked.entries), asked.actor
    received = next(case.each(EnquiryReceived), None)
    may = {case.holder(asked.at), received[1].receiver if received else None}
    if actor.role != "coordinator" and actor.party not in may:
        message = sentence(
            "the matter is held by {holder}; {party} cannot pass it on",
            holder=case.holder(asked.at) or sentence("nobody"),
            party=actor.party,
        )
        raise NotAllowed(message)


@checks(ApplicationRefused)
def check_refusal(asked: ActContext, act: ApplicationRefused) -> None:
    """Let an accepted application be refused by whoever accepted it or by the coordination office: it ends what others owe."""
    actor = asked.actor
    took = {one.actor.party for one in asked.entries if isinstance(one.act, ApplicationAccepted) and one.actor.role != "portal"}
    if actor.role != "coordinator" and took and actor.party not in took:
        message = sentence("the application was accepted by {took}; {party} cannot refuse it", took=listed(sorted(took)), party=actor.party)
        raise NotAllowed(message)
    if actor.role != "coordinator" and act.refused_by != actor.party:
        message = sentence("{party} refuses in its own name; refusedBy is {refused_by}", party=actor.party, refused_by=act.refused_by)
        raise NotAllowed(message)


def check_commitment(case: Case, actor: Actor, act: Any) -> None:  # noqa: ANN401 -- any act of a commitment
    """Let a commitment be suspended, restored or entrusted by its own two parties alone."""
    if actor.party not in (case.subject or "").split("|"):
        message = sentence(
            "{party} is no party of this commitment; {tag!r} is recorded by its own parties alone", party=actor.party, tag=tag_of(act)
        )
        raise NotAllowed(message, act=tag_of(act))


def check_judge(entries: Sequence[Entry], actor: Actor, act: Any) -> None:  # noqa: ANN401 -- a report is judged
    """Let a report of rectification be judged by the department that ordered it."""
    ordered = {one.act.department for one in entries if isinstance(one.act, RectificationOrdered) and one.act.utility == act.utility}
    if actor.party not in ordered:
        message = sentence(
            "the rectification was ordered by {ordered}; {party} cannot judge it", ordered=listed(sorted(ordered)), party=actor.party
        )
        raise NotAllowed(message)


def _complaint(entries: Sequence[Entry]) -> ComplaintReceived | None:
    return next((one.act for one in entries if isinstance(one.act, ComplaintReceived)), None)
