"""What the auditor writes about a clock whose moment has come: a warning, a finding, or the end of a finding."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from domain.acts import Acted
from domain.acts.enforcement.audit import FindingLapsed, FindingOpened, FindingWithdrawalProposed, WarningRaised
from domain.clock import Clock
from domain.finding import Finding, finding_id
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook


class AuditDecision(Struct, frozen=True):
    """One act of the auditor about one clock, and when the clock is to be looked at next."""

    act: Acted
    next_check_at: datetime | None
    finding_id: UUID | None = None
    """The finding that it opens, which may be opened only once."""


def decide_about(
    book: Rulebook, case_id: UUID, clock: Clock, now: datetime, relied_on: Sequence[str], *, notified: bool
) -> AuditDecision | None:
    """Decide what to write about a clock that is to be looked at by now; nothing while its moment has not come.

    `relied_on` are the hashes of the entries that started and ended it, in hexadecimal; `notified` says whether its
    finding, where it has one, has been notified.
    """
    if clock.next_check_at is None or clock.next_check_at > now:
        return None
    if clock.state in {"met", "void"}:
        return _unflag(case_id, clock, None, notified=notified)
    again = None if clock.due is None else clock.due + book.margin
    if clock.state != "late" and clock.ended_seq is not None and (again is None or clock.next_check_at < again):
        # A lawful stop was written after the finding: nothing is missed as yet, and is found again if it comes to be.
        return _unflag(case_id, clock, again, notified=notified)
    if clock.due is None:
        return None
    if clock.state == "running" and clock.due + book.margin > now:
        warned = WarningRaised(rule=clock.rule, keys=clock.keys, party=clock.party, started_seq=clock.start_seq, due_at=clock.due)
        return AuditDecision(warned, clock.due + book.margin)
    opened = _opened(book, case_id, clock, clock.due, relied_on)
    return AuditDecision(opened, None, opened.finding_id)


def _opened(book: Rulebook, case_id: UUID, clock: Clock, due: datetime, relied_on: Sequence[str]) -> FindingOpened:
    return FindingOpened(
        finding_id=finding_id(case_id, clock.rule, clock.start_seq, clock.keys, clock.party),
        rule=clock.rule,
        keys=clock.keys,
        party=clock.party,
        started_seq=clock.start_seq,
        started_at=clock.started,
        due_at=due,
        ended_seq=clock.ended_seq if clock.state == "late" else None,
        provisional=clock.provisional,
        late_entry=clock.late_entry,
        assumptions=book.rules[clock.rule].assumes,
        relied_on=tuple(relied_on),
    )


def _unflag(case_id: UUID, clock: Clock, next_check_at: datetime | None, *, notified: bool) -> AuditDecision:
    about = finding_id(case_id, clock.rule, clock.start_seq, clock.keys, clock.party)
    because = clock.ended_seq or clock.start_seq
    if not notified:
        return AuditDecision(FindingLapsed(finding_id=about, because_seq=because), next_check_at)
    return AuditDecision(
        FindingWithdrawalProposed(finding_id=about, because_seq=because, reason="a lawful entry shows that nothing was missed"),
        None,
    )


def notifiable_from(book: Rulebook, opened: FindingOpened, offices: Offices) -> datetime:
    """Say from when on a finding may be notified: not before a lawful late entry can no longer come."""
    return offices.of(book, opened.party, offices.newest).due(opened.due_at, book.late_entry) or opened.due_at


def finding_of(book: Rulebook, case_id: UUID, clock: Clock, opened: FindingOpened, seq: int, at: datetime, offices: Offices) -> Finding:
    """Make the finding that an opening act begins; the judge makes the same one from the ledger.

    The opening entry is written under the edition that the clock was judged under.
    """
    office = offices.of(book, opened.party, clock.edition)
    red = office.due(opened.due_at, book.red_after)
    return Finding(
        finding_id=opened.finding_id,
        case_id=case_id,
        rule=opened.rule,
        keys=opened.keys,
        party=opened.party,
        start_seq=opened.started_seq,
        started_at=opened.started_at,
        due_at=opened.due_at,
        state="open",
        opened_seq=seq,
        opened_at=at,
        red_at=red or opened.due_at,
        also_due_at=clock.also_due,
        statutory_due_at=clock.statutory_due,
        ended_at=clock.ended_at,
        late_entry=clock.late_entry,
        provisional=opened.provisional,
    )
