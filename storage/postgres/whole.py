"""One transaction in a database's place: what is written through it is there as a whole in the end, or not at all; opens none itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from storage.postgres.engine import Gate, is_gone
from storage.postgres.faults import DatabaseAway
from storage.postgres.transaction import Database, Tx


class Whole(Database):
    """Every transaction is a savepoint of the one that was given; tasks take turns, since they share its connection."""

    def __init__(self, tx: Tx) -> None:
        """Take an open transaction, which whoever opened it ends."""
        self._tx = tx
        self._turn = asyncio.Lock()
        self._whose: asyncio.Task[Any] | None = None

    async def close(self) -> None:
        """Leave the connection to whoever opened it."""

    @asynccontextmanager
    async def transaction(self, gate: Gate | None = None) -> AsyncIterator[Tx]:  # noqa: ARG002 -- no caller asks through it
        """Undo what was written here where it fails, and no more than that."""
        async with self.connection() as tx, tx.transaction():
            yield tx

    @asynccontextmanager
    async def reading(self, gate: Gate | None = None) -> AsyncIterator[Tx]:  # noqa: ARG002 -- no caller asks through it
        """Read what is there so far: nobody else writes into it meanwhile."""
        async with self.connection() as tx:
            yield tx

    @asynccontextmanager
    async def connection(self, gate: Gate | None = None) -> AsyncIterator[Tx]:  # noqa: ARG002 -- no caller asks through it
        """Have the connection for as long as the task's turn lasts; inside its own turn it goes on."""
        task = asyncio.current_task()
        if self._whose is task:
            yield self._tx
            return
        async with self._turn:
            self._whose = task
            try:
                yield self._tx
            except Exception as fault:
                if is_gone(self._tx):
                    raise DatabaseAway("the connection was lost; nothing was written") from fault
                raise
            finally:
                self._whose = None
