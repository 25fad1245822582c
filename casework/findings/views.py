"""A finding as it is shown: in a list, or whole with all that it rests on and what was done about it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

from casework.access.caller import Caller
from casework.access.visibility import HIDDEN, closed_reports, inspected_by, is_city_wide
from casework.findings.evidence import Evidence, evidence_of
from casework.findings.fields import finding_fields
from casework.findings.lines import classes_of, overrun_at
from casework.findings.process import Process, process_of
from casework.findings.recipients import RecipientShown, told
from casework.program import Context
from casework.shown import Shown
from domain.assessment.delay_shares import delay_shares_of, office_of
from domain.deadlines.readings import class_of
from domain.finding import Finding, FindingState, Light
from domain.judging.situation import Situation
from domain.refusals import NotFound
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledger
from storage.findings.findings import FindingRow
from storage.findings.findings import read_finding as find_finding
from storage.findings.pages import Record, records_on
from storage.postgres.transaction import Tx

Telling = Callable[[str, Light], tuple[RecipientShown, ...]]
"""Says who is told of a party's light; of a page the same are asked for again and again."""


class OverrunShown(Shown, frozen=True):
    """How far past due, to the act or to now."""

    own: int
    measure: str
    """`days` or `seconds` of the rule's own time."""
    natural_seconds: int


class RecordShown(Shown, frozen=True):
    """A record that rests on a finding."""

    case_id: UUID
    act: str
    """What opened it: an order (`rectification.ordered`), an interview, credit, accountability."""


class FindingShown(Shown, frozen=True):
    """One missed limit or broken standard: which rule, who, since when."""

    finding_id: UUID
    case_id: UUID
    rule: str
    title: str
    clause: str
    quote: str
    carries_out: tuple[str, ...]
    keys: dict[str, str]
    """The rule's `per` with their values."""
    party: str
    party_name: str
    city: str
    district: str | None
    scheme: str
    stage: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    """When it happened after all."""
    state: FindingState
    light: Light
    contested: bool
    """The other tenable reading would have cleared it."""
    provisional: bool
    late_entry: bool
    withdrawal_proposed: bool
    notified_at: datetime | None
    objected_at: datetime | None
    decided_at: datetime | None
    records: tuple[RecordShown, ...]
    """What rests on it; for those who see the whole city."""
    overrun: OverrunShown
    told: tuple[RecipientShown, ...]
    """Who is told of the light."""


class FindingWhole(FindingShown, frozen=True):
    """A finding with its evidence, and every step of its due process."""

    evidence: Evidence
    process: Process
    delay_share_seconds: int
    """Office seconds of its case's overrun that were the party's part, whatever it missed there."""


async def whole(tx: Tx, context: Context, caller: Caller, row: FindingRow) -> FindingWhole:
    """Show a finding with all that it rests on and what was done about it."""
    entries = await read_ledger(tx, row.finding.case_id)
    clocks = await read_clocks(tx, row.finding.case_id)
    records = await records_of(tx, caller, [row])
    class_ = class_of(Situation(context.book(row.scheme), entries), row.finding.start_seq)
    shown = finding_shown(context, row, class_, records.get(row.finding.finding_id, ()), partial(told, context.book(row.scheme)))
    held = delay_shares_of(clocks, office_of(context.book(row.scheme), context.offices), context.now).of(row.finding.party)
    process = process_of(context, row, entries, clocks)
    return FindingWhole(**shown, evidence=evidence_of(context, row, entries, clocks), process=process, delay_share_seconds=held)


async def seen_finding(tx: Tx, context: Context, caller: Caller, finding_id: UUID) -> FindingRow:
    """Give the finding, or say the same of one that is hidden as of one that is not there."""
    row = await find_finding(tx, finding_id)
    if row is None or not _sees(context, caller, row) or await closed_reports(tx, caller, [row.finding.case_id]):
        raise NotFound(HIDDEN)
    return row


def _sees(context: Context, caller: Caller, row: FindingRow) -> bool:
    if row.city != caller.city or not is_city_wide(caller):
        return row.city == caller.city and _is_own(caller, row.finding)
    inspected = inspected_by(context, caller)
    return inspected is None or row.finding.party in inspected


async def records_of(tx: Tx, caller: Caller, rows: Sequence[FindingRow]) -> dict[UUID, tuple[Record, ...]]:
    """Say what rests on the findings; a party is told by each record's own notice, and the office at once."""
    return await records_on(tx, [row.finding.finding_id for row in rows]) if is_city_wide(caller) else {}


def _is_own(caller: Caller, finding: Finding) -> bool:
    return finding.party == caller.party and finding.notified_at is not None


def finding_shown(context: Context, row: FindingRow, class_: str | None, records: Sequence[Record], telling: Telling) -> dict[str, Any]:
    finding, book = row.finding, context.book(row.scheme)
    past = overrun_at(book, context.offices, finding, context.now, class_)
    shown: dict[str, Any] = finding_fields(book, row, context.now)  # type: ignore[assignment]  # its own copy, which gets more
    shown["records"] = tuple(RecordShown(one.case_id, one.act) for one in records)
    shown["overrun"] = OverrunShown(past.own, past.measure, past.natural_seconds)
    shown["told"] = telling(finding.party, row.light)
    return shown


async def findings_shown(tx: Tx, context: Context, caller: Caller, rows: Sequence[FindingRow]) -> tuple[FindingShown, ...]:
    """Show the findings of a page."""
    classes, records = await classes_of(tx, context.books, rows), await records_of(tx, caller, rows)
    telling = {scheme: cache(partial(told, context.book(scheme))) for scheme in {row.scheme for row in rows}}
    each = ((row, classes.get(row.finding.finding_id), records.get(row.finding.finding_id, ())) for row in rows)
    return tuple(FindingShown(**finding_shown(context, row, class_, those, telling[row.scheme])) for row, class_, those in each)
