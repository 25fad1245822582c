"""The party's objection (异议): its own, once, within its days, and to whoever the scheme lets decide."""

import msgspec

from calendars import SHANGHAI
from domain.acts.enforcement.process import FindingObjected
from domain.cases.context import ActContext
from domain.cases.handlers import checks, completes
from domain.finding import Finding
from domain.findings.process import decider_on, finding_in, local, objection_until, told_at
from domain.refusals import AlreadyDone, Malformed, NotAllowed, OutOfOrder
from domain.schemes.rulebook import Rulebook
from words import listed, sentence


@checks(FindingObjected)
def check_objection(asked: ActContext, act: FindingObjected) -> None:
    """Refuse an objection of another, before the notification, a second one, and one that came too late."""
    finding = finding_in(asked, act.finding_id)
    if {asked.actor.party, act.party} != {finding.party}:
        message = sentence("the finding is against {party}; it alone may object to it", party=finding.party)
        raise NotAllowed(message)
    _check_turn(finding)
    _check_in_time(asked, finding)
    check_excuse(asked.book, act.excuse)
    decider = decider_on(asked.book, finding.party).by
    if act.addressed_to not in {None, decider}:
        message = sentence(
            "{decider} decides about {party}, not {addressed_to}; leave addressedTo out",
            decider=decider,
            party=finding.party,
            addressed_to=act.addressed_to,
        )
        raise Malformed(message, field="addressedTo")


def check_excuse(book: Rulebook, excuse: str | None) -> None:
    """Refuse an excuse that the scheme's closed list does not have."""
    known = [one.code for one in book.scheme.excuses]
    if excuse is not None and excuse not in known:
        message = sentence(
            "{excuse!r} is no excuse under {scheme}; it has {known}",
            excuse=excuse,
            scheme=book.id,
            known=listed(known) or sentence("none"),
        )
        raise Malformed(message, field="excuse")


def _check_turn(finding: Finding) -> None:
    if finding.objected_at is not None:
        message = sentence(
            "the finding {finding_id} has been objected to already; further evidence is attached to the case", finding_id=finding.finding_id
        )
        raise AlreadyDone(message)
    if finding.decided_at is not None:
        message = sentence("the finding {finding_id} has been decided already: {state}", finding_id=finding.finding_id, state=finding.state)
        raise AlreadyDone(message, state=finding.state)
    if finding.state != "notified":
        message = sentence(
            "the finding {finding_id} is {state}; a party objects to what it has been notified of",
            finding_id=finding.finding_id,
            state=finding.state,
        )
        raise OutOfOrder(message, missing=["finding.notified"])


def _check_in_time(asked: ActContext, finding: Finding) -> None:
    """An objection is made within its days, and may be written down as late as any act may."""
    served_at = finding.notified_at or asked.at
    if asked.at < served_at:
        message = sentence(
            "the finding was served at {when:%Y-%m-%dT%H:%M:%S}+08:00; nobody objected to it before", when=served_at.astimezone(SHANGHAI)
        )
        raise OutOfOrder(message, earliest=local(served_at))
    told = told_at(asked.book, finding, asked.entries, asked.offices) or served_at
    until = objection_until(asked.book, finding.party, told, asked.offices)
    if until is None:
        return
    office = asked.offices.of(asked.book, finding.party, asked.offices.newest)
    written = office.due(until, asked.book.late_entry) or until
    if asked.at > until or asked.recorded_at > written:
        message = sentence(
            "the days to object to the finding {finding_id} ended at {ended:%Y-%m-%dT%H:%M:%S}+08:00",
            finding_id=finding.finding_id,
            ended=until.astimezone(SHANGHAI),
        )
        raise OutOfOrder(message, ended=local(until))


@completes(FindingObjected)
def addressed(asked: ActContext, act: FindingObjected) -> FindingObjected:
    """Put on an objection who decides it."""
    return msgspec.structs.replace(act, addressed_to=decider_on(asked.book, act.party).by)
