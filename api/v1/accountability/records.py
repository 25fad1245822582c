"""Accountability records (责任追究) by unit, the last proposed first; they are made and changed by acts alone."""

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages, alone
from casework.access.caller import Caller
from casework.access.visibility import closed_to, is_city_wide, seen_case
from casework.accountability.views import AccountabilityShown, Found, _stands, accountability_shown, place_of, records_after
from casework.shown import Shown
from domain.refusals import Malformed, NotAllowed, NotFound
from storage.accountability.records import AccountabilityChoice, AccountabilityFilter
from storage.cases.cases import read_case
from storage.postgres.choices import filter_of
from storage.postgres.cursor import Place, decode_place, encode_place
from words import sentence


class AccountabilityPage(Shown, frozen=True):
    """Records, the last proposed first."""

    items: tuple[AccountabilityShown, ...]
    next: str | None


class AccountabilityQuery(AccountabilityChoice, frozen=True):
    """Which page of them."""

    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[AccountabilityQuery](AccountabilityQuery)
_PAGES = Pages[Found, Place](AccountabilityPage, lambda last: encode_place(place_of(last.case)), decode_place)
LIST = Operation(reply=AccountabilityPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")
READ = Operation(reply=AccountabilityShown, problems=(NotAllowed, NotFound), tag="supervision")


@get("/v1/accountability-records", operation_id="listAccountabilityRecords", summary="List accountability records", opt=LIST.opt)
async def list_accountability_records(request: ApiRequest) -> Answer:
    """Answer with a page; a unit sees the records that it takes part in: about itself once it was notified."""
    asked, context, ring = _ASKED.of(request), request.program.context(), request.program.ring
    chosen = _chosen(request.user, asked)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: records_after(tx, ring, chosen, asked.state, after, most),
        alone(lambda one: accountability_shown(context.book(one.case.scheme), one)),
    )


@get(
    "/v1/accountability-records/{caseId:uuid}",
    operation_id="readAccountabilityRecord",
    summary="Read an accountability record",
    opt=READ.opt,
)
async def read_accountability_record(request: ApiRequest) -> Answer:
    """Answer with one record, under the same rules as the list."""
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        if case.kind != "accountability":
            raise NotFound(sentence("This case is no accountability record."))
        [found] = await _stands(tx, program.ring, [case])
    return reply(accountability_shown(context.book(case.scheme), found))


def _chosen(caller: Caller, asked: AccountabilityQuery) -> AccountabilityFilter:
    party = None if is_city_wide(caller) else caller.party
    return filter_of(AccountabilityFilter, asked, city=caller.city, party=party, closed=closed_to(caller))
