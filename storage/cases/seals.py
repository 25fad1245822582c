"""Seals each day's changed ledger heads into one digest chained to the day before, so that a lost tail shows too."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from storage.cases.made_up import is_made_up
from storage.postgres.faults import NothingReal
from storage.postgres.transaction import Tx
from words import sentence

_FIRST = b"\0" * 32
_AT_ONCE = 1_000

_CHANGED = """
INSERT INTO seal_head (day, case_id, seq, head)
SELECT DISTINCT ON (case_id) $5, case_id, seq, hash FROM entry
WHERE (era, xid) >= ($1, $2) AND (era, xid) < ($3, $4) ORDER BY case_id, seq DESC
"""
_LAST = """
SELECT DISTINCT ON (h.case_id) h.case_id, h.day, s.hash, h.seq, h.head FROM seal_head h JOIN seal s USING (day)
WHERE h.case_id = ANY($1::uuid[]) ORDER BY h.case_id, h.day DESC
"""
_HEADS = "SELECT case_id, seq, head FROM seal_head WHERE day = $1 ORDER BY case_id"


class DaySeal(Struct, frozen=True):
    """One day's seal: what it is chained to, its digest, and over how many heads."""

    day: date
    previous: bytes
    hash: bytes
    heads: int
    sealed_at: datetime


class LastSeal(Struct, frozen=True):
    """The last day's seal over a case, and its entry that day."""

    day: date
    seal: bytes
    seq: int
    head: bytes


class Head(Struct, frozen=True):
    """A case's last entry as a seal saw it."""

    case_id: UUID
    seq: int
    head: bytes


async def seal_day(tx: Tx, day: date, now: datetime) -> DaySeal | None:
    """Seal every head that has changed since the last seal; None when the day, or a later one, is sealed already.

    It covers what the feed shows: a transaction still at work falls to the next seal, and to no other. `NothingReal` in a
    database that is made up.
    """
    if await is_made_up(tx):
        raise NothingReal(sentence("this database is made up: no day of it is sealed as real"))
    await tx.execute("SELECT pg_advisory_xact_lock(hashtext('lianban.seal'))")  # a table lock would need more than to insert
    last = await tx.fetchrow("SELECT day, hash, upto_era, upto_xid FROM seal ORDER BY day DESC LIMIT 1")
    if last is not None and last["day"] >= day:
        return None
    upto = await tx.fetchrow("SELECT max(number) AS era, pg_snapshot_xmin(pg_current_snapshot()) AS xid FROM era")
    since = (0, 0) if last is None else (last["upto_era"], last["upto_xid"])
    await tx.execute(_CHANGED, *since, upto["era"], upto["xid"], day)
    previous = _FIRST if last is None else last["hash"]
    digest, heads = await digest_of(tx, previous, day)
    seal = DaySeal(day, previous, digest, heads, now)
    await _write(tx, seal, upto["era"], upto["xid"])
    return seal


async def digest_of(tx: Tx, previous: bytes, day: date) -> tuple[bytes, int]:
    """Digest a day's heads, in the order of their cases, row by row however many there are; gives how many too."""
    digest, heads = hashlib.sha256(previous + f"{day.isoformat()}\n".encode()), 0
    async for case_id, seq, head in tx.cursor(_HEADS, day, prefetch=_AT_ONCE):
        digest.update(f"{case_id}\n{seq}\n{head.hex()}\n".encode())
        heads += 1
    return digest.digest(), heads


async def read_seals(tx: Tx) -> list[DaySeal]:
    """Give every seal, the oldest first."""
    rows = await tx.fetch("SELECT day, previous, hash, heads, sealed_at FROM seal ORDER BY day")
    return [DaySeal(*row) for row in rows]


async def changed_heads(tx: Tx, limit: int = 100) -> list[Head]:
    """Give sealed heads that the ledger no longer has, or has otherwise: someone has been at it."""
    rows = await tx.fetch(
        "SELECT h.case_id, h.seq, h.head FROM seal_head h LEFT JOIN entry e ON e.case_id = h.case_id AND e.seq = h.seq "
        "WHERE e.hash IS DISTINCT FROM h.head ORDER BY h.case_id, h.seq LIMIT $1",
        limit,
    )
    return [Head(*row) for row in rows]


async def last_seals(tx: Tx, case_ids: Sequence[UUID]) -> dict[UUID, LastSeal]:
    """Give the last seal that covers each of these cases; one that was opened since has none."""
    return {row["case_id"]: LastSeal(*row[1:]) for row in await tx.fetch(_LAST, list(case_ids))}


async def _write(tx: Tx, seal: DaySeal, era: int, xid: int) -> None:
    await tx.execute(
        "INSERT INTO seal (day, previous, hash, heads, upto_era, upto_xid, sealed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        seal.day, seal.previous, seal.hash, seal.heads, era, xid, seal.sealed_at,
    )  # fmt: skip
