"""Entries of credit files (信用档案) as they stand today, the last proposed first; they are made and changed by acts alone."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar import get
from msgspec import Meta, structs

from api.answer import Answer, reply
from api.operation import Asking, CityCode, Operation, Query, Shown, Wire
from api.paging import DEFAULT_LIMIT, After, Limit, link_to, place_after
from api.running import Running
from api.security import Caller
from api.v1.persons import masked_for
from api.v1.sight import closed_to, is_city_wide, seen_case, sees_nothing_of
from calendars import local_day
from domain.acts.credit import CatalogueItem, CreditRole, EffectiveDocument, Grade
from domain.case import Case
from domain.credit.state import Credit, CreditState, Ending, Measure, credit_of
from domain.plan.rulebook import Rulebook
from domain.refusals import Malformed, NotAllowed, NotFound
from storage.cases import read_case
from storage.credit import CreditFilter, list_credit
from storage.cursor import Place, decode_place, encode_place
from storage.ledger import read_ledgers
from storage.sealing import KeyRing
from storage.transaction import Tx

BookOf = Callable[[str], Rulebook]
"""Gives a scheme by its id."""


class ItemShown(Shown, frozen=True):
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
    item: ItemShown | None
    rests_on: BasisShown | None
    penalty: bool
    grounds: tuple[GroundShown, ...]
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
    measures: tuple[MeasureShown, ...]


class CreditPage(Shown, frozen=True):
    """Entries, the last proposed first."""

    items: tuple[CreditShown, ...]
    next: str | None


class CreditAsked(Wire, frozen=True):
    """Which entries."""

    city: CityCode | None = None
    state: Annotated[CreditState, Meta(description="As it stands today.")] | None = None
    grade: Grade | None = None
    role: CreditRole | None = None
    credit_code: Annotated[str, Meta(min_length=1, max_length=18)] | None = None
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[CreditAsked](CreditAsked)
LIST = Operation(reply=CreditPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")
READ = Operation(reply=CreditShown, problems=(NotAllowed, NotFound), tag="supervision")


@get("/v1/credit-records", operation_id="listCreditRecords", summary="List entries of credit files", opt=LIST.opt)
async def list_credit_records(request: Asking) -> Answer:
    """Answer with a page; a party sees the entries that it takes part in: about itself once it was notified."""
    asked = _ASKED.of(request)
    running: Running = request.app.state.running
    after = place_after(asked.after, decode_place)
    if sees_nothing_of(request.user, asked.city, None):
        return reply(CreditPage((), None))
    async with running.db.reading() as tx:
        cases = await list_credit(tx, _chosen(request.user, asked, local_day(running.now())), after, asked.limit + 1)
        page = cases[: asked.limit]
        items = await items_of(tx, running.ring, running.book, page, local_day(running.now()))
    cursor = encode_place(Place(items[-1].proposed_at, items[-1].case_id)) if len(cases) > len(page) else None
    return reply(CreditPage(tuple(items), cursor), headers=link_to(request, cursor))


@get("/v1/credit-records/{caseId:uuid}", operation_id="readCreditRecord", summary="Read an entry of a credit file", opt=READ.opt)
async def read_credit_record(request: Asking) -> Answer:
    """Answer with one entry, under the same rules as the list."""
    running: Running = request.app.state.running
    async with running.db.reading() as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        if case.kind != "credit":
            raise NotFound("This case is no entry of a credit file.")
        [item] = await items_of(tx, running.ring, running.book, [case], local_day(running.now()))
    return reply(item)


def _chosen(caller: Caller, asked: CreditAsked, today: date) -> CreditFilter:
    return CreditFilter(
        city=caller.city,
        today=today,
        state=asked.state,
        grade=asked.grade,
        role=asked.role,
        credit_code=asked.credit_code,
        party=None if is_city_wide(caller) else caller.party,
        closed=closed_to(caller),
    )


async def items_of(tx: Tx, ring: KeyRing, book_of: BookOf, cases: Sequence[Case], today: date) -> list[CreditShown]:
    """Show entries as they stand that day, with their persons masked."""
    ledgers = await read_ledgers(tx, [case.case_id for case in cases]) if cases else {}
    masked = [(case, await masked_for(tx, ring, None, ledgers[case.case_id])) for case in cases]
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


def _item(item: CatalogueItem | None) -> ItemShown | None:
    return None if item is None else ItemShown(*structs.astuple(item))


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
