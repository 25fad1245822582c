"""Keeps each case's wrapped data key, takes it away for good, and wraps many anew; sees neither a plain key nor a particular."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from storage.people.sealing import KeyRing, Wrapped
from storage.postgres.transaction import Tx
from storage.postgres.unnest import arrays

COLUMNS = ("case_id", "wrapped_by", "wrapped")
_BEFORE_ALL = UUID(int=0)
_ONE_OF_EACH = """
SELECT k.case_id, k.wrapped_by, k.wrapped FROM unnest($1::text[]) AS ours (name)
CROSS JOIN LATERAL (SELECT * FROM case_key WHERE wrapped_by = ours.name LIMIT 1) k
"""


class KeptKey(Struct, frozen=True):
    """What is kept of a case's key: wrapped, or when it was destroyed."""

    wrapped: Wrapped | None
    erased_at: datetime | None = None


class Wraps(Struct, frozen=True):
    """How many cases' keys are wrapped by which key, and how many were destroyed."""

    by: Mapping[str, int]
    erased: int


async def read_key(tx: Tx, case_id: UUID) -> KeptKey | None:
    """Read a case's key; None where nothing of it was ever sealed."""
    row = await tx.fetchrow("SELECT wrapped_by, wrapped, erased_at FROM case_key WHERE case_id = $1", case_id)
    if row is None:
        return None
    return KeptKey(None if row["wrapped"] is None else Wrapped(row["wrapped_by"], row["wrapped"]), row["erased_at"])


async def add_key(tx: Tx, case_id: UUID, key: Wrapped) -> None:
    """Keep the key of a case that has none; the case is locked."""
    await tx.execute("INSERT INTO case_key (case_id, wrapped_by, wrapped) VALUES ($1, $2, $3)", case_id, key.wrapped_by, key.wrapped)


async def add_keys(tx: Tx, keys: Iterable[tuple[UUID, Wrapped]]) -> None:
    """Keep the keys of many new cases, by COPY."""
    records = [(case_id, key.wrapped_by, key.wrapped) for case_id, key in keys]
    if records:
        await tx.copy_records_to_table("case_key", records=records, columns=COLUMNS)


async def destroy_key(tx: Tx, case_id: UUID, at: datetime) -> bool:
    """Take the key away for good, also where there never was one; False where that was done before."""
    done: str = await tx.execute(
        "INSERT INTO case_key AS k (case_id, erased_at) VALUES ($1, $2) "
        "ON CONFLICT (case_id) DO UPDATE SET wrapped_by = NULL, wrapped = NULL, erased_at = excluded.erased_at WHERE k.erased_at IS NULL",
        case_id, at,
    )  # fmt: skip
    return done.endswith(" 1")


async def check_keys(tx: Tx, ring: KeyRing) -> None:
    """Say nothing when each of the settings' keys unwraps what it is said to have wrapped, or `KeyLost`: one of each is tried."""
    for row in await tx.fetch(_ONE_OF_EACH, list(ring.names)):
        ring.unwrap(row["case_id"], Wrapped(row["wrapped_by"], row["wrapped"]))


async def count_wraps(tx: Tx) -> Wraps:
    rows = await tx.fetch("SELECT wrapped_by, count(*) AS cases FROM case_key GROUP BY wrapped_by ORDER BY wrapped_by")
    by = {row["wrapped_by"]: row["cases"] for row in rows}
    erased = by.pop(None, 0)
    return Wraps(by, erased)


async def wrap_again(
    tx: Tx, names: Sequence[str], after: UUID | None, limit: int, again: Callable[[UUID, Wrapped], Wrapped]
) -> tuple[int, UUID | None]:
    """Wrap up to so many of the keys that these names wrap anew, in the order of their cases.

    Gives how many, and the case to go on behind; None at the end. What another wraps or destroys meanwhile is left to that.
    """
    sql = "SELECT case_id FROM case_key WHERE wrapped_by = ANY($1::text[]) AND case_id > $2 ORDER BY case_id LIMIT $3"
    chosen = [row["case_id"] for row in await tx.fetch(sql, names, after or _BEFORE_ALL, limit)]
    held = "SELECT case_id, wrapped_by, wrapped FROM case_key WHERE case_id = ANY($1::uuid[]) AND wrapped_by = ANY($2::text[])"
    rows = await tx.fetch(f"{held} ORDER BY case_id FOR UPDATE", chosen, names)
    if rows:
        await tx.execute(
            "UPDATE case_key AS k SET wrapped_by = n.wrapped_by, wrapped = n.wrapped "
            "FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS n (case_id, wrapped_by, wrapped) WHERE k.case_id = n.case_id",
            *arrays(_wrapped_again(row, again) for row in rows),
        )
    return len(rows), chosen[-1] if chosen else None


def _wrapped_again(row: Any, again: Callable[[UUID, Wrapped], Wrapped]) -> tuple[UUID, str, bytes]:  # noqa: ANN401 -- asyncpg comes without types
    new = again(row["case_id"], Wrapped(row["wrapped_by"], row["wrapped"]))
    return row["case_id"], new.wrapped_by, new.wrapped
