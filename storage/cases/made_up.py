"""The mark of a database in which nothing is real; it is set before the first entry, and nobody takes it off."""

import asyncpg

from storage.postgres.faults import NothingReal
from storage.postgres.transaction import Tx
from words import sentence


async def is_made_up(tx: Tx) -> bool:
    """Say whether the moments of this database are its writers' own."""
    marked: bool = await tx.fetchval("SELECT EXISTS (SELECT FROM made_up)")
    return marked


async def mark_made_up(tx: Tx) -> None:
    """Mark it, once; `NothingReal` where its ledger has begun without the mark."""
    try:
        async with tx.transaction():
            await tx.execute("INSERT INTO made_up (marked) VALUES (true) ON CONFLICT DO NOTHING")
    except asyncpg.RestrictViolationError as fault:
        raise NothingReal(sentence("this ledger holds real entries: what is made up goes into a database of its own")) from fault
