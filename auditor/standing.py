"""What every job stands on: the schemes made ready and the calendars as they are now; it asks no clock."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from domain.ledger import hasher
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook
from storage.calendars.offices import load_offices
from storage.postgres.transaction import Database


class Standing(Struct, frozen=True):
    """Schemes by id, the calendars, the ledger's hash."""

    books: Mapping[str, Rulebook]
    offices: Offices
    digest: Callable[[bytes], Any]


async def stand(db: Database, books: Mapping[str, Rulebook], now: datetime) -> Standing:
    """Read the calendars as they are now; a job does so at its start."""
    async with db.transaction() as tx:
        offices = await load_offices(tx, now)
    return Standing(books, offices, hasher("sha256"))
