"""What a list, a page and an export all say of a finding, each in its own order; reads no table."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from domain.clock import Clock, is_contested
from domain.finding import Finding, FindingState, Light
from domain.schemes.rulebook import Rulebook
from storage.findings.findings import FindingRow
from storage.findings.warnings import WarnedClock


class RuleFields(TypedDict):
    """The rule that is missed or near, with its clause, and whose it is."""

    rule: str
    title: str
    clause: str
    quote: str
    carries_out: tuple[str, ...]
    keys: dict[str, str]
    party: str
    party_name: str
    city: str
    district: str | None
    scheme: str


class FindingFields(RuleFields):
    """How a finding stands at a moment, but for its overrun, which takes counting."""

    finding_id: UUID
    case_id: UUID
    stage: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    state: FindingState
    light: Light
    contested: bool
    provisional: bool
    late_entry: bool
    withdrawal_proposed: bool
    notified_at: datetime | None
    objected_at: datetime | None
    decided_at: datetime | None


def rule_fields(book: Rulebook, row: FindingRow | WarnedClock, of: Finding | Clock) -> RuleFields:
    """Say which rule it is, of a finding or of a clock that runs."""
    rule = book.rules[of.rule]
    return {
        "rule": of.rule,
        "title": rule.title,
        "clause": rule.cites[0].clause,
        "quote": rule.cites[0].quote,
        "carries_out": rule.carries_out,
        "keys": rule.named(of.keys),
        "party": of.party,
        "party_name": book.name_of(of.party),
        "city": row.city,
        "district": row.district,
        "scheme": row.scheme,
    }


def finding_fields(book: Rulebook, row: FindingRow, now: datetime) -> FindingFields:
    """Say how a finding stands."""
    finding = row.finding
    return {
        **rule_fields(book, row, finding),
        "finding_id": finding.finding_id,
        "case_id": finding.case_id,
        "stage": row.stage,
        "started_at": finding.started_at,
        "due_at": finding.due_at,
        "ended_at": finding.ended_at,
        "state": finding.state,
        "light": row.light,
        "contested": is_contested(finding.due_at, finding.also_due_at, finding.ended_at, now),
        "provisional": finding.provisional,
        "late_entry": finding.late_entry,
        "withdrawal_proposed": finding.withdrawal_proposed,
        "notified_at": finding.notified_at,
        "objected_at": finding.objected_at,
        "decided_at": finding.decided_at,
    }
