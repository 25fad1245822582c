"""The non-compliance list: one page of findings, or one with everything that an inspector needs to accuse fairly."""

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.finding_filters import FindingsChosen, chosen_of
from api.wire.operation import ApiRequest, Operation, Query
from api.wire.paging import DEFAULT_LIMIT, After, Limit, asks_elsewhere, link_to, page_of, place_after
from casework.findings.views import FindingShown, FindingWhole, findings_shown, seen_finding, whole
from casework.recording.recording import etag
from casework.shown import Shown
from domain.refusals import Malformed, NotAllowed, NotFound
from storage.cases.cases import read_case
from storage.findings.findings import list_findings as find_findings
from storage.postgres.cursor import Place, decode_place, encode_place


class FindingPage(Shown, frozen=True):
    """Findings by their due moment."""

    items: tuple[FindingShown, ...]
    next: str | None


class FindingsQuery(FindingsChosen, frozen=True):
    """Which page of them."""

    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[FindingsQuery](FindingsQuery)
LIST = Operation(reply=FindingPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="findings")
READ = Operation(reply=FindingWhole, problems=(NotAllowed, NotFound), headers=("ETag",), tag="findings")


@get("/v1/findings", operation_id="listFindings", summary="List missed limits and broken standards", opt=LIST.opt)
async def list_findings(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees its own, once it has been notified."""
    asked, context = _ASKED.of(request), request.program.context()
    after, chosen = place_after(asked.after, decode_place), chosen_of(context, request.user, asked)
    if await asks_elsewhere(request, asked.city, asked.party):
        return reply(FindingPage((), None))
    async with request.program.connection(request.user) as tx:
        found = await find_findings(tx, chosen, asked.order, after, asked.limit + 1)
        page, cursor = page_of(found, asked.limit, lambda last: encode_place(Place(last.finding.due_at, last.finding.finding_id)))
        items = await findings_shown(tx, context, request.user, page)
    return reply(FindingPage(items, cursor), headers=link_to(request, cursor))


@get("/v1/findings/{findingId:uuid}", operation_id="readFinding", summary="Read a finding with its evidence", opt=READ.opt)
async def read_finding(request: ApiRequest) -> Answer:
    """Answer with the finding and what it rests on."""
    context = request.program.context()
    async with request.program.reading(request.user) as tx:
        row = await seen_finding(tx, context, request.user, request.path_params["findingId"])
        shown = await whole(tx, context, request.user, row)
        case = await read_case(tx, row.finding.case_id)
    return reply(shown, headers={"etag": etag(case)} if case else {})
