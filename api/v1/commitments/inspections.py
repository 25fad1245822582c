"""Inspections of works under commitments (事中事后监管): what was looked at against the standard, and what was not met."""

from datetime import date
from typing import Annotated

from litestar import get
from msgspec import Meta, field
from msgspec.structs import replace

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, asks_elsewhere, link_to, page_of, place_after
from casework.access.caller import Caller
from casework.access.visibility import is_city_wide
from casework.commitments.views import InspectionShown, defect_shown, inspection_shown
from casework.shown import CityCode, Shown
from domain.acts.enforcement.supervision import DefectFound, InspectionHeld, Year
from domain.acts.field import Code
from domain.ledger import Entry
from domain.refusals import Malformed, NotAllowed
from storage.cases.ledger import read_ledgers
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
LIST = Operation(reply=InspectionPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")


@get("/v1/inspections", operation_id="listInspections", summary="List inspections of works under commitments", opt=LIST.opt)
async def list_inspections(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees those under the commitments that it takes part in."""
    asked = _ASKED.of(request)
    after, chosen = place_after(asked.after, decode_place), _chosen(request.user, asked)
    if await asks_elsewhere(request, asked.city):
        return reply(InspectionPage((), None))
    async with request.program.reading(request.user) as tx:
        found = await find_inspections(tx, chosen, after, asked.limit + 1)
        page, cursor = page_of(found, asked.limit, lambda last: encode_place(Place(last[1].occurred_at, last[0])))
        ledgers = await read_ledgers(tx, sorted({entry.case_id for _, entry in page}))
    items = tuple(_with_defects(entry, ledgers[entry.case_id]) for _, entry in page)
    return reply(InspectionPage(items, cursor), headers=link_to(request, cursor))


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


def _with_defects(entry: Entry, ledger: list[Entry]) -> InspectionShown:
    assert isinstance(entry.act, InspectionHeld)  # noqa: S101 -- the list holds nothing else
    found = [(one, one.act) for one in ledger if isinstance(one.act, DefectFound) and one.act.inspected_seq == entry.seq]
    return replace(inspection_shown(entry, entry.act), defects=tuple(defect_shown(*one) for one in found))
