"""Keeps calendar editions whole, and the notices that operators import; what the days mean is not read here."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from storage.postgres.transaction import Tx


class Import(Struct, frozen=True):
    """A notice or local closures, as loaded."""

    number: int
    name: str
    content: bytes
    imported_at: datetime


async def ensure_edition(tx: Tx, edition_id: str, content: bytes, at: datetime, kind: str) -> None:
    """Keep the edition once; a second time changes nothing, for its id is the digest of its content."""
    await tx.execute(
        "INSERT INTO edition (edition_id, kind, content, since) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (edition_id) DO NOTHING",
        edition_id, kind, content, at,
    )  # fmt: skip


async def newest_edition(tx: Tx) -> tuple[str, bytes] | None:
    """Give the edition that was added last."""
    row = await tx.fetchrow("SELECT edition_id, content FROM edition ORDER BY number DESC LIMIT 1")
    return None if row is None else (row["edition_id"], row["content"])


async def added_at(tx: Tx, edition_id: str) -> datetime:
    """Say when the edition was first kept."""
    at: datetime = await tx.fetchval("SELECT since FROM edition WHERE edition_id = $1", edition_id)
    return at


async def read_editions(tx: Tx) -> Mapping[str, bytes]:
    """Give every edition's content by its id, the oldest first."""
    rows = await tx.fetch("SELECT edition_id, content FROM edition ORDER BY number")
    return {row["edition_id"]: row["content"] for row in rows}


async def add_import(tx: Tx, name: str, content: bytes, at: datetime) -> int:
    """Keep what an operator loaded, as it was."""
    number: int = await tx.fetchval(
        "INSERT INTO calendar_import (name, content, imported_at) VALUES ($1, $2, $3) RETURNING number",
        name, content, at,
    )  # fmt: skip
    return number


async def read_imports(tx: Tx) -> list[Import]:
    """Give all that was loaded, in its order."""
    rows = await tx.fetch("SELECT number, name, content, imported_at FROM calendar_import ORDER BY number")
    return [Import(*row) for row in rows]
