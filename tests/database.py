"""Databases of our own tables for tests: one template, migrated once, and a fresh copy for each test module.

In a room's `conftest.py`: `from tests.database import database, fresh_urls, template`. `database` is an open
`storage.Database` as the application's role; `fresh_urls` its addresses; `copied` makes one for a single test.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from msgspec import Struct

from cli.servers import Addresses
from storage.migrate import migrate
from storage.postgres.transaction import Database

APP_ROLE = "lianban_app"
_TEMPLATE = "lianban_template"
_numbers = count(1)
MADE_UP = "INSERT INTO made_up (marked) VALUES (true)"
AS_REAL = (
    "ALTER TABLE made_up DISABLE TRIGGER made_up_stays",
    "DELETE FROM made_up",
    "ALTER TABLE made_up ENABLE ALWAYS TRIGGER made_up_stays",
    "ALTER TABLE entry DISABLE TRIGGER entry_moment",
)
"""What only a superuser can: take the mark off a copy, and let its entries be of another day all the same."""


class Urls(Struct, frozen=True):
    """One fresh database: as the application, as the owner, as the superuser."""

    app: str
    owner: str
    admin: str


def named(url: str, database: str) -> str:
    """Give the address of another database of the same server."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"/{database}", parts.query, ""))


async def execute(url: str, *statements: str) -> None:
    """Run statements on a connection of their own, outside any transaction."""
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def make_empty(servers: Addresses, name: str) -> Urls:
    """Make a database without any table, with the rights that the servers give theirs."""
    await execute(
        servers.admin_url,
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"CREATE DATABASE {name} OWNER lianban_owner TEMPLATE template0",
    )
    await execute(
        named(servers.admin_url, name),
        "ALTER SCHEMA public OWNER TO lianban_owner",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}",
    )
    return urls_of(servers, name)


def urls_of(servers: Addresses, name: str) -> Urls:
    return Urls(named(servers.database_url, name), named(servers.owner_url, name), named(servers.admin_url, name))


@pytest.fixture(scope="session")
async def template(servers: Addresses) -> str:
    """The migrated database that every fresh one is a copy of; it bears the mark, for in most tests it is another day."""
    urls = await make_empty(servers, _TEMPLATE)
    await migrate(urls.owner, APP_ROLE)
    await execute(urls.app, MADE_UP)
    return _TEMPLATE


@asynccontextmanager
async def copied(servers: Addresses, template: str) -> AsyncIterator[Urls]:
    """Have a fresh copy of the template for a while."""
    name = f"lianban_test_{next(_numbers)}"
    await execute(
        servers.admin_url,
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"CREATE DATABASE {name} OWNER lianban_owner TEMPLATE {template}",
    )
    try:
        yield urls_of(servers, name)
    finally:
        await execute(servers.admin_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
async def fresh_urls(servers: Addresses, template: str) -> AsyncIterator[Urls]:
    """A fresh migrated database for the module."""
    async with copied(servers, template) as urls:
        yield urls


@pytest.fixture(scope="module")
async def database(fresh_urls: Urls) -> AsyncIterator[Database]:
    """The module's database, open as the application's role."""
    opened = await Database.open(fresh_urls.app, max_size=10)
    yield opened
    await opened.close()
