"""The non-compliance list: one page of findings, or one with everything that an inspector needs to accuse fairly."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from litestar import get
from msgspec import field

from api.wire.answer import Answer, reply
from api.wire.date_ranges import beginning, end
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, link_to, place_after
from casework.access.caller import Caller
from casework.access.visibility import HIDDEN, closed_reports, closed_to, inspected_by, is_city_wide, sees_nothing_of
from casework.findings.evidence import Evidence, evidence_of
from casework.findings.lines import classes_of, overrun_at
from casework.findings.process import Process, process_of
from casework.findings.recipients import RecipientShown, told
from casework.program import Context
from casework.recording.recording import etag
from casework.shown import CityCode, Shown
from domain.acts.field import Code
from domain.assessment.delay_shares import delay_shares_of, office_of
from domain.clock import is_contested
from domain.deadlines.readings import class_of
from domain.finding import Finding, FindingState, Light
from domain.judging.situation import Situation
from domain.refusals import Malformed, NotAllowed, NotFound
from domain.schemes.rule import Stage
from storage.cases.cases import read_case
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledger
from storage.findings.findings import FindingFilter, FindingRow
from storage.findings.findings import list_findings as find_findings
from storage.findings.findings import read_finding as find_finding
from storage.findings.pages import Record, records_on
from storage.postgres.cursor import Place, decode_place, encode_place
from storage.postgres.listing import Order
from storage.postgres.transaction import Tx


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


class FindingPage(Shown, frozen=True):
    """Findings by their due moment."""

    items: tuple[FindingShown, ...]
    next: str | None


class FindingWhole(FindingShown, frozen=True):
    """A finding with its evidence, and every step of its due process."""

    evidence: Evidence
    process: Process
    baton_seconds: int
    """Office seconds of its case's overrun that were the party's part, whatever it missed there."""


class FindingsChosen(Wire, frozen=True):
    """Which findings; `from` and `to` are the local days on which they fell due, both included."""

    city: CityCode | None = None
    district: Code | None = None
    party: Code | None = None
    rule: Code | None = None
    stage: Stage | None = None
    state: FindingState | None = None
    light: Light | None = None
    """The severity: yellow when missed, red by the overrun."""
    from_: date | None = field(name="from", default=None)
    to: date | None = None
    order: Order = "newest"


class FindingsQuery(FindingsChosen, frozen=True):
    """Which page of them."""

    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[FindingsQuery](FindingsQuery)
LIST = Operation(reply=FindingPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="findings")
READ = Operation(reply=FindingWhole, problems=(NotAllowed, NotFound), headers=("ETag",), tag="findings")


@get("/v1/findings", operation_id="listFindings", summary="List missed limits and broken standards", opt=LIST.opt)
async def list_findings(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees its own, once it has been notified."""
    asked = _ASKED.of(request)
    program = request.program
    context = program.context()
    after = place_after(asked.after, decode_place)
    chosen = chosen_of(context, request.user, asked)
    if sees_nothing_of(request.user, asked.city, asked.party):
        await request.program.must_know(request.user)
        return reply(FindingPage((), None))
    async with program.connection(request.user) as tx:
        found = await find_findings(tx, chosen, asked.order, after, asked.limit + 1)
        classes = await classes_of(tx, context.books, found)
        records = await _records(tx, request.user, found)
    page, now = found[: asked.limit], context.now
    cursor = encode_place(Place(page[-1].finding.due_at, page[-1].finding.finding_id)) if len(found) > len(page) else None
    rows = ((row, classes.get(row.finding.finding_id), records.get(row.finding.finding_id, ())) for row in page)
    items = tuple(FindingShown(**_shown(context, row, now, class_, those)) for row, class_, those in rows)
    return reply(FindingPage(items, cursor), headers=link_to(request, cursor))


@get("/v1/findings/{findingId:uuid}", operation_id="readFinding", summary="Read a finding with its evidence", opt=READ.opt)
async def read_finding(request: ApiRequest) -> Answer:
    """Answer with the finding and what it rests on."""
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        row = await seen_finding(tx, context, request.user, request.path_params["findingId"])
        shown = await whole(tx, context, request.user, row)
        case = await read_case(tx, row.finding.case_id)
    return reply(shown, headers={"etag": etag(case)} if case else {})


async def whole(tx: Tx, context: Context, caller: Caller, row: FindingRow) -> FindingWhole:
    """Show a finding with all that it rests on and what was done about it."""
    entries = await read_ledger(tx, row.finding.case_id)
    clocks = await read_clocks(tx, row.finding.case_id)
    records = await _records(tx, caller, [row])
    class_ = class_of(Situation(context.book(row.scheme), entries), row.finding.start_seq)
    shown = _shown(context, row, context.now, class_, records.get(row.finding.finding_id, ()))
    held = delay_shares_of(clocks, office_of(context.book(row.scheme), context.offices), context.now).of(row.finding.party)
    process = process_of(context, row, entries, clocks)
    return FindingWhole(**shown, evidence=evidence_of(context, row, entries, clocks), process=process, baton_seconds=held)


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


async def _records(tx: Tx, caller: Caller, rows: Sequence[FindingRow]) -> dict[UUID, tuple[Record, ...]]:
    """Say what rests on the findings; a party is told by each record's own notice, and the office at once."""
    return await records_on(tx, [row.finding.finding_id for row in rows]) if is_city_wide(caller) else {}


def _is_own(caller: Caller, finding: Finding) -> bool:
    return finding.party == caller.party and finding.notified_at is not None


def chosen_of(context: Context, caller: Caller, asked: FindingsChosen) -> FindingFilter:
    """Choose what is asked for among what is the caller's to see."""
    wide = is_city_wide(caller)
    return FindingFilter(
        city=caller.city,
        district=asked.district,
        party=asked.party if wide else caller.party,
        parties=inspected_by(context, caller),
        rule=asked.rule,
        stage=asked.stage,
        state=asked.state,
        light=asked.light,
        due_from=beginning(asked.from_, "from"),
        due_before=end(asked.to, "to"),
        notified=not wide,
        closed=closed_to(caller),
    )


def _shown(context: Context, row: FindingRow, now: datetime, class_: str | None, records: Sequence[Record] = ()) -> dict[str, Any]:
    finding, book = row.finding, context.book(row.scheme)
    rule = book.rules[finding.rule]
    past = overrun_at(book, context.offices, finding, now, class_)
    return {
        "finding_id": finding.finding_id,
        "case_id": finding.case_id,
        "rule": finding.rule,
        "title": rule.title,
        "clause": rule.cites[0].clause,
        "quote": rule.cites[0].quote,
        "carries_out": rule.carries_out,
        "keys": rule.named(finding.keys),
        "party": finding.party,
        "party_name": book.name_of(finding.party),
        "city": row.city,
        "district": row.district,
        "scheme": row.scheme,
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
        "records": tuple(RecordShown(one.case_id, one.act) for one in records),
        "overrun": OverrunShown(past.own, past.measure, past.natural_seconds),
        "told": told(book, finding.party, row.light),
    }
