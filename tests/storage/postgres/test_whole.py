"""One transaction in a database's place: all of it or nothing, its parts undone by themselves, its tasks by turns."""

import asyncio

import pytest

from storage.audit.jobs import heartbeat
from storage.postgres.faults import DatabaseAway
from storage.postgres.transaction import Database
from storage.postgres.whole import Whole
from tests.database import Urls
from tests.storage.making import AT


async def workers(database: Database) -> set[str]:
    async with database.connection() as tx:
        return {row["worker"] for row in await tx.fetch("SELECT worker FROM heartbeat")}


async def beat(database: Database, worker: str) -> None:
    async with database.transaction() as tx:
        await heartbeat(tx, worker, AT)


async def test_nothing_is_there_for_others_before_its_end_and_all_of_it_after(database: Database) -> None:
    async with database.transaction() as tx:
        whole = Whole(tx)
        await beat(whole, "first")
        await asyncio.create_task(beat(whole, "second"))
        assert await workers(whole) >= {"first", "second"}
        assert not {"first", "second"} & await asyncio.create_task(workers(database))
    assert await workers(database) >= {"first", "second"}


async def test_what_is_undone_in_it_is_undone_as_a_whole(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 -- a whole transaction is undone
        async with database.transaction() as tx:
            await beat(Whole(tx), "gone")
            raise ZeroDivisionError
    assert "gone" not in await workers(database)


async def test_a_part_that_fails_undoes_itself_alone(database: Database) -> None:
    async with database.transaction() as tx:
        whole = Whole(tx)
        await beat(whole, "kept")
        with pytest.raises(ZeroDivisionError):  # noqa: PT012 -- a part is undone
            async with whole.transaction() as part:
                await heartbeat(part, "undone", AT)
                raise ZeroDivisionError
    assert {"kept", "undone"} & await workers(database) == {"kept"}


async def test_tasks_take_turns_on_its_one_connection(database: Database) -> None:
    async with database.transaction() as tx:
        whole = Whole(tx)
        await asyncio.gather(*(beat(whole, f"lane {number}") for number in range(20)))
        async with whole.reading(), whole.transaction():  # inside its own turn a task goes on
            await beat(whole, "inside")
    assert await workers(database) >= {"inside", *(f"lane {number}" for number in range(20))}


async def test_a_lost_connection_is_said_and_keeps_nothing(fresh_urls: Urls) -> None:
    database = await Database.open(fresh_urls.app)
    with pytest.raises(DatabaseAway):  # noqa: PT012 -- a whole transaction is lost
        async with database.transaction() as tx:
            await beat(Whole(tx), "lost")
            tx.terminate()
            await beat(Whole(tx), "after")
    assert not {"lost", "after"} & await workers(database)
    await database.close()
