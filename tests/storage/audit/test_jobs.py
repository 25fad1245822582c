"""Runs and leases: a worker that dies holds nothing up, and no shard is done by two."""

import asyncio
from datetime import timedelta

import pytest

from storage.audit.case_pages import read_page
from storage.audit.jobs import (
    add_shards,
    finish_run,
    finish_shard,
    forget_runs,
    heartbeat,
    last_counts,
    last_heartbeat,
    last_success,
    lease_shard,
    open_run,
    read_shards,
    renew_shard,
    split_cases,
    start_run,
)
from storage.postgres.transaction import Database, Tx
from tests.storage.making import AT, stored

TTL = timedelta(seconds=60)


@pytest.fixture
async def run_id(database: Database) -> int:
    """A run with two shards."""
    async with database.transaction() as tx:
        run = await start_run(tx, "audit", "worker-1", AT)
        case = await stored(tx)
        assert await add_shards(tx, run, [case.case_id]) == 2
        return run


async def test_the_last_success_is_when_it_began_and_failures_do_not_count(tx: Tx) -> None:
    first = await start_run(tx, "sweep", "worker-1", AT)
    await finish_run(tx, first, AT + timedelta(seconds=9), counts={"opened": 3})
    second = await start_run(tx, "sweep", "worker-1", AT + timedelta(seconds=60))
    await finish_run(tx, second, AT + timedelta(seconds=61), failed=True)
    await start_run(tx, "sweep", "worker-1", AT + timedelta(seconds=120))
    assert (await last_success(tx))["sweep"] == AT
    assert await last_counts(tx, "sweep") == {"opened": 3}
    assert await last_counts(tx, "never") is None


async def test_old_runs_are_forgotten_with_their_shards_but_not_the_last_success(database: Database, run_id: int) -> None:
    async with database.transaction() as tx:
        only = await start_run(tx, "weekly", "worker-1", AT)
        await finish_run(tx, only, AT)
        assert await open_run(tx, "audit", AT) == run_id
        for job in ("audit", "weekly"):
            await forget_runs(tx, job, AT + timedelta(days=9))
        assert await open_run(tx, "audit", AT) is None
        assert "weekly" in await last_success(tx)
        assert (await read_shards(tx, run_id)).left == 0


async def test_the_newest_heartbeat_of_any_worker_counts(tx: Tx) -> None:
    await heartbeat(tx, "one", AT)
    await heartbeat(tx, "two", AT + timedelta(seconds=5))
    await heartbeat(tx, "one", AT + timedelta(seconds=3))
    assert await last_heartbeat(tx) == AT + timedelta(seconds=5)


async def test_each_shard_goes_to_one_worker(database: Database, run_id: int) -> None:
    async def lease(worker: str) -> int | None:
        async with database.transaction() as tx:
            shard = await lease_shard(tx, run_id, worker, AT, TTL)
            return None if shard is None else shard.number

    assert sorted(str(number) for number in await asyncio.gather(*(lease(f"w{n}") for n in range(4)))) == [
        "1", "2", "None", "None",
    ]  # fmt: skip


async def test_a_shard_whose_worker_died_is_taken_over_and_the_dead_finishes_nothing(database: Database, run_id: int) -> None:
    later = AT + TTL + timedelta(seconds=1)
    async with database.transaction() as tx:
        mine = await lease_shard(tx, run_id, "dies", AT, TTL)
        assert mine is not None
        assert await renew_shard(tx, mine, "dies", AT, TTL)
        assert await lease_shard(tx, run_id, "next", later, TTL) == mine
        assert not await renew_shard(tx, mine, "dies", later, TTL)
        assert not await finish_shard(tx, mine, "dies", later, "{}")
        assert await finish_shard(tx, mine, "next", later, '{"cases":1}')
        progress = await read_shards(tx, run_id)
    assert (progress.finished, progress.left, progress.results) == (1, 1, ('{"cases":1}',))


async def test_shards_cover_every_case_once(database: Database) -> None:
    async with database.transaction() as tx:
        for _ in range(9):
            await stored(tx)
        run = await start_run(tx, "audit", "worker-1", AT)
        cuts = await split_cases(tx, 4)
        assert await add_shards(tx, run, cuts) == 4
        shards = [await lease_shard(tx, run, "worker-1", AT, TTL) for _ in range(4)]
    async with database.reading() as tx:
        pages = [await read_page(tx, shard.after, shard.upto, 1000) for shard in shards if shard]
        everything = await read_page(tx, None, None, 1000)
    assert [page for each in pages for page in each] == everything
    assert max(map(len, pages)) - min(map(len, pages)) <= 1


async def test_without_cases_there_is_one_shard(tx: Tx) -> None:
    assert await split_cases(tx, 1) == []
