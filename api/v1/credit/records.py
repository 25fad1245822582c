"""Entries of credit files (信用档案) as they stand today, the last proposed first; they are made and changed by acts alone."""

from datetime import date

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages
from calendars import local_day
from casework.access.caller import Caller
from casework.access.visibility import closed_to, is_city_wide, seen_case
from casework.credit.views import CreditShown, items_of
from casework.shown import Shown
from domain.case import Case
from domain.refusals import Malformed, NotAllowed, NotFound
from storage.cases.cases import read_case
from storage.credit.records import CreditChoice, CreditFilter, list_credit
from storage.postgres.choices import filter_of
from storage.postgres.cursor import Place, decode_place, encode_place
from words import sentence


class CreditPage(Shown, frozen=True):
    """Entries, the last proposed first."""

    items: tuple[CreditShown, ...]
    next: str | None


class CreditQuery(CreditChoice, frozen=True):
    """Which page of them."""

    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[CreditQuery](CreditQuery)
_PAGES = Pages[Case, Place](CreditPage, lambda last: encode_place(Place(last.opened_at, last.case_id)), decode_place)
LIST = Operation(reply=CreditPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")
READ = Operation(reply=CreditShown, problems=(NotAllowed, NotFound), tag="supervision")


@get("/v1/credit-records", operation_id="listCreditRecords", summary="List entries of credit files", opt=LIST.opt)
async def list_credit_records(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees the entries that it takes part in: about itself once it was notified."""
    asked, context, ring = _ASKED.of(request), request.program.context(), request.program.ring
    chosen = _chosen(request.user, asked, local_day(context.now))
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: list_credit(tx, chosen, after, most),
        lambda tx, page: items_of(tx, ring, context.book, page, chosen.today),
    )


@get("/v1/credit-records/{caseId:uuid}", operation_id="readCreditRecord", summary="Read an entry of a credit file", opt=READ.opt)
async def read_credit_record(request: ApiRequest) -> Answer:
    """Answer with one entry, under the same rules as the list."""
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        if case.kind != "credit":
            raise NotFound(sentence("This case is no entry of a credit file."))
        [item] = await items_of(tx, program.ring, context.book, [case], local_day(context.now))
    return reply(item)


def _chosen(caller: Caller, asked: CreditQuery, today: date) -> CreditFilter:
    party = None if is_city_wide(caller) else caller.party
    return filter_of(CreditFilter, asked, city=caller.city, today=today, party=party, closed=closed_to(caller))
