"""What follows a place of the feed, as a caller may see it; writes nothing."""

from casework.access.caller import Caller
from casework.access.visibility import closed_of, is_city_wide, sees_kind
from domain.access.visibility import asks_ledger, never_seen, visible
from storage.cases.ledger import read_ledgers
from storage.feed.feed import FedEntry, read_feed
from storage.postgres.cursor import Cursor
from storage.postgres.transaction import Tx


async def feed_after(tx: Tx, caller: Caller, after: Cursor | None, limit: int) -> tuple[list[FedEntry], Cursor]:
    """Read so many entries behind a place, less what is not the caller's to see, and the place to go on from."""
    found, place = await read_feed(tx, after, limit, hidden=never_seen(caller.audience), party=_party(caller), city=caller.city)
    return await _seen(tx, caller, found), place


def _party(caller: Caller) -> str | None:
    return None if is_city_wide(caller) else caller.party


async def _seen(tx: Tx, caller: Caller, found: list[FedEntry]) -> list[FedEntry]:
    """Leave out reports of the caller itself, and findings that it has not been notified of, as their cases' ledgers tell."""
    closed = await closed_of(tx, caller, ((fed.entry.case_id, fed.kind) for fed in found))
    found = [fed for fed in found if fed.entry.case_id not in closed and sees_kind(caller, fed.kind)]
    doubtful = {fed.entry.case_id for fed in found if asks_ledger(fed.entry.act)}
    if is_city_wide(caller) or not doubtful:
        return [fed for fed in found if visible(caller.audience, [fed.entry])]
    ledgers = await read_ledgers(tx, sorted(doubtful))
    shown = {(entry.case_id, entry.seq) for entries in ledgers.values() for entry in visible(caller.audience, entries)}
    return [
        fed
        for fed in found
        if (fed.entry.case_id, fed.entry.seq) in shown or (fed.entry.case_id not in doubtful and visible(caller.audience, [fed.entry]))
    ]
