"""Seals each day's changed ledger heads into one digest chained to the day before, so that a lost tail shows too."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from storage.transaction import Tx

_FIRST = b"\0" * 32

_CHANGED = """
SELECT DISTINCT ON (case_id) case_id, seq, hash FROM entry
WHERE (era, xid) >= ($1, $2) AND (era, xid) < ($3, $4) ORDER BY case_id, seq DESC
"""


class Seal(Struct, frozen=True):
    """One day's seal: what it is chained to, its digest, and over how many heads."""

    day: date
    previous: bytes
    hash: bytes
    heads: int
    sealed_at: datetime


class Head(Struct, frozen=True):
    """A case's last entry as a seal saw it."""

    case_id: UUID
    seq: int
    head: bytes


async def seal_day(tx: Tx, day: date, now: datetime) -> Seal | None:
    """Seal every head that has changed since the last seal; None when the day, or a later one, is sealed already.

    It covers what the feed shows: a transaction still at work falls to the next seal, and to no other.
    """
    await tx.execute("SELECT pg_advisory_xact_lock(hashtext('lianban.seal'))")  # a table lock would need more than to insert
    last = await tx.fetchrow("SELECT day, hash, upto_era, upto_xid FROM seal ORDER BY day DESC LIMIT 1")
    if last is not None and last["day"] >= day:
        return None
    upto = await tx.fetchrow("SELECT max(number) AS era, pg_snapshot_xmin(pg_current_snapshot()) AS xid FROM era")
    since = (0, 0) if last is None else (last["upto_era"], last["upto_xid"])
    rows = await tx.fetch(_CHANGED, *since, upto["era"], upto["xid"])
    heads = [Head(*row) for row in rows]
    previous = _FIRST if last is None else last["hash"]
    seal = Seal(day, previous, digest_of(previous, day, heads), len(heads), now)
    await _write(tx, seal, heads, upto["era"], upto["xid"])
    return seal


def digest_of(previous: bytes, day: date, heads: list[Head]) -> bytes:
    """Digest a day's heads, in the order of their cases."""
    lines = [f"{head.case_id}\n{head.seq}\n{head.head.hex()}\n" for head in heads]
    return hashlib.sha256(previous + f"{day.isoformat()}\n".encode() + "".join(lines).encode()).digest()


async def read_seals(tx: Tx) -> list[Seal]:
    """Give every seal, the oldest first."""
    rows = await tx.fetch("SELECT day, previous, hash, heads, sealed_at FROM seal ORDER BY day")
    return [Seal(*row) for row in rows]


async def read_seal_heads(tx: Tx, day: date) -> list[Head]:
    """Give the heads that a day's seal digests, in the order of their cases."""
    rows = await tx.fetch("SELECT case_id, seq, head FROM seal_head WHERE day = $1 ORDER BY case_id", day)
    return [Head(*row) for row in rows]


async def changed_heads(tx: Tx, limit: int = 100) -> list[Head]:
    """Give sealed heads that the ledger no longer has, or has otherwise: someone has been at it."""
    rows = await tx.fetch(
        "SELECT h.case_id, h.seq, h.head FROM seal_head h LEFT JOIN entry e ON e.case_id = h.case_id AND e.seq = h.seq "
        "WHERE e.hash IS DISTINCT FROM h.head ORDER BY h.case_id, h.seq LIMIT $1",
        limit,
    )
    return [Head(*row) for row in rows]


async def _write(tx: Tx, seal: Seal, heads: list[Head], era: int, xid: int) -> None:
    await tx.execute(
        "INSERT INTO seal (day, previous, hash, heads, upto_era, upto_xid, sealed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        seal.day, seal.previous, seal.hash, seal.heads, era, xid, seal.sealed_at,
    )  # fmt: skip
    records = [(seal.day, head.case_id, head.seq, head.head) for head in heads]
    await tx.copy_records_to_table("seal_head", records=records, columns=("day", "case_id", "seq", "head"))
