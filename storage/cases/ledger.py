"""Appends to cases' ledgers and reads them; an entry is written once, as domain hashed it, and never again."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.acts import read_act, tag_of
from domain.ledger import Actor, Entry, digest_id
from storage.postgres.transaction import Tx
from storage.postgres.unnest import arrays, names, source

COLUMNS = (
    "case_id", "seq", "occurred_at", "recorded_at", "party", "role", "account", "edition", "act", "body", "hash",
    "format", "entry_id", "provenance", "person", "post", "on_behalf_of",
)  # fmt: skip
TYPES = (
    "uuid", "int", "timestamptz", "timestamptz", "text", "text", "text", "text", "text", "text", "bytea",
    "smallint", "uuid", "text", "text", "text", "text",
)  # fmt: skip
_APPEND = f"INSERT INTO entry ({names(COLUMNS)}) SELECT * FROM {source(TYPES)}"
ENTRY = tuple(column for column in COLUMNS if column != "act")
"""What `entry_of` reads, in this order."""
_SELECT = f"SELECT {names(ENTRY)} FROM entry"


async def append(tx: Tx, entries: Sequence[Entry]) -> None:
    """Write entries that are numbered and hashed; their cases are locked, or new."""
    if entries:
        await tx.execute(_APPEND, *arrays(entry_row(entry) for entry in entries))


async def read_ledger(tx: Tx, case_id: UUID) -> list[Entry]:
    """Read a case's entries by number."""
    return [entry_of(row) for row in await tx.fetch(f"{_SELECT} WHERE case_id = $1 ORDER BY seq", case_id)]


async def read_ledgers(tx: Tx, case_ids: Sequence[UUID]) -> dict[UUID, list[Entry]]:
    """Read several cases' entries; each id asked for has its list."""
    ledgers: dict[UUID, list[Entry]] = {case_id: [] for case_id in case_ids}
    rows = await tx.fetch(f"{_SELECT} WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, seq", case_ids)
    for row in rows:
        ledgers[row["case_id"]].append(entry_of(row))
    return ledgers


def entry_row(entry: Entry) -> tuple[Any, ...]:
    """Give the entry as its row, in the order of COLUMNS."""
    actor = entry.actor
    return (
        entry.case_id, entry.seq, entry.occurred_at, entry.recorded_at, actor.party, actor.role, actor.account,
        entry.edition, tag_of(entry.act), entry.body, entry.hash,
        entry.format, entry.entry_id if entry.format > 1 else None, entry.provenance, actor.person, actor.post, actor.on_behalf_of,
    )  # fmt: skip


def entry_of(row: Any) -> Entry:  # noqa: ANN401 -- asyncpg comes without types
    """Read an entry from its row."""
    case_id, seq, occurred_at, recorded_at, party, role, account, edition, body, digest, form, entry_id, provenance, *whom = row
    actor = Actor(party, role, account, *whom)
    act = read_act(body)
    return Entry(case_id, seq, occurred_at, recorded_at, actor, edition, act, body, digest, entry_id or digest_id(digest), provenance, form)
