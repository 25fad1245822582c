"""The feed: what happened in all cases that the caller may see, in an order that loses no late commit."""

from uuid import UUID

from litestar import get
from msgspec import structs

from api.v1.cases.acts import EntryShown, entry_shown
from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, link_to, place_after
from casework.access.caller import Caller
from casework.access.visibility import NEVER_FOR_PARTIES, NEVER_FOR_PORTALS, asks_ledger, closed_of, is_city_wide, sees_kind, visible
from casework.findings.recipients import RecipientShown, told_of
from casework.people.masking import without_persons
from casework.program import Context
from casework.shown import Shown
from domain.refusals import Malformed, NotAllowed
from storage.cases.ledger import read_ledgers
from storage.feed.feed import BEGINNING, FedEntry, decode_cursor, encode_cursor, read_feed
from storage.postgres.transaction import Tx


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
    asked = _ASKED.of(request)
    program = request.program
    context = program.context()
    after = place_after(asked.after, decode_cursor)
    caller = request.user
    async with program.reading(request.user) as tx:
        found, place = await read_feed(tx, after, asked.limit, hidden=_hidden(caller), party=_party(caller), city=caller.city)
        seen = await _seen(tx, caller, found)
    cursor = encode_cursor(place)
    items = tuple(_shown(context, caller, fed) for fed in seen)
    return reply(EventPage(items, cursor, place != (after or BEGINNING)), headers=link_to(request, cursor))


def _hidden(caller: Caller) -> frozenset[str]:
    if is_city_wide(caller):
        return frozenset()
    return NEVER_FOR_PORTALS if caller.role == "portal" else NEVER_FOR_PARTIES


def _party(caller: Caller) -> str | None:
    return None if is_city_wide(caller) else caller.party


async def _seen(tx: Tx, caller: Caller, found: list[FedEntry]) -> list[FedEntry]:
    """Leave out reports of the caller itself, and findings that it has not been notified of, as their cases' ledgers tell."""
    closed = await closed_of(tx, caller, ((fed.entry.case_id, fed.kind) for fed in found))
    found = [fed for fed in found if fed.entry.case_id not in closed and sees_kind(caller, fed.kind)]
    doubtful = {fed.entry.case_id for fed in found if asks_ledger(fed.entry.act)}
    if is_city_wide(caller) or not doubtful:
        return [fed for fed in found if visible(caller, [fed.entry])]
    ledgers = await read_ledgers(tx, sorted(doubtful))
    shown = {(entry.case_id, entry.seq) for entries in ledgers.values() for entry in visible(caller, entries)}
    return [
        fed
        for fed in found
        if (fed.entry.case_id, fed.entry.seq) in shown or (fed.entry.case_id not in doubtful and visible(caller, [fed.entry]))
    ]


def _shown(context: Context, caller: Caller, fed: FedEntry) -> EventShown:
    entry = structs.replace(entry_shown(caller, fed.entry), body=without_persons(fed.entry))
    recipients = told_of(context.book(fed.scheme), fed.entry.act)
    return EventShown(encode_cursor(fed.cursor), fed.entry.case_id, fed.kind, fed.city, entry, recipients)
