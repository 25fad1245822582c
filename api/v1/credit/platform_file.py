"""The file for the public credit platform (公共信用平台): whole from the start, then what changed since a cursor, deletions among it."""

from typing import Annotated

from litestar import get
from msgspec import Meta

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, asks_elsewhere, link_to, place_after
from calendars import local_day
from casework.credit.platform_file import CreditLine, Part, lines_after
from casework.shown import CityCode, Shown
from domain.refusals import Malformed, NotAllowed
from storage.postgres.cursor import decode_cursor, encode_cursor


class CreditFile(Shown, frozen=True):
    """Lines in the feed's order; `next` is where to go on from, now or later."""

    items: tuple[CreditLine, ...]
    next: str | None
    more: bool
    """Whether there was more to look at when this was read."""


class ChangesQuery(Wire, frozen=True):
    """From where on, and of which part."""

    city: CityCode | None = None
    part: Annotated[Part, Meta(description="Penalties' items, or all others.")] = "others"
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[ChangesQuery](ChangesQuery)
LIST = Operation(reply=CreditFile, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")


@get(
    "/v1/credit-records/changes",
    operation_id="listCreditChanges",
    summary="Follow what the public credit platform is to show or delete",
    opt=LIST.opt,
)
async def list_credit_changes(request: ApiRequest) -> Answer:
    """Answer with what follows a place; keep `next` and come again."""
    asked, program, today = _ASKED.of(request), request.program, local_day(request.program.domain_now())
    after = place_after(asked.after, decode_cursor)
    if await asks_elsewhere(request, asked.city):
        return reply(CreditFile((), asked.after, more=False))
    async with program.reading(request.user) as tx:
        lines, place = await lines_after(tx, program.ring, request.user.city, asked.part, after, asked.limit, today)
    cursor = asked.after if place is None else encode_cursor(place)
    return reply(CreditFile(tuple(lines), cursor, more=place is not None), headers=link_to(request, cursor))
