"""Inspections of works under commitments (事中事后监管): what was looked at against the standard, and what was not met."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import get
from msgspec import Meta, field

from api.wire.answer import Answer
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages
from casework.access.caller import Caller
from casework.access.visibility import is_city_wide
from casework.commitments.reading import inspections_with_defects
from casework.commitments.views import InspectionShown
from casework.shown import CityCode, Shown
from domain.acts.enforcement.supervision import Year
from domain.acts.field import Code
from domain.ledger import Entry
from domain.refusals import Malformed, NotAllowed
from storage.commitments.commitments import CommitmentFilter
from storage.commitments.commitments import list_inspections as find_inspections
from storage.postgres.cursor import Place, decode_place, encode_place


class InspectionPage(Shown, frozen=True):
    """Inspections, the newest first."""

    items: tuple[InspectionShown, ...]
    next: str | None


class InspectionsQuery(Wire, frozen=True):
    """Which inspections; `from` and `to` are local days, both included, `year` is the commitment's."""

    city: CityCode | None = None
    utility: Code | None = None
    department: Code | None = None
    year: Year | None = None
    project: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    from_: date | None = field(name="from", default=None)
    to: date | None = None
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[InspectionsQuery](InspectionsQuery)
_PAGES = Pages[tuple[UUID, Entry], Place](InspectionPage, lambda last: encode_place(Place(last[1].occurred_at, last[0])), decode_place)
LIST = Operation(reply=InspectionPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")


@get("/v1/inspections", operation_id="listInspections", summary="List inspections of works under commitments", opt=LIST.opt)
async def list_inspections(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees those under the commitments that it takes part in."""
    asked = _ASKED.of(request)
    chosen = _chosen(request.user, asked)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: find_inspections(tx, chosen, after, most),
        lambda tx, page: inspections_with_defects(tx, [entry for _, entry in page]),
    )


def _chosen(caller: Caller, asked: InspectionsQuery) -> CommitmentFilter:
    return CommitmentFilter(
        city=caller.city,
        utility=asked.utility,
        department=asked.department,
        year=asked.year,
        party=None if is_city_wide(caller) else caller.party,
        project=asked.project,
        since=asked.from_,
        until=asked.to,
    )
