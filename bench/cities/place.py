"""Real servers on a folder that is gone afterwards, with our tables in them; what is kept there is each benchmark's own."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from cli.running.databases import APP_ROLE
from cli.servers import Addresses, running
from storage.migrate import migrate
from storage.postgres.engine import Gate
from storage.postgres.transaction import Database, Tx

TABLES = ("cases", "entry", "clock", "finding")


@contextmanager
def place() -> Iterator[Addresses]:
    """Have PostgreSQL up as lianban starts it, every write synced, with the tables of this release."""
    with TemporaryDirectory(prefix="lianban-bench-") as folder, running(Path(folder)) as addresses:
        asyncio.run(migrate(addresses.owner_url, APP_ROLE))
        yield addresses


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Any]:
    """A connection of the benchmark's own, for what the program never does."""
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator["TimedDatabase"]:
    """The database, as a worker opens it."""
    database = await TimedDatabase.open(url)
    try:
        yield database
    finally:
        await database.close()


async def settle(addresses: Addresses) -> None:
    """Give PostgreSQL what it would have had time for: vacuum, statistics and a checkpoint."""
    async with connected(addresses.admin_url) as connection:
        await connection.execute("VACUUM (ANALYZE)")
        await connection.execute("CHECKPOINT")


async def rows(addresses: Addresses) -> dict[str, int]:
    """Count the rows of every table that cases fill."""
    async with connected(addresses.admin_url) as connection:
        return {table: await connection.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}  # noqa: S608 -- our own names


class TimedDatabase(Database):
    """A database that notes how long each of its transactions lasted: no row is locked for longer."""

    lasted: list[float]

    @asynccontextmanager
    async def transaction(self, gate: Gate | None = None) -> AsyncIterator[Tx]:
        """Note the seconds from the first statement to the end of the commit."""
        began = time.perf_counter()
        async with super().transaction(gate) as tx:
            yield tx
        self.__dict__.setdefault("lasted", []).append(time.perf_counter() - began)
