"""A finding as one line of a list for spreadsheets, the same from the API and from the command line; decides nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from casework.findings.fields import finding_fields
from domain.clock import Clock
from domain.deadlines.explain import Overrun, overrun_of
from domain.deadlines.readings import class_of, is_by_class
from domain.finding import Finding, FindingState, Light
from domain.judging.situation import Situation
from domain.offices import Offices
from domain.refusals import NotFound
from domain.schemes.rulebook import Rulebook
from exports.spreadsheets.cells import Cell, cells_of
from storage.cases.ledger import read_ledgers
from storage.findings.findings import FindingRow
from storage.findings.pages import records_on
from storage.postgres.transaction import Tx
from words import sentence

Books = Mapping[str, Rulebook]


class FindingLine(Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """`keys` are the rule's `per` with their values; `overrun` counts in `measure`, days or seconds of the rule's own time."""

    finding_id: UUID
    case_id: UUID
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
    stage: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    """When what was missed happened after all."""
    overrun: int
    measure: str
    natural_seconds: int
    state: FindingState
    light: Light
    contested: bool
    provisional: bool
    late_entry: bool
    withdrawal_proposed: bool
    notified_at: datetime | None
    objected_at: datetime | None
    decided_at: datetime | None
    records: tuple[str, ...]
    """What rests on it, by the acts that opened it: an order, an interview, credit, accountability."""


HEADINGS: Mapping[str, str] = {
    "finding_id": "违规编号", "case_id": "办件编号", "rule": "规则", "title": "规则名称", "clause": "条款", "quote": "方案原文",
    "carries_out": "义务", "keys": "涉及单位", "party": "责任单位代码", "party_name": "责任单位", "city": "城市", "district": "辖区",
    "scheme": "方案", "stage": "环节", "started_at": "起算时间", "due_at": "到期时间", "ended_at": "实际完成时间", "overrun": "逾期",
    "measure": "逾期单位", "natural_seconds": "自然时间逾期（秒）", "state": "状态", "light": "预警等级", "contested": "有争议",
    "provisional": "暂定", "late_entry": "补录", "withdrawal_proposed": "建议撤销", "notified_at": "通知时间", "objected_at": "异议时间",
    "decided_at": "认定时间", "records": "后续处理",
}  # fmt: skip
STATES = {
    "open": "待送达", "lapsed": "已消除（补录有效）", "notified": "已送达", "objected": "有异议", "upheld": "认定成立", "excused": "免责",
    "withdrawn": "撤销", "disposed": "已处理",
}  # fmt: skip
LIGHTS = {"yellow": "黄牌", "red": "红牌"}
STAGES = {
    "application": "申请", "survey": "联合踏勘", "approval": "并联审批", "connection": "接入", "service": "服务", "supervision": "监管",
    "money": "资金",
}  # fmt: skip
MEASURES = {"days": "天", "seconds": "秒"}
RECORDS = {
    "rectification.ordered": "责令整改", "interview.called": "约谈", "interview.arranged": "约谈", "credit.proposed": "信用记录",
    "accountability.proposed": "责任追究",
}  # fmt: skip
_SAYS = {"state": STATES, "light": LIGHTS, "stage": STAGES, "measure": MEASURES}
_FLAGS = frozenset({"contested", "provisional", "late_entry", "withdrawal_proposed"})
_FIELDS = tuple(FindingLine.__struct_fields__)


def chinese_head() -> list[str]:
    return [HEADINGS[name] for name in _FIELDS]


def cells_in_chinese(line: FindingLine) -> list[Cell]:
    """Give a line as people read it; codes and moments as they are."""
    return [_said(name, cell) for name, cell in zip(_FIELDS, cells_of(line), strict=True)]


def _said(name: str, cell: Cell) -> Cell:
    if name in _FLAGS:
        return "是" if cell == "true" else ""
    if name == "records":
        return "、".join(RECORDS.get(one, one) for one in str(cell).split())
    return _SAYS[name].get(str(cell), cell) if name in _SAYS else cell


async def lines_of(
    tx: Tx, books: Books, offices: Offices, rows: Sequence[FindingRow], now: datetime, *, wide: bool
) -> Iterator[FindingLine]:
    """Make the lines of a page, as they are asked for; what rests on a finding is for those alone who see the whole city (`wide`)."""
    classes = await classes_of(tx, books, rows)
    records = await records_on(tx, [row.finding.finding_id for row in rows]) if wide else {}
    acts = {finding_id: tuple(dict.fromkeys(one.act for one in those)) for finding_id, those in records.items()}
    return (_line(books, offices, row, now, classes.get(row.finding.finding_id), acts.get(row.finding.finding_id, ())) for row in rows)


async def classes_of(tx: Tx, books: Books, rows: Sequence[FindingRow]) -> dict[UUID, str | None]:
    """Say of the findings whose limit went by the matter's class which class that was: their overrun is measured by it."""
    asked = [row for row in rows if is_by_class(book_of(books, row), row.finding.rule)]
    ledgers = await read_ledgers(tx, sorted({row.finding.case_id for row in asked})) if asked else {}
    return {
        row.finding.finding_id: class_of(Situation(books[row.scheme], ledgers[row.finding.case_id]), row.finding.start_seq) for row in asked
    }


def book_of(books: Books, row: FindingRow) -> Rulebook:
    book = books.get(row.scheme)
    if book is None:
        raise NotFound(
            sentence(
                "There are cases under the plan {scheme!r}, which is not known here: name its folder in LIANBAN_SCHEMES.", scheme=row.scheme
            )
        )
    return book


def overrun_at(book: Rulebook, offices: Offices, finding: Finding, now: datetime, class_: str | None) -> Overrun:
    """Measure how far a finding is past due, to the act or to now."""
    return overrun_of(book, _as_clock(finding, offices.newest), offices, now, class_)


def _as_clock(finding: Finding, edition: str) -> Clock:
    return Clock(
        rule=finding.rule,
        keys=finding.keys,
        party=finding.party,
        start_seq=finding.start_seq,
        started=finding.started_at,
        due=finding.due_at,
        state="late",
        edition=edition,
        ended_at=finding.ended_at,
    )


def _line(books: Books, offices: Offices, row: FindingRow, now: datetime, class_: str | None, records: tuple[str, ...]) -> FindingLine:
    book = books[row.scheme]
    past = overrun_at(book, offices, row.finding, now, class_)
    return FindingLine(
        **finding_fields(book, row, now), overrun=past.own, measure=past.measure, natural_seconds=past.natural_seconds, records=records
    )
