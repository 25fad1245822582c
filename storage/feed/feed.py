"""Reads the ledger as a feed that loses no late commit: by (era, xid, position), behind every transaction at work."""

from typing import Any

from msgspec import Struct

from domain.ledger import Entry
from storage.cases.ledger import ENTRY, entry_of
from storage.postgres.cursor import BEGINNING, Cursor, decode_cursor, encode_cursor
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

__all__ = ["BEGINNING", "Cursor", "FedEntry", "decode_cursor", "encode_cursor", "end_of_feed", "read_feed"]

_SCANNED = 1000
"""So many entries are looked at for one page at the most, however few of them the reader may see."""

_PAGE = f"""
SELECT {names(ENTRY, "e.")},
       e.era, e.xid, e.position, c.kind, c.city, c.scheme,
       (NOT e.act = ANY($5::text[]) AND ($6::text IS NULL OR c.city = $6)
        AND ($7::text IS NULL OR c.parties @> ARRAY[$7::text])) AS shown
FROM (
    SELECT * FROM entry WHERE (era, xid, position) > ($1, $2, $3)
      AND (era, xid) < ((SELECT max(number) FROM era), pg_snapshot_xmin(pg_current_snapshot()))
    ORDER BY era, xid, position LIMIT $4
) e JOIN cases c USING (case_id)
ORDER BY e.era, e.xid, e.position
"""


class FedEntry(Struct, frozen=True):
    """An entry with its place in the feed and what its case is."""

    entry: Entry
    cursor: Cursor
    kind: str
    city: str
    scheme: str


async def read_feed(
    tx: Tx,
    after: Cursor | None,
    limit: int,
    *,
    hidden: frozenset[str] = frozenset(),
    party: str | None = None,
    city: str | None = None,
) -> tuple[list[FedEntry], Cursor]:
    """Give what comes after a place, without the kinds hidden, of one party's cases or of all; and where to go on from.

    The next place moves on even where nothing is shown; there is no more only when it does not move.
    """
    start = after or BEGINNING
    scanned = max(limit, _SCANNED) if hidden or party or city else limit
    rows = await tx.fetch(_PAGE, start.era, start.xid, start.position, scanned, list(hidden), city, party)
    shown = [_fed(row) for row in rows if row["shown"]][:limit]
    if len(shown) == limit:
        return shown, shown[-1].cursor
    return shown, _place(rows[-1]) if rows else start


async def end_of_feed(tx: Tx) -> Cursor:
    """Give the place behind all that can be read now, for one who wants to hear only what comes next."""
    row = await tx.fetchrow(
        "SELECT era, xid, position FROM entry "
        "WHERE (era, xid) < ((SELECT max(number) FROM era), pg_snapshot_xmin(pg_current_snapshot())) "
        "ORDER BY era DESC, xid DESC, position DESC LIMIT 1"
    )
    return BEGINNING if row is None else _place(row)


def _place(row: Any) -> Cursor:  # noqa: ANN401 -- asyncpg comes without types
    return Cursor(row["era"], row["xid"], row["position"])


def _fed(row: Any) -> FedEntry:  # noqa: ANN401 -- asyncpg comes without types
    return FedEntry(entry_of(tuple(row)[: len(ENTRY)]), _place(row), row["kind"], row["city"], row["scheme"])
