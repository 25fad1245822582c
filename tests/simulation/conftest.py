"""A fresh database for each test, and the two cities on its calendars."""

from collections.abc import AsyncIterator

import pytest

from casework.program import Context, read_context
from cli.servers import Addresses
from storage.postgres.transaction import Database
from tests.conftest import Clock
from tests.database import copied, template
from tests.simulation.cities import CITIES

__all__ = ["template"]


@pytest.fixture
async def db(servers: Addresses, template: str) -> AsyncIterator[Database]:
    """A database of the test's own, open as the application's role."""
    async with copied(servers, template) as urls:
        opened = await Database.open(urls.app, max_size=4)
        yield opened
        await opened.close()


@pytest.fixture
async def context(db: Database, now: Clock) -> Context:
    """The real schemes and the calendars of that database."""
    return await read_context(db, {name: city.book for name, city in CITIES.items()}, now())
