"""The worker goes on without Redis, with one that hangs and past a fault of ARQ's, and no part of it stops in silence."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import auditor.worker
from auditor.jobs import Job
from auditor.worker import SWEEP_TIMEOUT, settings_for
from cli.servers import Addresses
from storage.audit.jobs import finish_run, last_success, start_run
from storage.postgres.transaction import Database
from tests.auditor.keeping import BOOKS
from tests.conftest import Clock
from tests.database import Urls


@asynccontextmanager
async def at_work(url: str, redis_url: str) -> AsyncIterator[asyncio.Task[None]]:
    """Have a worker at work in this process, and tell it to stop at the end as a service manager would."""
    task = asyncio.create_task(auditor.worker.work(url, redis_url, BOOKS))
    try:
        yield task
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(task, 20)


async def swept(db: Database, seconds: float = 20) -> bool:
    """Wait for a sweep that succeeded."""
    for _ in range(int(seconds * 10)):
        async with db.connection() as tx:
            if "sweep" in await last_success(tx):
                return True
        await asyncio.sleep(0.1)
    return False


async def test_it_sweeps_without_redis(db: Database, urls: Urls, tmp_path: Path) -> None:
    async with at_work(urls.app, f"unix://{tmp_path / 'nobody.sock'}?db=0"):
        assert await swept(db)


async def test_it_sweeps_beside_a_redis_that_takes_calls_and_never_answers(db: Database, urls: Urls) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        async with at_work(urls.app, f"redis://127.0.0.1:{silent.getsockname()[1]}"):
            assert await swept(db)


@pytest.fixture
def job(db: Database, now: Clock) -> Job:
    return Job(db, BOOKS, "one", now, now)


@pytest.mark.parametrize(("ago", "late"), [(0, False), (74, False), (75, True), (-1, True)])
async def test_a_sweep_is_late_after_more_than_a_minute_or_when_the_clock_was_set_back(job: Job, ago: int, *, late: bool) -> None:
    begun = job.wall_now() - timedelta(seconds=ago)
    async with job.db.transaction() as tx:
        await finish_run(tx, await start_run(tx, "sweep", "another", begun), begun)
    assert await auditor.worker._sweep_is_late(job) is late  # noqa: SLF001 -- the loop around it never ends


async def test_a_database_that_was_never_swept_is_late(job: Job) -> None:
    assert await auditor.worker._sweep_is_late(job) is True  # noqa: SLF001 -- as above


async def test_a_long_sweep_that_is_under_way_is_not_late(job: Job) -> None:
    job.sweeping = 1
    assert await auditor.worker._sweep_is_late(job) is False  # noqa: SLF001 -- as above


async def test_a_job_that_hangs_is_given_up_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    await auditor.worker._kept(asyncio.Event().wait(), "sweep", 0)  # noqa: SLF001 -- no real job takes no time
    assert "took too long" in capsys.readouterr().out


async def test_a_part_that_ends_by_a_fault_ends_the_worker() -> None:
    async def forever() -> None:
        await asyncio.Event().wait()

    async def broken() -> None:
        raise RuntimeError("broken")

    parts: list[Coroutine[Any, Any, None]] = [forever(), broken()]
    with pytest.raises(RuntimeError, match="broken"):
        await auditor.worker._until(asyncio.Event(), *parts)  # noqa: SLF001 -- no part of ours is known to fail


async def test_arq_leaves_a_job_longer_than_the_job_itself(job: Job, servers: Addresses) -> None:
    sweep, *_ = settings_for(servers.redis_url, job)["cron_jobs"]
    assert sweep.timeout_s > SWEEP_TIMEOUT
