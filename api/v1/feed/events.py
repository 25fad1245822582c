"""The feed: what the caller's audience was told of all its cases, in an order that is its own; each event once, for good."""

from uuid import UUID

from litestar import get
from msgspec import structs

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, link_to, place_after
from casework.access.caller import Caller
from casework.cases.entries import EntryShown, entry_shown
from casework.feed.reading import FeedPage, feed_after
from casework.findings.recipients import RecipientShown, told_of
from casework.people.masking import fed_body
from casework.program import Context
from casework.shown import Shown
from domain.refusals import HistoryRestored, Malformed, NotAllowed
from storage.feed.audiences import find_audience, open_audience
from storage.feed.deriving import catch_up, is_behind
from storage.feed.feed import FedEntry, Heard, decode_heard, encode_heard
from words import sentence


class EventShown(Shown, frozen=True):
    """One entry of a ledger, where the feed told you of it."""

    id: str
    """The same for ever, by whatever way the event reaches you."""
    sequence: int
    """Counts all that you were told, without gaps."""
    prev_seq: int
    """How many events of this case you were told before; 0 says that you see the case for the first time."""
    cursor: str
    """`after` this one."""
    case_id: UUID
    kind: str
    city: str
    entry: EntryShown | None
    """Without persons: the case's ledger has them, masked. `hash` covers the entry as it is kept. None where you were told of it and
    may not see it any more."""
    recipients: tuple[RecipientShown, ...]
    """Who is told of a warning, a finding or a light; nobody of anything else."""


class EventPage(Shown, frozen=True):
    """Events in the feed's order; `next` is where to go on from, now or later."""

    items: tuple[EventShown, ...]
    next: str
    more: bool
    """Whether more was there already when this was read."""


class EventsQuery(Wire, frozen=True):
    """From where on."""

    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[EventsQuery](EventsQuery)
LIST = Operation(reply=EventPage, query=_ASKED, problems=(NotAllowed, Malformed, HistoryRestored), headers=("Link",), tag="events")


@get("/v1/events", operation_id="listEvents", summary="Follow what happens", opt=LIST.opt)
async def list_events(request: ApiRequest) -> Answer:
    """Answer with what follows a place; keep `next` and come again."""
    asked, context = _ASKED.of(request), request.program.context()
    page = await _page(request, place_after(asked.after, decode_heard), asked.limit)
    cursor = encode_heard(page.place)
    items = tuple(_shown(context, request.user, fed, page) for fed in page.events)
    return reply(EventPage(items, cursor, page.more), headers=link_to(request, cursor))


async def _page(request: ApiRequest, after: Heard | None, limit: int) -> FeedPage:
    """Read a page; where something came that nobody was told of yet, that is told first, once."""
    page = await _read(request, after, limit, is_first=True)
    if page is None:
        await catch_up(request.program.db, request.program.telling)
        page = await _read(request, after, limit, is_first=False)
    return page if page is not None else FeedPage((), frozenset(), {}, more=True, place=after or Heard(0))


async def _read(request: ApiRequest, after: Heard | None, limit: int, *, is_first: bool) -> FeedPage | None:
    caller, program = request.user, request.program
    async with program.reading(caller) as tx:
        audience = await find_audience(tx, caller.audience)
        behind = await is_behind(tx, program.telling)
        if audience is not None and not (behind and is_first):
            page = await feed_after(tx, caller, audience, _own(after, audience), limit)
            return page._replace(more=page.more or behind)
    if audience is None:
        async with program.transaction(caller) as writing:
            await open_audience(writing, caller.audience)
    return None


def _own(after: Heard | None, audience: int) -> Heard | None:
    if after is not None and after.audience != audience:
        message = sentence(
            "The cursor in `after` was given to another reader. Take it from `next` of your own page before, or begin without."
        )
        raise Malformed(message, field="after")
    return after


def _shown(context: Context, caller: Caller, fed: FedEntry, page: FeedPage) -> EventShown:
    is_withheld, standing = fed.heard.n in page.withheld, page.standings.get(fed.entry.case_id)
    entry = None if is_withheld else structs.replace(entry_shown(caller, fed.entry), body=fed_body(caller.audience, fed.entry, standing))
    recipients = () if is_withheld else told_of(context.book(fed.scheme), fed.entry.act)
    return EventShown(
        id=f"{fed.entry.case_id}/{fed.k}",
        sequence=fed.heard.n,
        prev_seq=fed.k - 1,
        cursor=encode_heard(fed.heard),
        case_id=fed.entry.case_id,
        kind=fed.kind,
        city=fed.city,
        entry=entry,
        recipients=recipients,
    )
