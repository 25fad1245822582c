"""What whoever is to be entered or held to account may rely on: no judge in their own cause, two pairs of eyes, time to be heard."""

from datetime import datetime

from calendars import SHANGHAI, Measure
from domain.acts import Acted, tag_of
from domain.cases.context import ActContext
from domain.findings.process import counted_from, decider_on
from domain.ledger import Actor
from domain.refusals import Malformed, NotAllowed, OutOfOrder
from domain.schemes.program import limit_of
from domain.schemes.rulebook import Rulebook
from words import sentence


def check_in_own_name(actor: Actor, act: Acted, by: str) -> None:
    """Refuse to write for another body, whatever the role may write for others elsewhere."""
    if by != actor.party:
        message = sentence(
            "{tag!r} is recorded in one's own name; 'by' names {by!r}, and you are {party}", tag=tag_of(act), by=by, party=actor.party
        )
        raise NotAllowed(message, act=tag_of(act))


def check_not_own(act: Acted, by: str | None, party: str | None) -> None:
    """Refuse a step by whom it is about."""
    if by is not None and by == party:
        message = sentence("this is about {by} itself; nobody takes {tag!r} in their own cause", by=by, tag=tag_of(act))
        raise NotAllowed(message, act=tag_of(act))


def check_decider(book: Rulebook, act: Acted, by: str | None, party: str | None) -> None:
    """Refuse whoever the plan does not let decide here, and everybody in their own cause."""
    check_not_own(act, by, party)
    decider = decider_on(book, party or "").by
    if by != decider:
        about = book.name_of(party) if party else sentence("whoever is no party of the plan")
        message = sentence("under {scheme} {decider} decides about {about}, not {by}", scheme=book.id, decider=decider, about=about, by=by)
        raise NotAllowed(message, act=tag_of(act), decider=decider)


def check_other_eyes(asked: ActContext, act: Acted, prepared: tuple[type[Acted], ...]) -> None:
    """Refuse a decision by an account that prepared it, or that decided what is now to be undone."""
    wrote = {entry.actor.account for entry in asked.entries if isinstance(entry.act, prepared)}
    if asked.actor.account in wrote:
        message = sentence(
            "{tag!r} is for another account than those that proposed, notified or decided it: two pairs of eyes", tag=tag_of(act)
        )
        raise NotAllowed(message, act=tag_of(act))


def check_statement_time(asked: ActContext, limit: str, party: str | None, served_at: datetime, until: datetime) -> None:
    """Refuse less time for a statement than the plan's working days from service, by the office hours of whom it is for.

    They run from the writing of a notice that was written down too late: nobody's time is over before the notice shows.
    """
    office = asked.offices.of(asked.book, party or "", asked.offices.newest)
    days = limit_of(asked.book.scheme, limit)
    least = office.due(counted_from(asked.book, party, served_at, asked.recorded_at, asked.offices), days)
    assert least is not None  # noqa: S101 -- nothing stops it
    if until < least:
        message = sentence(
            "there is time for a statement until {when:%Y-%m-%dT%H:%M:%S}+08:00 at the least ({limit} from service); give it",
            when=least.astimezone(SHANGHAI),
            limit=sentence("{days} working days", days=days.amount) if days.measure is Measure.WORKING_DAYS else limit,
        )
        raise Malformed(message, field="statementUntil")


def check_heard_in_time(asked: ActContext, until: datetime, statement: str | None) -> None:
    """Refuse to go on without a statement while there is still time for one."""
    if statement is None and asked.at < until:
        when = until.astimezone(SHANGHAI)
        message = sentence(
            "there is time for a statement until {when:%Y-%m-%dT%H:%M:%S}+08:00; without one the hearing ends then", when=when
        )
        raise OutOfOrder(message, earliest=when.isoformat())
