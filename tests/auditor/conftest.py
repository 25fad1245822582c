"""The fixtures of this room: a fresh database for each test, and what the jobs stand on."""

from collections.abc import AsyncIterator

import pytest

from casework.program import Context, read_context
from cli.servers import Addresses
from storage.postgres.transaction import Database
from tests.auditor.keeping import BOOKS
from tests.conftest import Clock
from tests.database import Urls, copied, template

__all__ = ["template"]


@pytest.fixture
async def urls(servers: Addresses, template: str) -> AsyncIterator[Urls]:
    """A database of the test's own."""
    async with copied(servers, template) as found:
        yield found


@pytest.fixture
async def db(urls: Urls) -> AsyncIterator[Database]:
    """That database, open as the application's role."""
    opened = await Database.open(urls.app, max_size=6)
    yield opened
    await opened.close()


@pytest.fixture
async def context(db: Database, now: Clock) -> Context:
    """The real schemes and the calendars of that database."""
    return await read_context(db, BOOKS, now())
