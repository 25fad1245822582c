"""Transactions: what fails leaves nothing behind and takes no connection with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlencode, urlsplit

import asyncpg
import pytest

from storage.audit.jobs import heartbeat
from storage.postgres.engine import SafeEngine
from storage.postgres.faults import Busy, DatabaseAway
from storage.postgres.transaction import Database, Tx
from tests.database import Urls, execute
from tests.storage.making import AT


async def beats(database: Database, worker: str) -> int:
    async with database.connection() as tx:
        count: int = await tx.fetchval("SELECT count(*) FROM heartbeat WHERE worker = $1", worker)
        return count


async def fail_at_commit(tx: Tx) -> None:
    """Break a constraint that is looked at only when the transaction ends."""
    await tx.execute("CREATE TEMP TABLE twice (n int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP")
    await tx.execute("INSERT INTO twice VALUES (1), (1)")


async def test_commits_that_fail_give_their_connections_back(fresh_urls: Urls) -> None:
    database = await Database.open(fresh_urls.app, max_size=2)
    for _ in range(5):
        with pytest.raises(asyncpg.UniqueViolationError):
            async with database.transaction() as tx:
                await fail_at_commit(tx)
    async with asyncio.timeout(5), database.transaction() as tx:
        await heartbeat(tx, "after-failures", AT)
    assert await beats(database, "after-failures") == 1
    await database.close()


async def test_an_exception_undoes_what_was_written(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 -- a whole transaction is undone
        async with database.transaction() as tx:
            await heartbeat(tx, "undone", AT)
            raise ZeroDivisionError
    assert await beats(database, "undone") == 0


async def test_a_transaction_inside_another_is_a_savepoint(database: Database) -> None:
    async with database.transaction() as outer:
        await heartbeat(outer, "outer", AT)
        with pytest.raises(asyncpg.CheckViolationError):  # noqa: PT012 -- a whole transaction is undone
            async with database.transaction() as inner:
                assert inner is outer
                await heartbeat(inner, "inner", AT)
                await inner.execute("INSERT INTO counter (scheme, year, last) VALUES ('x', 2026, 0)")
    assert (await beats(database, "outer"), await beats(database, "inner")) == (1, 0)


async def test_a_task_started_inside_a_transaction_has_a_connection_of_its_own(database: Database) -> None:
    async def other() -> int:
        async with database.transaction() as tx:
            number: int = await tx.fetchval("SELECT pg_backend_pid()")
            return number

    async with database.transaction() as tx:
        mine = await tx.fetchval("SELECT pg_backend_pid()")
        assert await asyncio.create_task(other()) != mine


async def test_a_reading_sees_one_moment_and_writes_nothing(database: Database) -> None:
    async with database.reading() as tx:
        before = await tx.fetchval("SELECT count(*) FROM heartbeat")
        async with database.transaction() as other:
            await heartbeat(other, "meanwhile", AT)
        assert await tx.fetchval("SELECT count(*) FROM heartbeat") == before
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await heartbeat(tx, "reader", AT)


async def test_a_database_that_is_away_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseAway) as caught:
        await Database.open("postgresql://lianban_app:hush-hush@127.0.0.1:1/lianban")
    assert "127.0.0.1/lianban" in str(caught.value)
    assert "hush-hush" not in str(caught.value)


async def test_a_connection_that_ends_under_us_is_a_database_away_and_the_next_is_well(database: Database, fresh_urls: Urls) -> None:
    with pytest.raises(DatabaseAway):  # noqa: PT012 -- a whole transaction is undone
        async with database.transaction() as tx:
            pid = await tx.fetchval("SELECT pg_backend_pid()")
            await execute(fresh_urls.admin, f"SELECT pg_terminate_backend({pid})")
            await asyncio.sleep(0.1)
            await heartbeat(tx, "ended", AT)
    async with database.transaction() as tx:
        await heartbeat(tx, "well", AT)
    assert (await beats(database, "ended"), await beats(database, "well")) == (0, 1)


_LEAVE = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"


class Between:
    """Stands between the pool and the server, and may say the server's last words without ending the connection."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._clients = folder, list[asyncio.StreamWriter]()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients.append(writer)
        answers, asks = await asyncio.open_unix_connection(self._folder / ".s.PGSQL.5432")
        async with asyncio.TaskGroup() as both:
            both.create_task(_forward(reader, asks))
            both.create_task(_forward(answers, writer))

    async def take_leave(self) -> None:
        for client in self._clients:
            client.write(b"E" + (len(_LEAVE) + 4).to_bytes(4, "big") + _LEAVE)
            await client.drain()
        self._clients.clear()


async def _forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65_536):
        writer.write(piece)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def one_connection(url: str) -> AsyncIterator[tuple[Database, Between]]:
    """A pool of one, and what stands between it and the server."""
    parts = urlsplit(url)
    [folder] = parse_qs(parts.query)["host"]
    with TemporaryDirectory() as here:
        between = Between(Path(folder))
        async with await asyncio.start_unix_server(between.carry, Path(here) / ".s.PGSQL.5432"):
            database = await Database.open(parts._replace(query=urlencode({"host": here})).geturl(), max_size=1)
            yield database, between
            await database.close()


@pytest.mark.parametrize("opening", ["connection", "transaction", "reading"])
async def test_a_connection_that_the_server_took_leave_of_fails_nobody_twice(fresh_urls: Urls, opening: str) -> None:
    """The server's last words come before the end of the line is seen: whoever asks in between gets no answer."""
    async with one_connection(fresh_urls.app) as (database, between):
        await between.take_leave()
        await asyncio.sleep(0.1)
        with pytest.raises(DatabaseAway):
            async with getattr(database, opening)() as tx:
                await tx.fetchval("SELECT 1")
        async with getattr(database, opening)() as tx:
            assert await tx.fetchval("SELECT 1") == 1


async def test_a_closed_pool_says_that_the_database_is_away(fresh_urls: Urls) -> None:
    database = await Database.open(fresh_urls.app)
    await database.close()
    await database.close()
    with pytest.raises(DatabaseAway):
        async with database.connection():
            pass
    with pytest.raises(DatabaseAway):
        async with database.transaction():
            pass


def test_making_the_engine_touches_no_server() -> None:
    assert SafeEngine("postgresql://nobody@127.0.0.1:1/none").pool is None


@pytest.mark.parametrize("opening", ["transaction", "connection", "reading"])
async def test_what_the_caller_itself_raises_is_not_taken_for_the_databases_absence(database: Database, opening: str) -> None:
    with pytest.raises(FileNotFoundError):
        async with getattr(database, opening)():
            raise FileNotFoundError
    with pytest.raises(asyncpg.DataError):
        async with getattr(database, opening)() as tx:
            await tx.fetchval("SELECT $1::int", 2**40)


async def test_a_row_held_by_another_is_busy(database: Database) -> None:
    async with database.transaction() as tx:
        await heartbeat(tx, "held", AT)
    async with database.connection() as other, other.transaction():
        await other.execute("SELECT FROM heartbeat WHERE worker = 'held' FOR UPDATE")
        with pytest.raises(Busy):
            async with database.transaction() as tx:
                await tx.execute("SELECT FROM heartbeat WHERE worker = 'held' FOR UPDATE NOWAIT")
