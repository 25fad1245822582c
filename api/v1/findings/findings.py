"""The non-compliance list: one page of findings, or one with everything that an inspector needs to accuse fairly."""

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.finding_filters import FindingsChosen, chosen_of
from api.wire.operation import ApiRequest, Operation, Query
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages
from casework.access.numbering import as_told
from casework.access.visibility import is_city_wide
from casework.findings.views import FindingShown, FindingWhole, findings_shown, seen_finding, whole
from casework.recording.recording import etag
from casework.shown import Shown
from domain.refusals import Malformed, NotAllowed, NotFound
from storage.cases.cases import read_case
from storage.findings.findings import FindingRow
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
_PAGES = Pages[FindingRow, Place](
    FindingPage,
    lambda last: encode_place(Place(last.finding.due_at, last.finding.finding_id)),
    decode_place,
    about=("city", "party"),
    of_one_moment=False,
)
LIST = Operation(reply=FindingPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="findings")
READ = Operation(reply=FindingWhole, problems=(NotAllowed, NotFound), headers=("ETag",), tag="findings")


@get("/v1/findings", operation_id="listFindings", summary="List missed limits and broken standards", opt=LIST.opt)
async def list_findings(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees its own, once it has been notified."""
    asked, context, caller = _ASKED.of(request), request.program.context(), request.user
    chosen = chosen_of(context, caller, asked)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: find_findings(tx, chosen, asked.order, after, most),
        lambda tx, page: findings_shown(tx, context, page, wide=is_city_wide(caller)),
    )


@get("/v1/findings/{findingId:uuid}", operation_id="readFinding", summary="Read a finding with its evidence", opt=READ.opt)
async def read_finding(request: ApiRequest) -> Answer:
    """Answer with the finding and what it rests on."""
    context = request.program.context()
    async with request.program.reading(request.user) as tx:
        row = await seen_finding(tx, context, request.user, request.path_params["findingId"])
        shown = await whole(tx, context, request.user, row)
        case = await read_case(tx, row.finding.case_id)
        case = await as_told(tx, request.user, case) if case else None
    return reply(shown, headers={"etag": etag(case)} if case else {})
