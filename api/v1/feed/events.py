"""The feed: what happened in all cases that the caller may see, in an order that loses no late commit."""

from uuid import UUID

from litestar import get
from msgspec import structs

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, link_to, place_after
from casework.access.caller import Caller
from casework.cases.entries import EntryShown, entry_shown
from casework.feed.reading import feed_after
from casework.findings.recipients import RecipientShown, told_of
from casework.people.masking import fed_body
from casework.program import Context
from casework.shown import Shown
from domain.refusals import Malformed, NotAllowed
from storage.feed.feed import BEGINNING, FedEntry, decode_cursor, encode_cursor


class EventShown(Shown, frozen=True):
    """One entry of a ledger, with its place in the feed."""

    cursor: str
    """`after` this one."""
    case_id: UUID
    kind: str
    city: str
    entry: EntryShown
    """Without persons: the case's ledger has them, masked. `hash` covers the entry as it is kept."""
    recipients: tuple[RecipientShown, ...]
    """Who is told of a warning, a finding or a light; nobody of anything else."""


class EventPage(Shown, frozen=True):
    """Events in the feed's order; `next` is where to go on from, now or later."""

    items: tuple[EventShown, ...]
    next: str
    more: bool
    """Whether there was more to look at when this was read."""


class EventsQuery(Wire, frozen=True):
    """From where on."""

    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[EventsQuery](EventsQuery)
LIST = Operation(reply=EventPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="events")


@get("/v1/events", operation_id="listEvents", summary="Follow what happens", opt=LIST.opt)
async def list_events(request: ApiRequest) -> Answer:
    """Answer with what follows a place; keep `next` and come again."""
    asked, context = _ASKED.of(request), request.program.context()
    after = place_after(asked.after, decode_cursor)
    async with request.program.reading(request.user) as tx:
        seen, place = await feed_after(tx, request.user, after, asked.limit)
    cursor = encode_cursor(place)
    items = tuple(_shown(context, request.user, fed) for fed in seen)
    return reply(EventPage(items, cursor, place != (after or BEGINNING)), headers=link_to(request, cursor))


def _shown(context: Context, caller: Caller, fed: FedEntry) -> EventShown:
    entry = structs.replace(entry_shown(caller, fed.entry), body=fed_body(caller.audience, fed.entry))
    recipients = told_of(context.book(fed.scheme), fed.entry.act)
    return EventShown(encode_cursor(fed.cursor), fed.entry.case_id, fed.kind, fed.city, entry, recipients)
