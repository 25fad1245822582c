"""The fixtures of this room: a fresh database for each module, and a transaction in it."""

from collections.abc import AsyncIterator

import pytest

from storage.postgres.transaction import Database, Tx
from tests.database import database, fresh_urls, template

__all__ = ["database", "fresh_urls", "template", "tx"]


@pytest.fixture
async def tx(database: Database) -> AsyncIterator[Tx]:
    """A transaction that is kept, as the program's own are."""
    async with database.transaction() as opened:
        yield opened
