"""A finding as it is shown: in a list, or whole with all that it rests on and what was done about it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Annotated
from uuid import UUID

from casework.access.caller import Caller
from casework.access.visibility import HIDDEN, closed_reports, inspected_by, is_city_wide
from casework.findings.evidence import Evidence, evidence_of
from casework.findings.fields import LimitFields, limit_fields
from casework.findings.measuring import classes_of, overrun_at
from casework.findings.process import Process, process_of
from casework.findings.recipients import RecipientShown, told
from casework.findings.titles import LIGHTS, MEASURES, RECORDS, STATES
from casework.program import Context
from casework.shown import Shown
from domain.assessment.delay_shares import delay_shares_of, office_of
from domain.clock import is_contested
from domain.deadlines.readings import class_of
from domain.finding import Finding, FindingState, Light
from domain.judging.situation import Situation
from domain.refusals import NotFound
from exports.spreadsheets.columns import Apart, Column, Columns
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledger
from storage.findings.findings import FindingRow
from storage.findings.findings import read_finding as find_finding
from storage.findings.pages import Record, records_on
from storage.postgres.transaction import Tx

Telling = Callable[[str, Light], tuple[RecipientShown, ...]]
"""Says who is told of a party's light; of a page the same are asked for again and again."""


class OverrunShown(Shown, frozen=True, gc=False):
    """How far past due, to the act or to now."""

    own: Annotated[int, Column("逾期")]
    measure: Annotated[str, Column("逾期单位", MEASURES)]
    """`days` or `seconds` of the rule's own time."""
    natural_seconds: Annotated[int, Column("自然时间逾期（秒）")]


class RecordShown(Shown, frozen=True, gc=False):
    """A record that rests on a finding."""

    case_id: UUID
    act: str
    """What opened it: an order (`rectification.ordered`), an interview, credit, accountability."""


def _acts(shown: "FindingShown") -> tuple[str, ...]:
    """Name what was opened on a finding, each kind once."""
    return tuple(dict.fromkeys([one.act for one in shown.records])) if shown.records else ()


class FindingShown(LimitFields, frozen=True, gc=False):
    """One missed limit or broken standard: which rule, who, since when."""

    finding_id: Annotated[UUID, Column("违规编号")]
    ended_at: Annotated[datetime | None, Column("实际完成时间")]
    """When it happened after all."""
    overrun: OverrunShown
    state: Annotated[FindingState, Column("状态", STATES)]
    light: Annotated[Light, Column("预警等级", LIGHTS)]
    contested: Annotated[bool, Column("有争议")]
    """The other tenable reading would have cleared it."""
    provisional: Annotated[bool, Column("暂定")]
    late_entry: Annotated[bool, Column("补录")]
    withdrawal_proposed: Annotated[bool, Column("建议撤销")]
    notified_at: Annotated[datetime | None, Column("通知时间")]
    objected_at: Annotated[datetime | None, Column("异议时间")]
    decided_at: Annotated[datetime | None, Column("认定时间")]
    records: Annotated[tuple[RecordShown, ...], Column("后续处理", RECORDS, of=_acts)]
    """What rests on it; for those who see the whole city."""
    told: Annotated[tuple[RecipientShown, ...], Apart("the light says it")]
    """Who is told of the light."""


COLUMNS = Columns(FindingShown)
"""A field of it stands in the list, in every sheet and in the command; what is written beside it says how."""


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
    records = await records_of(tx, [row], wide=is_city_wide(caller))
    book = context.book(row.scheme)
    class_ = class_of(Situation(book, entries), row.finding.start_seq)
    shown = finding_shown(context, row, class_, records.get(row.finding.finding_id, ()), partial(told, book))
    held = delay_shares_of(clocks, office_of(book, context.offices), context.now).of(row.finding.party)
    return FindingWhole(
        **{name: getattr(shown, name) for name in FindingShown.__struct_fields__},
        evidence=evidence_of(context, row, entries, clocks),
        process=process_of(context, row, entries, clocks),
        delay_share_seconds=held,
    )


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


async def records_of(tx: Tx, rows: Sequence[FindingRow], *, wide: bool) -> dict[UUID, tuple[Record, ...]]:
    """Say what rests on the findings; a party is told by each record's own notice, and who sees the whole city (`wide`) at once."""
    return await records_on(tx, [row.finding.finding_id for row in rows]) if wide else {}


def _is_own(caller: Caller, finding: Finding) -> bool:
    return finding.party == caller.party and finding.notified_at is not None


def finding_shown(context: Context, row: FindingRow, class_: str | None, records: Sequence[Record], telling: Telling) -> FindingShown:
    """Say how a finding stands at a moment."""
    finding, book = row.finding, context.book(row.scheme)
    past = overrun_at(book, context.offices, finding, context.now, class_)
    return FindingShown(
        **limit_fields(book, row, finding),
        finding_id=finding.finding_id,
        case_id=finding.case_id,
        stage=row.stage,
        started_at=finding.started_at,
        due_at=finding.due_at,
        ended_at=finding.ended_at,
        overrun=OverrunShown(past.own, past.measure, past.natural_seconds),
        state=finding.state,
        light=row.light,
        contested=is_contested(finding.due_at, finding.also_due_at, finding.ended_at, context.now),
        provisional=finding.provisional,
        late_entry=finding.late_entry,
        withdrawal_proposed=finding.withdrawal_proposed,
        notified_at=finding.notified_at,
        objected_at=finding.objected_at,
        decided_at=finding.decided_at,
        records=tuple([RecordShown(one.case_id, one.act) for one in records]),
        told=telling(finding.party, row.light),
    )


async def findings_shown(tx: Tx, context: Context, rows: Sequence[FindingRow], *, wide: bool) -> Iterator[FindingShown]:
    """Show the findings of a page, one by one as they are asked for; what rests on them is for those who see the whole city (`wide`)."""
    classes, records = await classes_of(tx, context.books, rows), await records_of(tx, rows, wide=wide)
    telling = {scheme: cache(partial(told, context.book(scheme))) for scheme in {row.scheme for row in rows}}
    each = ((row, classes.get(row.finding.finding_id), records.get(row.finding.finding_id, ())) for row in rows)
    return (finding_shown(context, row, class_, those, telling[row.scheme]) for row, class_, those in each)
