"""Cases: opened by their first act, found, and read with their deadlines; a case is changed by acts alone."""

from functools import partial
from typing import Annotated, Literal

from litestar import get
from msgspec import Meta

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages, each
from casework.access.caller import Caller
from casework.access.numbering import all_as_told
from casework.access.visibility import closed_to, is_city_wide, seen_as_told
from casework.cases.views import CaseBrief, CaseShown, case_brief, case_shown
from casework.program import Context
from casework.recording.recording import etag
from casework.shown import CityCode, Shown
from domain.access.visibility import FOR_PORTALS
from domain.acts.field import Code
from domain.acts.kinds import CaseKind
from domain.case import Case, CaseState
from domain.intake.identifiers import one_writing
from domain.refusals import Malformed, NotAllowed, NotFound
from storage.cases.cases import CaseFilter
from storage.cases.cases import list_cases as find_cases
from storage.cases.clocks import read_clocks
from storage.postgres.cursor import Place, decode_place, encode_place
from words import sentence


class CasePage(Shown, frozen=True):
    """Cases, the newest first."""

    items: tuple[CaseBrief, ...]
    next: str | None


class CasesQuery(Wire, frozen=True):
    """Which cases."""

    city: CityCode | None = None
    district: Code | None = None
    kind: CaseKind | None = None
    state: CaseState | None = None
    party: Code | None = None
    subject: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    year: Annotated[int, Meta(ge=2000, le=2100)] | None = None
    """Of the number; of the opening, while there is none."""
    number: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None
    """The running number of its year, as on the form: 7 of `2026 年 (7) 号`; with `year`."""
    business_environment: Literal["true", "false"] | None = None
    """Of complaints: whether they touch the business environment (涉及营商环境)."""
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[CasesQuery](CasesQuery)
_PAGES = Pages[Case, Place](
    CasePage, lambda last: encode_place(Place(last.opened_at, last.case_id)), decode_place, about=("city", "party"), of_one_moment=False
)
LIST = Operation(reply=CasePage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="cases")
READ = Operation(reply=CaseShown, problems=(NotAllowed, NotFound), headers=("ETag",), tag="cases")


@get("/v1/cases", operation_id="listCases", summary="Find cases, the newest first", opt=LIST.opt)
async def list_cases(request: ApiRequest) -> Answer:
    """Answer with a page of what the caller may see."""
    asked, context = _ASKED.of(request), request.program.context()
    chosen = _chosen(context, request.user, asked)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: find_cases(tx, chosen, after, most),
        each(partial(case_brief, context), lambda tx, page: all_as_told(tx, request.user, page)),
    )


def _chosen(context: Context, caller: Caller, asked: CasesQuery) -> CaseFilter:
    if asked.number is not None and asked.year is None:
        raise Malformed(sentence("A number runs within its year: give the year too, as the form prints both."), field="year")
    return CaseFilter(
        city=caller.city,
        district=asked.district,
        kind=asked.kind,
        kinds=tuple(sorted(FOR_PORTALS)) if caller.role == "portal" else None,
        state=asked.state,
        party=asked.party if is_city_wide(caller) else caller.party,
        subject=asked.subject and (one_writing(asked.subject) or asked.subject),
        schemes=None if asked.number is None else _schemes_of(context, caller.city),
        year=asked.year,
        number=asked.number,
        business_environment=None if asked.business_environment is None else asked.business_environment == "true",
        closed=closed_to(caller),
    )


@get("/v1/cases/{caseId:uuid}", operation_id="readCase", summary="Read a case with its deadlines", opt=READ.opt)
async def read_one(request: ApiRequest) -> Answer:
    """Answer with the case as it stands."""
    program = request.program
    context = program.context()
    async with program.connection(request.user) as tx:
        case = await seen_as_told(tx, request.user, request.path_params["caseId"])
        clocks = await read_clocks(tx, case.case_id)
    return reply(case_shown(context, case, clocks, request.user), headers={"etag": etag(case)})


def _schemes_of(context: Context, city: str) -> tuple[str, ...]:
    """Name the city's plans: numbers are looked up by plan and year."""
    return tuple(book.id for book in context.books.values() if book.scheme.city.code == city)
