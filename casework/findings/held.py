"""What an interview's dossier holds of a party: its findings with all that they rest on, and the steps that were taken before."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from casework.findings.dossier import HeldFinding
from casework.findings.evidence import evidence_of
from casework.findings.measuring import overrun_at
from casework.program import Context
from domain.assessment.delay_shares import delay_shares_of, office_of
from domain.case import Case
from domain.deadlines.readings import class_of
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.schemes.rulebook import Rulebook
from storage.cases.cases import CaseFilter, list_cases, read_cases
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledgers
from storage.findings.findings import FindingRow
from storage.findings.pages import records_on
from storage.postgres.transaction import Tx

_MOST_RUNGS = 100


async def held_findings(tx: Tx, context: Context, rows: Sequence[FindingRow]) -> list[HeldFinding]:
    """Gather what a dossier says of each finding: its case, its clocks, and all that it rests on."""
    ids = sorted({row.finding.case_id for row in rows})
    ledgers, cases = await read_ledgers(tx, ids), {case.case_id: case for case in await read_cases(tx, ids)}
    return [await _one(tx, context, row, cases[row.finding.case_id], ledgers[row.finding.case_id]) for row in rows]


async def _one(tx: Tx, context: Context, row: FindingRow, case: Case, entries: Sequence[Entry]) -> HeldFinding:
    clocks, book, finding = await read_clocks(tx, row.finding.case_id), context.book(row.scheme), row.finding
    class_ = class_of(Situation(book, entries), finding.start_seq)
    return HeldFinding(
        finding=finding,
        light=row.light,
        book=book,
        case=_called(book, case),
        overrun=overrun_at(book, context.offices, finding, context.now, class_),
        evidence=evidence_of(context, row, entries, clocks),
        entries=entries,
        clocks=clocks,
        delay_shares=delay_shares_of(clocks, office_of(book, context.offices), context.now),
    )


def _called(book: Rulebook, case: Case) -> str:
    """Call a case by its printed number, where it has one, and its id."""
    numbering = book.scheme.numbering
    if numbering is None or case.number is None:
        return str(case.case_id)
    return f"{numbering.text.format(year=case.year, number=case.number)}（{case.case_id}）"


async def steps_before(tx: Tx, book: Rulebook, party: str, rows: Sequence[FindingRow]) -> Mapping[UUID, Sequence[Entry]]:
    """Read what was opened on these findings, and every order and interview of the party before."""
    on_these = {one.case_id for those in (await records_on(tx, [row.finding.finding_id for row in rows])).values() for one in those}
    before = await list_cases(tx, CaseFilter(city=book.scheme.city.code, kind="supervision", party=party), None, _MOST_RUNGS)
    return await read_ledgers(tx, sorted(on_these | {case.case_id for case in before if case.opened_by != party}))
