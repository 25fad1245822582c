"""Opens the one pool and its transactions, and says in clear words when the database is away; it knows no table."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import asyncpg

from storage.postgres.engine import ByHand, Connection, Gate, SafeEngine, drop_if_lost, execute_gated, is_gone
from storage.postgres.faults import Busy, DatabaseAway
from words import sentence

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
_PERHAPS_AWAY = (*AWAY, asyncpg.InterfaceError, asyncpg.InternalClientError)
_BUSY = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError, asyncpg.LockNotAvailableError)


_AS_OF_ONE_MOMENT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Database:
    """One pool on one database; made after the servers are up, closed at the end.

    A `gate` is a question that has to find a row, or nothing is begun: `CallerUnknown`. It goes along with BEGIN, in the same message.
    """

    def __init__(self, engine: SafeEngine, where: str) -> None:
        self._engine = engine
        self._where = where

    @classmethod
    async def open(cls, url: str, *, min_size: int = 1, max_size: int = 10) -> Self:
        """Connect, or say that the database is away."""
        database = cls(SafeEngine(url), where(url))
        try:
            await database._engine.start_connection_pool(min_size=min_size, max_size=max_size, reset=_keep, connection_class=Connection)
        except AWAY as fault:
            raise database._away() from fault
        return database

    async def close(self) -> None:
        if self._engine.pool is not None:
            await self._engine.close_connection_pool()

    @asynccontextmanager
    async def transaction(self, gate: Gate | None = None) -> AsyncIterator[Tx]:
        """READ COMMITTED; inside another of the same task it is a savepoint."""
        self._pool()
        opened = self._engine.transaction()
        opened.gate = gate
        try:
            async with opened:
                yield opened.connection
        except _BUSY as fault:
            raise Busy(sentence("another piece of work holds the same rows: try again")) from fault
        except _PERHAPS_AWAY as fault:
            if _is_away(fault, gone=opened.gone):
                raise self._away() from fault
            raise

    @asynccontextmanager
    async def reading(self, gate: Gate | None = None) -> AsyncIterator[Tx]:
        """Everything as of one moment: REPEATABLE READ READ ONLY, on a connection of its own."""
        async with self.connection() as tx:
            opened = (
                ByHand(tx, _AS_OF_ONE_MOMENT, "COMMIT", "ROLLBACK", gate)
                if gate
                else tx.transaction(isolation="repeatable_read", readonly=True)
            )
            await opened.start()
            try:
                yield tx
            except BaseException:
                if not is_gone(tx):
                    await opened.rollback()
                raise
            await opened.commit()

    @asynccontextmanager
    async def connection(self, gate: Gate | None = None) -> AsyncIterator[Tx]:
        """A connection without a transaction, for a single read."""
        gone = True
        try:
            async with self._pool().acquire() as tx:
                try:
                    await execute_gated(tx, gate)
                    yield tx
                except asyncpg.InternalClientError as fault:
                    drop_if_lost(tx, fault)
                    raise
                finally:
                    gone = is_gone(tx)
        except _PERHAPS_AWAY as fault:
            if _is_away(fault, gone=gone):
                raise self._away() from fault
            raise

    def _pool(self) -> Any:  # noqa: ANN401 -- asyncpg comes without types
        if self._engine.pool is None:
            raise DatabaseAway(sentence("the pool of {where} is closed", where=self._where))
        return self._engine.pool

    def _away(self) -> DatabaseAway:
        return DatabaseAway(
            sentence(
                "the database at {where} does not answer: start it, or mend LIANBAN_DATABASE_URL; nothing was written", where=self._where
            )
        )


def _is_away(fault: BaseException, *, gone: bool) -> bool:
    """Tell the database's absence from what the caller's own code raised while the connection was well."""
    return gone or (isinstance(fault, AWAY) and not isinstance(fault, OSError))


async def _keep(_: Tx) -> None:
    """A connection goes back as it is: no session state is ever set, and asking the server to reset costs a round trip."""


def where(url: str) -> str:
    """Host and name without the password."""
    parts = urlsplit(url)
    hosts = parse_qs(parts.query).get("host", [])
    return f"{parts.hostname or ''.join(hosts) or 'localhost'}{parts.path}"
