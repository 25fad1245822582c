"""Piccolo's engine made safe: it connects no sooner than asked, and a COMMIT that fails gives its connection back."""

import asyncio
from contextlib import suppress
from contextvars import ContextVar
from types import TracebackType
from typing import Any, NamedTuple, Self
from weakref import ref

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

from storage.postgres.faults import CallerUnknown


class OwnTask:
    """Piccolo's note of the open transaction, seen only by the task that opened it.

    A task started inside a transaction gets a connection of its own.
    """

    def __init__(self) -> None:
        self._note: ContextVar[tuple[ref[asyncio.Task[Any]], PostgresTransaction] | None] = ContextVar("open_transaction", default=None)

    def get(self) -> PostgresTransaction | None:
        note = self._note.get()
        return note[1] if note is not None and note[0]() is asyncio.current_task() else None

    def put(self, transaction: PostgresTransaction | None) -> None:
        task = asyncio.current_task()
        self._note.set(None if transaction is None or task is None else (ref(task), transaction))


def is_gone(connection: Any) -> bool:  # noqa: ANN401 -- asyncpg comes without types
    """Say whether it has ended; the pool takes such a one back by itself, and its stand-in then answers nothing."""
    try:
        gone: bool = connection.is_closed()
    except asyncpg.InterfaceError:
        return True
    return gone


def drop_if_lost(connection: Any, fault: BaseException | None) -> None:  # noqa: ANN401 -- asyncpg comes without types
    """End a connection that the server has taken leave of, before its end was read: it would fail whoever had it next."""
    if isinstance(fault, asyncpg.InternalClientError) and not is_gone(connection):
        connection.terminate()


class Gate(NamedTuple):
    """A question that has to find a row; each connection prepares it once, since planning it anew costs more than asking it."""

    name: str
    prepare: str
    """`PREPARE name AS …`, no longer bound to a transaction than to a connection."""
    ask: str
    """`EXECUTE name (…)`: it goes along in another message, so that no value can be bound."""


class Connection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg comes without types
    """One that knows which gates it has prepared."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 -- asyncpg's own
        super().__init__(*given, **named)
        self.gates = set[str]()


async def execute_gated(connection: Any, gate: Gate | None, first: str = "") -> None:  # noqa: ANN401 -- asyncpg comes without types
    """Send what comes first, and the gate's question in the same message; refuse whoever it finds no row for."""
    if gate is None:
        if first:
            await connection.execute(first)
        return
    if gate.name not in connection.gates:
        with suppress(asyncpg.DuplicatePreparedStatementError):  # whoever prepared it was cancelled before it was noted
            await connection.execute(gate.prepare)
        connection.gates.add(gate.name)
    answer: str = await connection.execute(f"{first};{gate.ask}" if first else gate.ask)
    if answer != "SELECT 1":
        raise CallerUnknown("who asks was disabled, or its tokens were ended")


class ByHand:
    """A transaction or savepoint whose first message may ask a question too, which asyncpg's own cannot; it takes no cursor of its own.

    Where the question finds no row, nothing begins.
    """

    def __init__(self, connection: Any, begin: str, end: str, undo: str, gate: Gate | None = None) -> None:  # noqa: ANN401 -- asyncpg comes without types
        self._connection, self._begin, self._end, self._undo, self._gate = connection, begin, end, undo, gate

    async def start(self) -> None:
        try:
            await execute_gated(self._connection, self._gate, self._begin)
        except BaseException:
            if not is_gone(self._connection):
                await self.rollback()
            raise

    async def commit(self) -> None:
        await self._connection.execute(self._end)

    async def rollback(self) -> None:
        await self._connection.execute(self._undo)


class SafeTransaction(PostgresTransaction):
    """Its connection is released whatever COMMIT says; inside another of the same task it is a savepoint."""

    engine: "SafeEngine"
    connection: Any = None
    gone = True
    """No connection was had, or it was closed when the transaction ended."""
    gate: Gate | None = None
    """A question that has to find a row."""

    async def __aenter__(self) -> Self:
        self.connection = self._parent.connection if self._parent else await self.get_connection()  # type: ignore[no-untyped-call]  # Piccolo comes without types
        try:
            self.transaction = self._made()
            await self.begin()  # type: ignore[no-untyped-call]  # Piccolo comes without types
        except BaseException as fault:
            drop_if_lost(self.connection, fault)
            await self._give_back()
            raise
        self.engine.open_transaction.put(self)
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        drop_if_lost(self.connection, exception)
        try:
            if exception is not None:
                await self._undo()
            elif not self._rolled_back and not self._committed:
                await self.commit()  # type: ignore[no-untyped-call]  # Piccolo comes without types
        finally:
            self.gone = is_gone(self.connection)
            self.engine.open_transaction.put(self._parent)
            await self._give_back()
        return False

    def _made(self) -> Any:  # noqa: ANN401 -- asyncpg comes without types
        if self._parent is not None:
            name = f"within_{id(self)}"
            return ByHand(self.connection, f"SAVEPOINT {name}", f"RELEASE SAVEPOINT {name}", f"ROLLBACK TO SAVEPOINT {name}", self.gate)
        return ByHand(self.connection, "BEGIN", "COMMIT", "ROLLBACK", self.gate) if self.gate else self.connection.transaction()

    async def _undo(self) -> None:
        """A connection that is gone has nothing left to undo, and must not hide why."""
        if not self._rolled_back and not is_gone(self.connection):
            await self.rollback()  # type: ignore[no-untyped-call]  # Piccolo comes without types

    async def _give_back(self) -> None:
        if self._parent is not None:
            return
        if self.engine.pool:
            await self.engine.pool.release(self.connection)
        else:
            await self.connection.close()


class SafeEngine(PostgresEngine):
    """Piccolo's engine for one database address; making it touches no server."""

    def __init__(self, url: str) -> None:
        super().__init__({"dsn": url, "server_settings": {"application_name": "lianban", "jit": "off"}})
        self.open_transaction = OwnTask()
        self.current_transaction = self.open_transaction  # type: ignore[assignment] # Piccolo reads it by get() alone

    async def check_version(self) -> None:
        """Piccolo would connect here, before anybody has said that the servers are up."""

    async def prep_database(self) -> None:
        """No extension is asked for."""

    def transaction(self, allow_nested: bool = True) -> SafeTransaction:  # noqa: FBT001, FBT002 -- Piccolo's own signature
        return SafeTransaction(engine=self, allow_nested=allow_nested)
