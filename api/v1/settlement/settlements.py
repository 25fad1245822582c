"""Settlements (资金结算): half-years between districts and utilities, years' ends between city and districts; made by acts alone."""

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages, each
from casework.access.caller import Caller
from casework.access.numbering import each_as_told
from casework.access.visibility import is_city_wide
from casework.settlement.reading import place_of, seen_settlement, settlements_after
from casework.settlement.views import SettlementShown, SettlementWhole, Standing, settlement_shown, settlement_whole, waiting_of
from casework.shown import Shown
from domain.refusals import Malformed, NotAllowed, NotFound
from storage.postgres.choices import filter_of
from storage.postgres.cursor import Place, decode_place, encode_place
from storage.settlement.settlements import SettlementChoice, SettlementFilter


class SettlementPage(Shown, frozen=True):
    """Settlements, the newest first."""

    items: tuple[SettlementShown, ...]
    next: str | None


class SettlementsQuery(SettlementChoice, frozen=True):
    """Which page of them."""

    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[SettlementsQuery](SettlementsQuery)
_PAGES = Pages[Standing, Place](SettlementPage, lambda last: encode_place(place_of(last)), decode_place)
LIST = Operation(reply=SettlementPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")
READ = Operation(reply=SettlementWhole, problems=(NotAllowed, NotFound), tag="supervision")


@get("/v1/settlements", operation_id="listSettlements", summary="List half-years and years' ends and how far each is", opt=LIST.opt)
async def list_settlements(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees those that it takes part in, the city's finance office all."""
    asked, context = _ASKED.of(request), request.program.context()
    chosen = _chosen(request.user, asked)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: settlements_after(tx, context, chosen, asked.state, after, most),
        each(settlement_shown, lambda tx, page: each_as_told(tx, request.user, page)),
    )


@get("/v1/settlements/{caseId:uuid}", operation_id="readSettlement", summary="Read a settlement with its items and sums", opt=READ.opt)
async def read_settlement(request: ApiRequest) -> Answer:
    """Answer with the settlement, what it is made of, and the costs that it may still take."""
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        one = await seen_settlement(tx, context, request.user, request.path_params["caseId"])
        waiting = await waiting_of(tx, one)
    return reply(settlement_whole(one, waiting))


def _chosen(caller: Caller, asked: SettlementsQuery) -> SettlementFilter:
    """Choose within the caller's own city, and within its own part where it does not see the whole city."""
    return filter_of(SettlementFilter, asked, city=caller.city, party=None if is_city_wide(caller) else caller.party)
