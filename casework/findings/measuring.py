"""How far findings are past due, each in its rule's own measure; reads ledgers only where the matter's class says which that is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from domain.clock import Clock
from domain.deadlines.explain import Overrun, overrun_of
from domain.deadlines.readings import class_of, is_by_class
from domain.finding import Finding
from domain.judging.situation import Situation
from domain.offices import Offices
from domain.refusals import NotFound
from domain.schemes.rulebook import Rulebook
from storage.cases.ledger import read_ledgers
from storage.findings.findings import FindingRow
from storage.postgres.transaction import Tx
from words import sentence

Books = Mapping[str, Rulebook]


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
