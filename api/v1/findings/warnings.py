"""What is warned of and not yet due, and what is overdue, by light: one list for the office's screen; it decides nothing."""

from litestar import get

from api.wire.answer import Answer
from api.wire.finding_filters import FindingsChosen, chosen_of
from api.wire.operation import ApiRequest, Operation, Query
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages
from casework.access.caller import Caller
from casework.access.visibility import is_city_wide
from casework.findings.warnings import WarningShown, rules_of, shown_of
from casework.program import Context
from casework.shown import Shown
from domain.refusals import Malformed, NotAllowed
from storage.findings.findings import FindingRow
from storage.findings.warnings import (
    WarnedClock,
    WarningChoice,
    WatchCursor,
    WatchFilter,
    decode_watch_cursor,
    encode_watch_cursor,
    list_watched,
    of_findings,
    watch_cursor_of,
)
from storage.postgres.choices import filter_of
from storage.postgres.listing import Order


class WarningPage(Shown, frozen=True):
    """Limits by their due moment."""

    items: tuple[WarningShown, ...]
    next: str | None


class WarningsQuery(WarningChoice, frozen=True):
    """Which of them; the longest overdue first, or (`newest`) what is due last."""

    order: Order = "oldest"
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[WarningsQuery](WarningsQuery)
_PAGES = Pages[WarnedClock | FindingRow, WatchCursor](
    WarningPage, lambda last: encode_watch_cursor(watch_cursor_of(last)), decode_watch_cursor, about=("city", "party"), of_one_moment=False
)
LIST = Operation(reply=WarningPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="findings")


@get("/v1/warnings", operation_id="listWarnings", summary="List limits that are near or overdue", opt=LIST.opt)
async def list_warnings(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees its own, what it missed once it has been notified."""
    asked, context = _ASKED.of(request), request.program.context()
    chosen = _chosen(context, request.user, asked)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: list_watched(tx, chosen, asked.order, after, most),
        lambda tx, page: shown_of(tx, context.books, context.offices, page, context.now),
    )


def _chosen(context: Context, caller: Caller, asked: WarningsQuery) -> WatchFilter:
    findings = chosen_of(context, caller, FindingsChosen(**of_findings(asked)))
    without = () if is_city_wide(caller) else sorted(set().union(*(book.about_findings for book in context.books.values())))
    rules = rules_of(context.books, asked.stage)
    own = {"city": caller.city, "party": findings.party}
    return filter_of(WatchFilter, asked, **own, findings=findings, rules=rules, without=tuple(without))
