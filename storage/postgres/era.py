"""Counts the clusters that the ledger has lived in, for a restored dump's transaction numbers mean nothing in the next."""

from typing import Any


async def follow_cluster(tx: Any) -> int:  # noqa: ANN401 -- asyncpg comes without types
    """Open a new era where this is not the cluster of the last one; gives the era. Entries take it as a column's default."""
    here = await tx.fetchval("SELECT system_identifier FROM pg_control_system()")
    last = await tx.fetchrow("SELECT number, system_identifier FROM era ORDER BY number DESC LIMIT 1")
    if last is not None and last["system_identifier"] == here:
        return int(last["number"])
    number = 1 if last is None else last["number"] + 1
    await tx.execute("INSERT INTO era (number, system_identifier) VALUES ($1, $2)", number, here)
    await tx.execute(f"ALTER TABLE entry ALTER COLUMN era SET DEFAULT {int(number)}")
    return int(number)
