"""The dossier of an interview (约谈材料): one party's findings with all that they rest on, as PDF; whether to call it in, people decide."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from litestar import get
from msgspec import field

from api.v1.documents.printed_forms import PDF, pdf_named, set_aside
from api.v1.findings.findings import FindingsChosen, chosen_of
from api.v1.findings.groups import FELL
from api.wire.answer import Answer
from api.wire.operation import ApiRequest, Operation, Query, Wire
from casework.findings.dossier import HeldFinding, delay_shares_table, finding_page, rules_table, rungs_table, spoken
from casework.findings.evidence import evidence_of
from casework.findings.lines import overrun_at
from casework.program import Context
from domain.acts.field import Code
from domain.assessment.delay_shares import delay_shares_of, office_of
from domain.case import Case
from domain.deadlines.readings import class_of
from domain.finding import Light
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.refusals import Malformed, NotAllowed, NotFound
from domain.schemes.rule import Stage
from domain.schemes.rulebook import Rulebook
from exports.printing.dossier import Dossier, print_dossier
from exports.printing.fonts import NoFont
from exports.printing.typesetting import TooMuch
from storage.cases.cases import CaseFilter, list_cases, read_cases
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledgers
from storage.findings.findings import FindingRow
from storage.findings.pages import pages, records_on
from storage.postgres.transaction import Tx
from words import sentence

MOST_FINDINGS = 100
_MOST_RUNGS = 100


class DossierQuery(Wire, frozen=True):
    """Which of the party's findings; `from` and `to` are the local days on which they fell due, both included."""

    rule: Code | None = None
    stage: Stage | None = None
    light: Light | None = None
    district: Code | None = None
    from_: date | None = field(name="from", default=None)
    to: date | None = None


_ASKED = Query[DossierQuery](DossierQuery)
READ = Operation(reply=PDF, query=_ASKED, problems=(NotAllowed, NotFound, Malformed, TooMuch, NoFont), tag="findings")


@get("/v1/dossiers/{partyId:str}", operation_id="printDossier", summary="Print a party's findings for an interview", opt=READ.opt)
async def print_of_party(request: ApiRequest) -> Answer:
    """Answer with the PDF: clauses, day counts, delay shares, objections, what was done before; without those that fell."""
    asked, party = _ASKED.of(request), request.path_params["partyId"]
    program = request.program
    context = program.context()
    book = _book(context, request.user.city, party)
    wanted = FindingsChosen(
        party=party, rule=asked.rule, stage=asked.stage, light=asked.light, district=asked.district, from_=asked.from_, to=asked.to
    )
    chosen, now = chosen_of(context, request.user, wanted), context.now
    if chosen.parties is not None and party not in chosen.parties:
        raise NotFound(sentence("{party!r} is not among the parties that you inspect.", party=party))
    async with program.reading(request.user) as tx:
        rows = [row async for page in pages(tx, chosen, "oldest") for row in page if row.finding.state not in FELL]
        _must_fit(len(rows))
        held = await _held(tx, context, rows, now)
        rungs = await _rungs(tx, book, party, rows)
    dossier = _dossier(book, party, asked, now, held, rungs)
    return pdf_named("dossier", await set_aside(program, lambda: print_dossier(dossier, program.settings.fonts)))


def _book(context: Context, city: str, party: str) -> Rulebook:
    """Find the newest plan of the city that has the party."""
    found = [book for book in context.books.values() if book.scheme.city.code == city and party in book.parties]
    if not found:
        raise NotFound(sentence("{party!r} is no party of your city's plans.", party=party))
    return max(found, key=lambda book: book.scheme.in_force_from)


def _must_fit(findings: int) -> None:
    if findings > MOST_FINDINGS:
        message = sentence(
            "The dossier would hold {findings} findings, at most {most_findings}. Choose fewer by from, to, rule, stage or light.",
            findings=findings,
            most_findings=MOST_FINDINGS,
        )
        raise TooMuch(message)


async def _held(tx: Tx, context: Context, rows: Sequence[FindingRow], now: datetime) -> list[HeldFinding]:
    ids = sorted({row.finding.case_id for row in rows})
    ledgers, cases = await read_ledgers(tx, ids), {case.case_id: case for case in await read_cases(tx, ids)}
    return [await _one(tx, context, row, cases[row.finding.case_id], ledgers[row.finding.case_id], now) for row in rows]


async def _one(tx: Tx, context: Context, row: FindingRow, case: Case, entries: Sequence[Entry], now: datetime) -> HeldFinding:
    clocks, book, finding = await read_clocks(tx, row.finding.case_id), context.book(row.scheme), row.finding
    class_ = class_of(Situation(book, entries), finding.start_seq)
    return HeldFinding(
        finding=finding,
        light=row.light,
        book=book,
        case=_called(book, case),
        overrun=overrun_at(book, context.offices, finding, now, class_),
        evidence=evidence_of(context, row, entries, clocks),
        entries=entries,
        clocks=clocks,
        delay_shares=delay_shares_of(clocks, office_of(book, context.offices), now),
    )


def _called(book: Rulebook, case: Case) -> str:
    """Call a case by its printed number, where it has one, and its id."""
    numbering = book.scheme.numbering
    if numbering is None or case.number is None:
        return str(case.case_id)
    return f"{numbering.text.format(year=case.year, number=case.number)}（{case.case_id}）"


async def _rungs(tx: Tx, book: Rulebook, party: str, rows: Sequence[FindingRow]) -> Mapping[UUID, Sequence[Entry]]:
    """Read what was opened on these findings, and every order and interview of the party before."""
    on_these = {one.case_id for those in (await records_on(tx, [row.finding.finding_id for row in rows])).values() for one in those}
    before = await list_cases(tx, CaseFilter(city=book.scheme.city.code, kind="supervision", party=party), None, _MOST_RUNGS)
    return await read_ledgers(tx, sorted(on_these | {case.case_id for case in before if case.opened_by != party}))


def _dossier(
    book: Rulebook, party: str, asked: DossierQuery, now: datetime, held: Sequence[HeldFinding], rungs: Mapping[UUID, Sequence[Entry]]
) -> Dossier:
    name, document = book.name_of(party), book.scheme.document
    return Dossier(
        title="约谈材料",
        plan=document.title,
        party=name,
        about=(
            ("单位", name),
            ("到期日", f"{asked.from_ or '最早'} 至 {asked.to or '今日'}"),
            ("违规记录", f"{len(held)} 条（已失效、免责、撤销的未列入）"),
            ("截至", spoken(now)),
        ),
        rules=rules_table(held),
        delay_shares=delay_shares_table(held, party),
        rungs=rungs_table(rungs, book),
        findings=tuple(finding_page(number, one, now) for number, one in enumerate(held, 1)),
    )
