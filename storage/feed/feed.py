"""Reads what an audience has been told, in its own order, and knows a place of it again; decides nothing about who sees what."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from domain.ledger import Entry
from domain.refusals import HistoryRestored
from storage.cases.ledger import ENTRY, entry_of
from storage.postgres.cursor import packed, parts_of
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names
from words import sentence

_FROM_0 = Annotated[int, Meta(ge=0, le=2**63 - 1)]
_PAGE = f"""
SELECT {names(ENTRY, "e.")},
       f.n, f.k, c.kind, c.city, c.scheme
FROM feed f JOIN entry e USING (case_id, seq) JOIN cases c USING (case_id)
WHERE f.audience = $1 AND f.n >= $2 ORDER BY f.n LIMIT $3
"""
_LAST = """
SELECT f.n, e.hash FROM feed f JOIN entry e USING (case_id, seq) WHERE f.audience = $1 ORDER BY f.n DESC LIMIT 1
"""


class Heard(Struct, frozen=True):
    """How far an audience has read; `check` is of the entry at that place, so that another history there is noticed."""

    audience: int
    n: int = 0
    check: str = ""


class FedEntry(Struct, frozen=True):
    """An entry as it was told, and what its case is."""

    entry: Entry
    heard: Heard
    k: int
    """Its number among what the audience was told of the case."""
    kind: str
    city: str
    scheme: str


async def read_feed(tx: Tx, audience: int, after: Heard | None, limit: int) -> list[FedEntry]:
    """Give what an audience is told behind a place; `HistoryRestored` where something else, or nothing, stands at it."""
    if after is None or after.n == 0:
        return [_fed(audience, row) for row in await tx.fetch(_PAGE, audience, 1, limit)]
    found = [_fed(audience, row) for row in await tx.fetch(_PAGE, audience, after.n, limit + 1)]
    if not found or found[0].heard != after:
        raise await _restored(tx, audience, after, is_lost=not found)
    return found[1:]


async def _restored(tx: Tx, audience: int, after: Heard, *, is_lost: bool) -> HistoryRestored:
    last = await tx.fetchrow(_LAST, audience) if is_lost and after.audience == audience else None
    place = Heard(audience) if last is None else Heard(audience, last["n"], _check(last["hash"]))
    message = sentence(
        "The history was restored from a copy, and does not have what stood at this place. Forget what you heard behind `from`, and "
        "go on with it as `after`."
    )
    return HistoryRestored(message, **{"from": encode_heard(place)})


def encode_heard(heard: Heard) -> str:
    """Write a place as opaque text."""
    return packed((heard.audience, heard.n, heard.check))


def decode_heard(text: str) -> Heard:
    """Read it back; a broken text is a ValueError."""
    return Heard(*parts_of(text, tuple[_FROM_0, _FROM_0, str]))


def _check(digest: bytes) -> str:
    return digest[:4].hex()


def _fed(audience: int, row: Any) -> FedEntry:  # noqa: ANN401 -- asyncpg comes without types
    heard = Heard(audience, row["n"], _check(row["hash"]))
    return FedEntry(entry_of(tuple(row)[: len(ENTRY)]), heard, row["k"], row["kind"], row["city"], row["scheme"])
