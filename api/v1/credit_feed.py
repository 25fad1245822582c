"""The file for the public credit platform (公共信用平台): whole from the start, then what changed since a cursor, deletions among it."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from litestar import get
from msgspec import Meta

from api.answer import Answer, reply
from api.operation import Asking, CityCode, Operation, Query, Shown, Wire
from api.paging import DEFAULT_LIMIT, After, Limit, link_to, place_after
from api.running import Running
from api.v1.persons import masked_for
from calendars import local_day
from domain.acts.credit import CreditRole, Grade
from domain.credit.sharing import Told, told_by
from domain.credit.state import Credit, Ending, credit_of
from domain.ledger import Entry
from domain.refusals import Malformed, NotAllowed
from storage.credit import credit_changes
from storage.cursor import Cursor, decode_cursor, encode_cursor
from storage.ledger import read_ledgers
from storage.sealing import KeyRing
from storage.transaction import Tx

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


class CreditFile(Shown, frozen=True):
    """Lines in the feed's order; `next` is where to go on from, now or later."""

    items: tuple[CreditLine, ...]
    next: str | None
    more: bool
    """Whether there was more to look at when this was read."""


class ChangesAsked(Wire, frozen=True):
    """From where on, and of which part."""

    city: CityCode | None = None
    part: Annotated[Part, Meta(description="Penalties' items, or all others.")] = "others"
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[ChangesAsked](ChangesAsked)
LIST = Operation(reply=CreditFile, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")


@get(
    "/v1/credit-records/changes",
    operation_id="listCreditChanges",
    summary="Follow what the public credit platform is to show or delete",
    opt=LIST.opt,
)
async def list_credit_changes(request: Asking) -> Answer:
    """Answer with what follows a place; keep `next` and come again."""
    asked = _ASKED.of(request)
    running: Running = request.app.state.running
    after = place_after(asked.after, decode_cursor)
    if asked.city not in {None, request.user.city}:
        return reply(CreditFile((), asked.after, more=False))
    async with running.db.reading() as tx:
        lines, place = await lines_after(tx, running.ring, request.user.city, asked.part, after, asked.limit, local_day(running.now()))
    cursor = asked.after if place is None else encode_cursor(place)
    return reply(CreditFile(tuple(lines), cursor, more=place is not None), headers=link_to(request, cursor))


async def lines_after(
    tx: Tx, ring: KeyRing, city: str, part: Part, after: Cursor | None, limit: int, today: date
) -> tuple[list[CreditLine], Cursor | None]:
    """Read the lines behind a place, and the place behind them; no place where nothing has come since."""
    changes, place = await credit_changes(tx, city, after, limit, penalty=part == "penalties")
    ledgers = await read_ledgers(tx, sorted({change.entry.case_id for change in changes})) if changes else {}
    found = [
        line for change in changes for line in await _line(tx, ring, change.entry, change.cursor, ledgers[change.entry.case_id], today)
    ]
    return found, place if changes else None


async def _line(tx: Tx, ring: KeyRing, entry: Entry, cursor: Cursor, ledger: list[Entry], today: date) -> list[CreditLine]:
    credit = credit_of(ledger, today)
    told = told_by(credit, entry.act)
    if told is None:
        return []
    if told == "delete":
        return [_deletion(credit, encode_cursor(cursor))]
    masked = await masked_for(tx, ring, None, ledger)
    return [_shown(credit_of(masked, today), encode_cursor(cursor))]


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
