"""Keeps replies under the client's own keys for a day, in the request's own transaction, so that nothing is done twice."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from domain.refusals import KeyReused
from storage.postgres.transaction import Tx
from words import sentence

KEPT = timedelta(hours=24)

_headers = msgspec.json.Decoder(dict[str, str])


class Replay(Struct, frozen=True):
    """The reply already given."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def claim(tx: Tx, client_id: str, key: str, fingerprint: bytes, *, now: datetime) -> Replay | None:
    """Take the key, or give the reply it has; whoever comes second waits here until the first has committed.

    `KeyReused` when the key came with another request. A key older than a day is taken anew.
    """
    if await _take(tx, client_id, key, fingerprint, now):
        return None
    kept = await tx.fetchrow("SELECT fingerprint, status, headers, body FROM idempotency WHERE client_id = $1 AND key = $2", client_id, key)
    if kept["fingerprint"] != fingerprint:
        raise KeyReused(sentence("this Idempotency-Key came with another request before: send a new key with a new request"))
    return Replay(kept["status"], _headers.decode(kept["headers"]), kept["body"])


async def keep(tx: Tx, client_id: str, key: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Keep the reply under the key that was claimed in this transaction."""
    await tx.execute(
        "UPDATE idempotency SET status = $3, headers = $4, body = $5 WHERE client_id = $1 AND key = $2",
        client_id, key, status, msgspec.json.encode(headers).decode(), body,
    )  # fmt: skip


async def forget(tx: Tx, *, now: datetime) -> int:
    """Remove the replies that are older than a day; gives how many."""
    done: str = await tx.execute("DELETE FROM idempotency WHERE claimed_at <= $1", now - KEPT)
    return int(done.rpartition(" ")[2])


async def _take(tx: Tx, client_id: str, key: str, fingerprint: bytes, now: datetime) -> bool:
    done: str = await tx.execute(
        "INSERT INTO idempotency AS i (client_id, key, fingerprint, claimed_at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (client_id, key) DO UPDATE SET fingerprint = excluded.fingerprint, "
        "claimed_at = excluded.claimed_at, status = NULL, headers = NULL, body = NULL WHERE i.claimed_at <= $5",
        client_id, key, fingerprint, now, now - KEPT,
    )  # fmt: skip
    return done.endswith(" 1")
