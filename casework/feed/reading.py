"""What an audience was told behind a place of its feed, as the caller may see it now; tells nobody anything new."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from casework.access.caller import Caller
from casework.access.visibility import closed_of, is_city_wide
from domain.access.visibility import Standing, asks_ledger, reads_kind, standing_in, visible
from domain.ledger import Entry
from storage.cases.ledger import read_ledgers
from storage.feed.feed import FedEntry, Heard, read_feed
from storage.postgres.transaction import Tx


class FeedPage(NamedTuple):
    """Events in the audience's order."""

    events: tuple[FedEntry, ...]
    withheld: frozenset[int]
    """Those by their `n` that were told and may not be seen any more."""
    standings: Mapping[UUID, Standing]
    """How the caller stands in those cases where that tells what it sees."""
    more: bool
    place: Heard


async def feed_after(tx: Tx, caller: Caller, audience: int, after: Heard | None, limit: int) -> FeedPage:
    """Read so many events behind a place, and the place to go on from."""
    found = await read_feed(tx, audience, after, limit + 1)
    page = found[:limit]
    ledgers = await _doubtful(tx, caller, page)
    seen = {fed.heard.n for fed in await _seen(tx, caller, page, ledgers)}
    place = page[-1].heard if page else after or Heard(audience)
    standings = {case_id: standing_in(caller.party, ledger) for case_id, ledger in ledgers.items()}
    return FeedPage(tuple(page), frozenset(fed.heard.n for fed in page) - seen, standings, len(found) > limit, place)


async def _doubtful(tx: Tx, caller: Caller, page: Iterable[FedEntry]) -> dict[UUID, list[Entry]]:
    """Read the ledgers that tell whether a party may see an entry."""
    ids = {fed.entry.case_id for fed in page if asks_ledger(fed.entry.act)}
    return await read_ledgers(tx, sorted(ids)) if ids and not is_city_wide(caller) else {}


async def _seen(tx: Tx, caller: Caller, found: Sequence[FedEntry], ledgers: Mapping[UUID, Sequence[Entry]]) -> list[FedEntry]:
    """The second wall: ask again what was asked when it was told, of the ledgers as they are now."""
    closed = await closed_of(tx, caller, ((fed.entry.case_id, fed.kind) for fed in found))
    shown = {(entry.case_id, entry.seq) for ledger in ledgers.values() for entry in visible(caller.audience, ledger)}
    return [
        fed
        for fed in found
        if fed.city == caller.city
        and fed.entry.case_id not in closed
        and reads_kind(caller.audience, fed.kind)
        and ((fed.entry.case_id, fed.entry.seq) in shown if fed.entry.case_id in ledgers else visible(caller.audience, [fed.entry]))
    ]
