"""What the scheme says of a finding's due process: who decides, by when a party may object, which excuses there are."""

from datetime import datetime
from uuid import UUID

from calendars import SHANGHAI
from domain.acts.audit import FindingNotified
from domain.clock import Clock, is_breached
from domain.desk.asked import Asked
from domain.finding import Finding
from domain.findings.recorded import findings_of
from domain.judging.flags import Flags
from domain.judging.situation import Situation
from domain.offices import Offices
from domain.plan.program import limit_of
from domain.plan.rulebook import Rulebook
from domain.plan.scheme import Decider
from domain.refusals import NotFound


def decider_on(book: Rulebook, party: str) -> Decider:
    """Say who decides about a party: whoever is named for it, and for all others the one that names nobody; never the party itself."""
    deciders = book.scheme.deciders
    named = next((one for one in deciders if party in one.against), None)
    found = named or next((one for one in deciders if not one.against and one.by != party), None)
    if found is None:
        message = f"{book.id} names nobody who decides about {book.name_of(party)}"
        raise NotFound(message)
    return found


def objection_until(book: Rulebook, party: str, served_at: datetime, offices: Offices) -> datetime | None:
    """Say until when a party may object to what was served on it, by its own hours; None where the scheme names no days."""
    objection = book.scheme.objection
    if objection is None:
        return None
    return offices.of(book, party, offices.newest).due(served_at, limit_of(book.scheme, objection.limit))


def finding_in(asked: Asked, about: UUID) -> Finding:
    """Find a finding of the case as its ledger tells it now."""
    case = Situation(asked.book, asked.entries)
    found = next((one for one in findings_of(case, asked.clocks, Flags(case), asked.offices) if one.finding_id == about), None)
    if found is None:
        message = f"this case has no finding {about}"
        raise NotFound(message)
    return found


def still_missed(asked: Asked, finding: Finding) -> bool:
    """Say whether what was found missed is still so, by all that has been written since."""
    about = finding.rule, finding.start_seq, finding.keys, finding.party
    return any(_about(clock) == about and is_breached(clock, asked.at) for clock in asked.clocks)


def _about(clock: Clock) -> tuple[str, int, tuple[str, ...], str]:
    return clock.rule, clock.start_seq, clock.keys, clock.party


def notifiers(asked: Asked, about: UUID) -> frozenset[str]:
    """Name the accounts that notified a finding."""
    told = (entry for entry in asked.entries if isinstance(entry.act, FindingNotified) and entry.act.finding_id == about)
    return frozenset(entry.actor.account for entry in told)


def local(at: datetime) -> str:
    """Write a moment as people read it."""
    return at.astimezone(SHANGHAI).isoformat()
