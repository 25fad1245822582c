"""The lines of the file for the public credit platform (公共信用平台), whole or since a cursor."""

from datetime import date
from typing import Literal
from uuid import UUID

from casework.people.masking import masked_for
from casework.shown import Shown
from domain.access.audience import office_of
from domain.acts.enforcement.credit import CreditRole, Grade
from domain.credit.sharing import Told, told_by
from domain.credit.state import Credit, Ending, credit_of
from domain.ledger import Entry
from storage.cases.ledger import read_ledgers
from storage.credit.records import Change, credit_changes
from storage.people.sealing import KeyRing
from storage.postgres.cursor import Cursor, encode_cursor
from storage.postgres.transaction import Tx

Part = Literal["penalties", "others"]
"""Items of administrative penalties (行政处罚) are kept apart from all others."""


class CreditLine(Shown, frozen=True, kw_only=True):
    """One line of the file; of a deletion no more than what was shown, and why that ended."""

    cursor: str
    """`after` this one."""
    change: Told
    case_id: UUID
    how: Literal["published", "shared"]
    because: Ending | None = None
    ended_on: date | None = None
    """Of a deletion: from that day on."""
    on: date | None = None
    until: date | None = None
    """The last day."""
    subject_kind: Literal["enterprise", "person"] | None = None
    role: CreditRole | None = None
    name: str | None = None
    """A person is masked; whole it is with whoever may read the case's personal data."""
    credit_code: str | None = None
    id_number: str | None = None
    conduct: str | None = None
    facts: str | None = None
    grade: Grade | None = None
    catalogue: str | None = None
    edition: str | None = None
    item_number: str | None = None
    item_title: str | None = None
    document_kind: str | None = None
    document_number: str | None = None
    authority: str | None = None
    issued_on: date | None = None
    served_on: date | None = None


async def lines_after(
    tx: Tx, ring: KeyRing, city: str, part: Part, after: Cursor | None, limit: int, today: date
) -> tuple[list[CreditLine], Cursor | None]:
    """Read the lines behind a place, and the place behind them; no place where nothing has come since."""
    changes, place = await credit_changes(tx, city, after, limit, penalty=part == "penalties")
    ledgers = await read_ledgers(tx, sorted({change.entry.case_id for change in changes})) if changes else {}
    found = [line for change in changes for line in await _line(tx, ring, city, change, ledgers[change.entry.case_id], today)]
    return found, place if changes else None


async def _line(tx: Tx, ring: KeyRing, city: str, change: Change, ledger: list[Entry], today: date) -> list[CreditLine]:
    credit = credit_of(ledger, today)
    told = told_by(credit, change.entry.act)
    if told is None:
        return []
    if told == "delete":
        return [_deletion(credit, encode_cursor(change.cursor))]
    masked = await masked_for(tx, ring, office_of(city), ledger)
    return [_shown(credit_of(masked, today), encode_cursor(change.cursor))]


def _deletion(credit: Credit, cursor: str) -> CreditLine:
    assert credit.published is not None  # noqa: S101 -- only what was shown is in the file
    on, because = credit.ended or (None, None)
    return CreditLine(cursor=cursor, change="delete", case_id=credit.case_id, how=credit.published.how, because=because, ended_on=on)


def _shown(credit: Credit, cursor: str) -> CreditLine:
    subject, item, document, published = credit.proposed.subject, credit.item, credit.rests_on, credit.published
    assert item is not None and document is not None and published is not None  # noqa: S101, PT018 -- it is shown
    return CreditLine(
        cursor=cursor,
        change="put",
        case_id=credit.case_id,
        how=published.how,
        on=published.on,
        until=published.until,
        subject_kind=subject.kind,
        role=subject.role,
        name=subject.name,
        credit_code=subject.credit_code,
        id_number=subject.id_number,
        conduct=credit.proposed.conduct,
        facts=credit.proposed.facts,
        grade=item.grade,
        catalogue=item.catalogue,
        edition=item.edition,
        item_number=item.number,
        item_title=item.title,
        document_kind=document.kind,
        document_number=document.number,
        authority=document.authority,
        issued_on=document.issued_on,
        served_on=document.served_on,
    )
