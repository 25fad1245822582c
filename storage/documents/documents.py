"""Keeps which documents each case has; their bytes lie in the archive, under their digest."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from domain.documents import Document
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

COLUMNS = ("document_id", "case_id", "seq", "sha256", "name", "media_type", "size")
TYPES = ("uuid", "uuid", "int", "bytea", "text", "text", "bigint")
_SELECT = f"SELECT {names(COLUMNS)} FROM document"
_OF_CASE = f"{_SELECT} WHERE case_id = $1 AND seq > $2 AND ($4::int[] IS NULL OR seq = ANY($4)) ORDER BY seq LIMIT $3"
_MISSING = """
SELECT e.case_id, e.seq FROM entry e LEFT JOIN document d ON d.case_id = e.case_id AND d.seq = e.seq
WHERE e.act = 'document.attached' AND d.document_id IS NULL ORDER BY e.case_id, e.seq
"""


def document_row(document: Document) -> tuple[Any, ...]:
    """Give the document as its row, in the order of COLUMNS."""
    return (
        document.document_id, document.case_id, document.seq, document.sha256, document.name, document.media_type, document.size,
    )  # fmt: skip


async def find_document(tx: Tx, document_id: UUID) -> Document | None:
    row = await tx.fetchrow(f"{_SELECT} WHERE document_id = $1", document_id)
    return None if row is None else _document_of(row)


async def same_bytes(tx: Tx, case_id: UUID, sha256: bytes) -> Document | None:
    """Find the document of a case that has these bytes already; there is one at the most."""
    row = await tx.fetchrow(f"{_SELECT} WHERE case_id = $1 AND sha256 = $2", case_id, sha256)
    return None if row is None else _document_of(row)


async def list_documents(tx: Tx, case_id: UUID, after: int, limit: int, among: Sequence[int] | None = None) -> list[Document]:
    """List a case's documents in the order in which they came, behind an entry's number; of these entries alone, where they are given."""
    rows = await tx.fetch(_OF_CASE, case_id, after, limit, None if among is None else list(among))
    return [_document_of(row) for row in rows]


async def hold_bytes(tx: Tx, sha256: bytes) -> None:
    """Have these bytes to oneself until the transaction ends: who names them and who removes them do not do it at once."""
    await tx.execute("SELECT pg_advisory_xact_lock($1)", int.from_bytes(sha256[:8], "big", signed=True))


async def named_bytes(tx: Tx, digests: Iterable[bytes]) -> frozenset[bytes]:
    """Say which of these bytes some case has as a document."""
    rows = await tx.fetch("SELECT DISTINCT sha256 FROM document WHERE sha256 = ANY($1::bytea[])", list(digests))
    return frozenset(row["sha256"] for row in rows)


async def next_bytes(tx: Tx, after: bytes, limit: int) -> list[tuple[bytes, int]]:
    """List the digest and size of all bytes that some case has, behind a digest."""
    rows = await tx.fetch(
        "SELECT sha256, max(size) AS size FROM document WHERE sha256 > $1 GROUP BY sha256 ORDER BY sha256 LIMIT $2", after, limit
    )
    return [(row["sha256"], row["size"]) for row in rows]


async def cases_with(tx: Tx, sha256: bytes) -> list[UUID]:
    """Name the cases that have these bytes as a document."""
    return [row["case_id"] for row in await tx.fetch("SELECT case_id FROM document WHERE sha256 = $1 ORDER BY case_id", sha256)]


async def unlisted(tx: Tx) -> Sequence[tuple[UUID, int]]:
    """Name the entries that attached a document which the table has not."""
    return [(row["case_id"], row["seq"]) for row in await tx.fetch(_MISSING)]


def _document_of(row: Any) -> Document:  # noqa: ANN401 -- asyncpg comes without types
    return Document(**{name: row[name] for name in COLUMNS})
