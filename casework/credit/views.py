"""Entries of credit files as they are shown."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import structs

from casework.people.masking import masked_for
from casework.shown import Shown
from domain.access.audience import office_of
from domain.acts.enforcement.credit import CatalogueItem, CreditRole, EffectiveDocument, Grade
from domain.case import Case
from domain.credit.state import Credit, CreditState, Ending, Measure, credit_of
from domain.schemes.rulebook import Rulebook
from exports.spreadsheets.columns import Column, Columns
from storage.cases.ledger import read_ledgers
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Tx

BookOf = Callable[[str], Rulebook]
"""Gives a scheme by its id."""


class CatalogueItemShown(Shown, frozen=True):
    """The catalogue item, and the words of its standard that give the grade."""

    catalogue: Literal["national", "local"]
    edition: str
    number: str
    title: str
    grade: Grade
    standard: str
    published: bool
    shared: bool


class BasisShown(Shown, frozen=True):
    """The document that has taken effect."""

    kind: str
    number: str
    authority: str
    issued_on: date
    served_on: date
    document: UUID | None


class GroundShown(Shown, frozen=True):
    """A finding under the record."""

    finding_id: UUID
    case_id: UUID
    fell: bool
    """It was withdrawn or excused since."""


class MeasureShown(Shown, frozen=True):
    """A joint measure, as the department with power entered it."""

    seq: int
    department: str
    department_name: str
    measures_list: str
    number: str
    law: str
    text: str
    on: date
    until: date | None
    ended_on: date | None
    in_force: bool


STANDING = Column(name="findings", of=lambda record: tuple(str(one.finding_id) for one in record.grounds if not one.fell))
"""Of a record's grounds, in a sheet: the findings that stand."""


def _grade(record: "CreditShown") -> Grade | None:
    return None if record.item is None else record.item.grade


def _in_catalogue(record: "CreditShown") -> str | None:
    item = record.item
    return None if item is None else f"{item.edition} {item.number} {item.title}"


def _document(record: "CreditShown") -> str | None:
    return None if record.rests_on is None else f"{record.rests_on.kind} {record.rests_on.number}"


def _measures(record: "CreditShown") -> tuple[str, ...]:
    """Name those in force."""
    return tuple(f"{one.department} {one.measures_list} {one.number}" for one in record.measures if one.in_force)


class CreditShown(Shown, frozen=True):
    """One entry of a credit file; a person is masked."""

    case_id: UUID
    city: str
    scheme: str
    state: CreditState
    subject_kind: Literal["enterprise", "person"]
    role: CreditRole
    name: str
    credit_code: str | None
    id_number: str | None
    party: str | None
    conduct: Literal["commitment-not-honoured", "falsification"]
    facts: str
    proposed_by: str
    proposed_at: datetime
    clause: str
    """Of the plan."""
    assumes: str | None
    """The plan's assumption that the window and the time for a statement rest on."""
    item: Annotated[CatalogueItemShown | None, Column(name="grade", of=_grade), Column(of=_in_catalogue)]
    rests_on: Annotated[BasisShown | None, Column(name="document", of=_document)]
    penalty: bool
    grounds: Annotated[tuple[GroundShown, ...], STANDING]
    served_at: datetime | None
    statement_until: datetime | None
    heard_at: datetime | None
    statement: str | None
    outcome: Literal["entered", "refused"] | None
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None
    how: Literal["published", "shared"] | None
    on: date | None
    until: date | None
    ended_on: date | None
    """Repaired, expired or withdrawn: from that day on it is neither shown nor used."""
    ended_because: Ending | None
    measures: Annotated[tuple[MeasureShown, ...], Column(of=_measures)]


COLUMNS = Columns(CreditShown)
"""A field of it stands in the list, in every sheet and in the command; what is written beside it says how."""


async def items_of(tx: Tx, ring: KeyRing, book_of: BookOf, cases: Sequence[Case], today: date) -> list[CreditShown]:
    """Show entries as they stand that day, with their persons masked."""
    ledgers = await read_ledgers(tx, [case.case_id for case in cases]) if cases else {}
    masked = [(case, await masked_for(tx, ring, office_of(case.city), ledgers[case.case_id])) for case in cases]
    return [credit_shown(book_of(case.scheme), case, credit_of(ledger, today), today) for case, ledger in masked]


def credit_shown(book: Rulebook, case: Case, credit: Credit, today: date) -> CreditShown:
    """Show an entry whose person is masked already."""
    proposed, subject, terms = credit.proposed, credit.proposed.subject, book.scheme.credit
    assert terms is not None  # noqa: S101 -- under a plan without credit files no such case opens
    notified, heard, decided, published = credit.notified, credit.heard, credit.decided, credit.published
    return CreditShown(
        case_id=case.case_id,
        city=case.city,
        scheme=case.scheme,
        state=credit.state,
        subject_kind=subject.kind,
        role=subject.role,
        name=subject.name,
        credit_code=subject.credit_code,
        id_number=subject.id_number,
        party=proposed.party,
        conduct=proposed.conduct,
        facts=proposed.facts,
        proposed_by=proposed.by,
        proposed_at=credit.proposed_at,
        clause=terms.cite.clause,
        assumes=terms.assumes,
        item=_item(credit.item),
        rests_on=_basis(credit.rests_on),
        penalty=credit.penalty,
        grounds=tuple(GroundShown(one.finding_id, one.case_id, one.finding_id in credit.fallen) for one in proposed.grounds),
        served_at=notified.served_at if notified else None,
        statement_until=notified.statement_until if notified else None,
        heard_at=credit.heard_at,
        statement=heard.statement if heard else None,
        outcome=decided.outcome if decided else None,
        decided_at=credit.decided_at,
        decided_by=decided.by if decided else None,
        reason=decided.reason if decided else None,
        how=published.how if published else None,
        on=published.on if published else None,
        until=published.until if published else None,
        ended_on=credit.ended and credit.ended[0],
        ended_because=credit.ended and credit.ended[1],
        measures=tuple(_measure(book, credit, one, today) for one in credit.measures),
    )


def _item(item: CatalogueItem | None) -> CatalogueItemShown | None:
    return None if item is None else CatalogueItemShown(*structs.astuple(item))


def _basis(document: EffectiveDocument | None) -> BasisShown | None:
    return None if document is None else BasisShown(*structs.astuple(document))


def _measure(book: Rulebook, credit: Credit, one: Measure, today: date) -> MeasureShown:
    act = one.act
    return MeasureShown(
        seq=one.seq,
        department=act.department,
        department_name=book.name_of(act.department),
        measures_list=act.measures_list,
        number=act.number,
        law=act.law,
        text=act.text,
        on=act.on,
        until=act.until,
        ended_on=one.ended_on,
        in_force=one in credit.measures_on(today),
    )
