"""Who is told of what happens: one row for each set of rights that has ever read the feed; it knows no client."""

from typing import NamedTuple

from domain.access.audience import Audience
from storage.postgres.transaction import Tx

_ONE_AT_A_TIME = 0x6C69616E66656564  # "lianfeed": the advisory lock of whoever tells
_OPEN = """
INSERT INTO feed_audience (id, city, party, sees, last) SELECT 1 + coalesce(max(id), 0), $1, $2, $3, 0 FROM feed_audience
ON CONFLICT ON CONSTRAINT feed_audience_uq DO NOTHING RETURNING id
"""
_FILL = """
INSERT INTO feed_again (case_id, why) SELECT c.case_id, 'new reader' FROM cases c
WHERE c.city = $1 AND ($2::text IS NULL OR EXISTS (SELECT FROM case_party p WHERE p.party = $2 AND p.case_id = c.case_id))
ON CONFLICT DO NOTHING
"""


class Listener(NamedTuple):
    """An audience with its number in the tables."""

    id: int
    who: Audience


async def be_alone(tx: Tx, *, waits: bool = True) -> bool:
    """Let nobody else tell anything until the transaction ends; without waiting, say whether somebody does."""
    if not waits:
        return bool(await tx.fetchval("SELECT pg_try_advisory_xact_lock($1)", _ONE_AT_A_TIME))
    await tx.execute("SELECT pg_advisory_xact_lock($1)", _ONE_AT_A_TIME)
    return True


async def find_audience(tx: Tx, who: Audience) -> int | None:
    """Find an audience's number; none before it has read for the first time."""
    found: int | None = await tx.fetchval(
        "SELECT id FROM feed_audience WHERE (city, party, sees) = ($1, $2, $3)", who.city, who.party, who.sees
    )
    return found


async def open_audience(tx: Tx, who: Audience) -> None:
    """Keep an audience from now on; all cases that it may see are to be told to it from their beginning."""
    await be_alone(tx)
    if await tx.fetchval(_OPEN, who.city, who.party, who.sees) is not None:
        await tx.execute(_FILL, who.city, None if who.is_office else who.party)


async def read_audiences(tx: Tx) -> list[Listener]:
    """Read all that are kept."""
    rows = await tx.fetch("SELECT id, city, party, sees FROM feed_audience ORDER BY id")
    return [Listener(number, Audience(city, party, sees)) for number, city, party, sees in rows]


async def move_on(tx: Tx, told: dict[int, int]) -> dict[int, int]:
    """Give so many numbers to each audience, and say the last one that it had before."""
    rows = await tx.fetch(
        "UPDATE feed_audience a SET last = a.last + g.more FROM unnest($1::int[], $2::bigint[]) AS g (id, more) "
        "WHERE a.id = g.id RETURNING a.id, a.last - g.more AS before",
        list(told), list(told.values()),
    )  # fmt: skip
    return {row["id"]: row["before"] for row in rows}
