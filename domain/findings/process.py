"""What the scheme says of a finding's due process: who decides, by when a party may object, which excuses there are."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from calendars import SHANGHAI
from domain.acts.enforcement.audit import FindingNotified
from domain.cases.context import ActContext
from domain.clock import Clock, is_breached
from domain.finding import Finding
from domain.judging.audit_marks import AuditMarks
from domain.judging.findings import findings_of
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.offices import Offices
from domain.refusals import NotFound
from domain.schemes.program import limit_of
from domain.schemes.rulebook import Rulebook
from domain.schemes.scheme import Decider
from words import sentence


def decider_on(book: Rulebook, party: str) -> Decider:
    """Say who decides about a party: whoever is named for it, and for all others the one that names nobody; never the party itself."""
    deciders = book.scheme.deciders
    named = next((one for one in deciders if party in one.against), None)
    found = named or next((one for one in deciders if not one.against and one.by != party), None)
    if found is None:
        message = sentence("{scheme} names nobody who decides about {name}", scheme=book.id, name=book.name_of(party))
        raise NotFound(message)
    return found


def told_at(book: Rulebook, finding: Finding, entries: Iterable[Entry], offices: Offices) -> datetime | None:
    """Say from when the days to object run; None while nothing is served."""
    served = finding.notified_at
    notices = (one for one in entries if isinstance(one.act, FindingNotified) and one.act.finding_id == finding.finding_id)
    written = next((one.recorded_at for one in notices), None)
    return None if served is None or written is None else counted_from(book, finding.party, served, written, offices)


def counted_from(book: Rulebook, party: str | None, served_at: datetime, written_at: datetime, offices: Offices) -> datetime:
    """Say from when a party's days run: from service; written down later than an act may be, from then, as nobody saw it before."""
    lawful = offices.of(book, party or "", offices.newest).due(served_at, book.late_entry) or served_at
    return served_at if written_at <= lawful else written_at


def objection_until(book: Rulebook, party: str, told_at: datetime, offices: Offices) -> datetime | None:
    """Say until when a party may object to what it was told of, by its own hours; None where the scheme names no days."""
    objection = book.scheme.objection
    if objection is None:
        return None
    return offices.of(book, party, offices.newest).due(told_at, limit_of(book.scheme, objection.limit))


def finding_in(asked: ActContext, about: UUID) -> Finding:
    """Find a finding of the case as its ledger tells it now."""
    case = Situation(asked.book, asked.entries)
    found = next((one for one in findings_of(case, asked.clocks, AuditMarks(case), asked.offices) if one.finding_id == about), None)
    if found is None:
        message = sentence("this case has no finding {finding_id}", finding_id=about)
        raise NotFound(message)
    return found


def still_missed(asked: ActContext, finding: Finding) -> bool:
    """Say whether what was found missed is still so, by all that has been written since."""
    about = finding.rule, finding.start_seq, finding.keys, finding.party
    return any(_about(clock) == about and is_breached(clock, asked.at) for clock in asked.clocks)


def _about(clock: Clock) -> tuple[str, int, tuple[str, ...], str]:
    return clock.rule, clock.start_seq, clock.keys, clock.party


def notifiers(asked: ActContext, about: UUID) -> frozenset[str]:
    """Name the accounts that notified a finding."""
    told = (entry for entry in asked.entries if isinstance(entry.act, FindingNotified) and entry.act.finding_id == about)
    return frozenset(entry.actor.account for entry in told)


def local(at: datetime) -> str:
    """Write a moment as people read it."""
    return at.astimezone(SHANGHAI).isoformat()
