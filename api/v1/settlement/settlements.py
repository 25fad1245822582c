"""Settlements (资金结算): half-years between districts and utilities, years' ends between city and districts; made by acts alone."""

from typing import Annotated

from litestar import get
from msgspec import Meta

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, link_to, place_after
from casework.access.caller import Caller
from casework.access.visibility import is_city_wide, seen_case, sees_nothing_of
from casework.program import Context
from casework.settlement.views import SettlementShown, SettlementWhole, Standing, settlement_shown, settlement_whole, standing, waiting_of
from casework.shown import CityCode, Shown
from domain.acts.enforcement.supervision import Year
from domain.acts.field import Code
from domain.refusals import Malformed, NotAllowed, NotFound
from domain.settlement.state import SettlementState
from storage.cases.cases import read_case
from storage.postgres.cursor import Place, decode_place, encode_place
from storage.postgres.transaction import Tx
from storage.settlement.settlements import SettlementFilter, SettlementKind
from storage.settlement.settlements import list_settlements as find_settlements
from words import sentence


class SettlementPage(Shown, frozen=True):
    """Settlements, the newest first."""

    items: tuple[SettlementShown, ...]
    next: str | None


class SettlementsQuery(Wire, frozen=True):
    """Which settlements."""

    city: CityCode | None = None
    kind: SettlementKind | None = None
    utility: Code | None = None
    district: Code | None = None
    year: Year | None = None
    half: Annotated[int, Meta(ge=1, le=2)] | None = None
    state: Annotated[SettlementState, Meta(description="Closed are those that ended without a payment.")] | None = None
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[SettlementsQuery](SettlementsQuery)
LIST = Operation(reply=SettlementPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")
READ = Operation(reply=SettlementWhole, problems=(NotAllowed, NotFound), tag="supervision")


@get("/v1/settlements", operation_id="listSettlements", summary="List half-years and years' ends and how far each is", opt=LIST.opt)
async def list_settlements(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees those that it takes part in, the city's finance office all."""
    asked = _ASKED.of(request)
    program = request.program
    context = program.context()
    after = place_after(asked.after, decode_place)
    if sees_nothing_of(request.user, asked.city, None):
        await request.program.must_know(request.user)
        return reply(SettlementPage((), None))
    async with program.reading(request.user) as tx:
        found = await _page(tx, context, request.user, asked, after)
    page = found[: asked.limit]
    cursor = encode_place(_place(page[-1])) if len(found) > len(page) else None
    return reply(SettlementPage(tuple(map(settlement_shown, page)), cursor), headers=link_to(request, cursor))


@get("/v1/settlements/{caseId:uuid}", operation_id="readSettlement", summary="Read a settlement with its items and sums", opt=READ.opt)
async def read_settlement(request: ApiRequest) -> Answer:
    """Answer with the settlement, what it is made of, and the costs that it may still take."""
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        one = await seen_settlement(tx, context, request)
        waiting = await waiting_of(tx, one)
    return reply(settlement_whole(one, waiting))


async def seen_settlement(tx: Tx, context: Context, request: ApiRequest) -> Standing:
    """Give the settlement, or say the same of one that is hidden as of a case that is none."""
    case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
    if case.kind != "settlement":
        raise NotFound(sentence("There is no such settlement, or your party takes no part in it."))
    [one] = await standing(tx, context.book, [case])
    return one


async def _page(tx: Tx, context: Context, caller: Caller, asked: SettlementsQuery, after: Place | None) -> list[Standing]:
    """Read on until the page is full: what state a settlement is in, its ledger says."""
    found: list[Standing] = []
    wanted, chosen = asked.limit + 1, _chosen(caller, asked)
    while len(found) < wanted:
        cases = await find_settlements(tx, chosen, after, wanted)
        found += [one for one in await standing(tx, context.book, cases) if asked.state in {None, one.stands.state}]
        if len(cases) < wanted:
            break
        after = Place(cases[-1].opened_at, cases[-1].case_id)
    return found


def _chosen(caller: Caller, asked: SettlementsQuery) -> SettlementFilter:
    """Choose within the caller's own city, and within its own part where it does not see the whole city."""
    return SettlementFilter(
        city=caller.city,
        kind=asked.kind,
        utility=asked.utility,
        district=asked.district,
        year=asked.year,
        half=asked.half,
        party=None if is_city_wide(caller) else caller.party,
    )


def _place(one: Standing) -> Place:
    return Place(one.case.opened_at, one.case.case_id)
