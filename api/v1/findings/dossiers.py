"""The dossier of an interview (约谈材料): one party's findings with all that they rest on, as PDF; whether to call it in, people decide."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from litestar import get
from msgspec import field
from msgspec.structs import asdict

from api.wire.answer import Answer
from api.wire.finding_filters import FindingsChosen, chosen_of
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.pdf import PDF, pdf_named, set_aside
from casework.access.caller import Caller
from casework.findings.dossier import HeldFinding, delay_shares_table, finding_page, rules_table, rungs_table, spoken
from casework.findings.held import held_findings, steps_before
from casework.findings.tallies import FELL
from casework.program import Context
from domain.acts.field import Code
from domain.finding import Light
from domain.ledger import Entry
from domain.refusals import Malformed, NotAllowed, NotFound
from domain.schemes.rule import Stage
from domain.schemes.rulebook import Rulebook
from exports.printing.dossier import Dossier, print_dossier
from exports.printing.fonts import NoFont
from exports.printing.typesetting import TooMuch
from storage.findings.choices import FindingFilter
from storage.findings.pages import pages
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
    program, context = request.program, request.program.context()
    book, chosen = _book(context, request.user.city, party), _chosen(context, request.user, party, asked)
    async with program.reading(request.user) as tx:
        rows = [row async for page in pages(tx, chosen, "oldest") for row in page if row.finding.state not in FELL]
        _must_fit(len(rows))
        held, rungs = await held_findings(tx, context, rows), await steps_before(tx, book, party, rows)
    dossier = _dossier(book, party, asked, context.now, held, rungs)
    return pdf_named("dossier", await set_aside(program, lambda: print_dossier(dossier, program.settings.fonts)))


def _chosen(context: Context, caller: Caller, party: str, asked: DossierQuery) -> FindingFilter:
    chosen = chosen_of(context, caller, FindingsChosen(party=party, **asdict(asked)))
    if chosen.parties is not None and party not in chosen.parties:
        raise NotFound(sentence("{party!r} is not among the parties that you inspect.", party=party))
    return chosen


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
            ("违规记录", f"共 {len(held)} 条（已消除、免责、撤销的未计入）"),
            ("截至", spoken(now)),
        ),
        rules=rules_table(held),
        delay_shares=delay_shares_table(held, party),
        rungs=rungs_table(rungs, book),
        findings=tuple(finding_page(number, one, now) for number, one in enumerate(held, 1)),
    )
