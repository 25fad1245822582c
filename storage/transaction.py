"""Opens the one pool and its transactions, and says in clear words when the database is away; it knows no table."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import asyncpg

from storage.engine import SafeEngine
from storage.faults import Busy, DatabaseAway

Tx = Any
"""An open asyncpg connection (asyncpg comes without types), inside a transaction wherever something is written."""

AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)
_BUSY = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError, asyncpg.LockNotAvailableError)


class Database:
    """One pool on one database; made after the servers are up, closed at the end."""

    def __init__(self, engine: SafeEngine, where: str) -> None:
        self._engine = engine
        self._where = where

    @classmethod
    async def open(cls, url: str, *, min_size: int = 1, max_size: int = 10) -> Self:
        """Connect, or say that the database is away."""
        database = cls(SafeEngine(url), where(url))
        try:
            await database._engine.start_connection_pool(min_size=min_size, max_size=max_size, reset=_keep)
        except AWAY as fault:
            raise database._away() from fault
        return database

    async def close(self) -> None:
        if self._engine.pool is not None:
            await self._engine.close_connection_pool()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """READ COMMITTED; inside another of the same task it is a savepoint."""
        opened = self._engine.transaction()
        try:
            async with opened:
                yield opened.connection
        except AWAY as fault:
            raise self._away() from fault
        except asyncpg.InterfaceError as fault:
            raise self._away_or(fault, opened) from fault
        except _BUSY as fault:
            raise Busy("another piece of work holds the same rows: try again") from fault

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """Everything as of one moment: REPEATABLE READ READ ONLY, on a connection of its own."""
        async with self.connection() as tx, tx.transaction(isolation="repeatable_read", readonly=True):
            yield tx

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Tx]:
        """A connection without a transaction, for a single read."""
        if self._engine.pool is None:
            raise DatabaseAway(f"the pool of {self._where} is closed")
        tx: Tx = None
        try:
            async with self._engine.pool.acquire() as tx:
                yield tx
        except AWAY as fault:
            raise self._away() from fault
        except asyncpg.InterfaceError as fault:
            if tx is not None and not _is_gone(tx):
                raise
            raise self._away() from fault

    def _away(self) -> DatabaseAway:
        return DatabaseAway(f"the database at {self._where} does not answer: start it, or mend LIANBAN_DATABASE_URL; nothing was written")

    def _away_or(self, fault: Exception, opened: Any) -> Exception:  # noqa: ANN401 -- Piccolo's transaction
        """A connection that closed under us is the database's absence; any other misuse is a bug and stays one."""
        tx = getattr(opened, "connection", None)
        return self._away() if tx is None or _is_gone(tx) else fault


def _is_gone(tx: Tx) -> bool:
    try:
        gone: bool = tx.is_closed()
    except asyncpg.InterfaceError:  # released already
        return True
    return gone


async def _keep(_: Tx) -> None:
    """A connection goes back as it is: no session state is ever set, and asking the server to reset costs a round trip."""


def where(url: str) -> str:
    """Host and name without the password."""
    parts = urlsplit(url)
    hosts = parse_qs(parts.query).get("host", [])
    return f"{parts.hostname or ''.join(hosts) or 'localhost'}{parts.path}"
