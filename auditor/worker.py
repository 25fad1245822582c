"""The worker: ARQ runs the jobs by the clock; without Redis the worker sweeps by itself. The only file that knows ARQ or asks the time."""

import asyncio
import os
import signal
import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog
from arq import Worker, cron
from arq.connections import RedisSettings
from redis.exceptions import RedisError

from auditor.jobs import Job, beat, run_audit, run_sweep
from calendars import SHANGHAI
from domain.rulebook import Rulebook
from storage.faults import DatabaseAway
from storage.transaction import Database

BEAT_EVERY = 15
RETRY_AFTER = 5
SWEEP_EVERY = 60
SWEEP_TIMEOUT = 300
AUDIT_TIMEOUT = 6 * 3600
QUEUE = "lianban"

log = structlog.get_logger(__name__)


def now() -> datetime:
    """Give the moment, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def worker_name() -> str:
    """Name this worker among all."""
    return f"{socket.gethostname()}-{os.getpid()}"


async def sweep(ctx: dict[str, Any]) -> None:
    """Sweep once a minute; what fails now is found again by the next."""
    await _kept(run_sweep(ctx["job"]), "sweep")


async def audit(ctx: dict[str, Any]) -> None:
    """Look once a minute whether an audit is under way or owed."""
    await _kept(run_audit(ctx["job"]), "audit")


async def _kept(work: Any, name: str) -> None:  # noqa: ANN401 -- any coroutine
    """Do a piece of work; a fault is told and left to the next tick, for the database knows what is still to be done."""
    try:
        await work
    except DatabaseAway as fault:
        log.warning("the database is away", job=name, fault=str(fault))
    except Exception:
        log.exception("a job failed; the next tick takes it up again", job=name)


def settings_for(redis_url: str, job: Job) -> dict[str, Any]:
    """Give what ARQ is started with; a test reads the effective values off the worker."""
    return {
        "functions": [],
        "cron_jobs": [
            cron(sweep, second=0, run_at_startup=True, unique=True, timeout=SWEEP_TIMEOUT, max_tries=3, keep_result=0),
            cron(audit, second=30, run_at_startup=False, unique=False, timeout=AUDIT_TIMEOUT, max_tries=3, keep_result=0),
        ],
        "queue_name": QUEUE,
        "redis_settings": RedisSettings.from_dsn(redis_url),
        "ctx": {"job": job},
        "timezone": SHANGHAI,
        "handle_signals": False,
        "keep_result": 0,
        "health_check_interval": 20,
        "health_check_key": f"{QUEUE}:health:{job.worker}",
        "job_serializer": msgspec.msgpack.encode,
        "job_deserializer": msgspec.msgpack.decode,
        "log_results": False,
    }


async def work(database_url: str, redis_url: str, books: Mapping[str, Rulebook]) -> None:
    """Work until told to stop by SIGINT or SIGTERM; neither a lost Redis nor a lost database ends it."""
    db = await _opened(database_url)
    job = Job(db, books, worker_name(), now)
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    tasks = [asyncio.create_task(_beats(job)), asyncio.create_task(_turns(job, redis_url))]
    await stop.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await db.close()


async def _opened(database_url: str) -> Database:
    """Wait for a database that is away: it is started again, or an operator reads why we wait."""
    while True:
        try:
            return await Database.open(database_url, max_size=4)
        except DatabaseAway as fault:
            log.warning("waiting for the database", fault=str(fault))
            await asyncio.sleep(RETRY_AFTER)


async def _beats(job: Job) -> None:
    while True:
        await _kept(beat(job), "heartbeat")
        await asyncio.sleep(BEAT_EVERY)


async def _turns(job: Job, redis_url: str) -> None:
    """Let ARQ work; while Redis is away, sweep by ourselves and try again."""
    swept: datetime | None = None
    while True:
        try:
            await _arq(job, redis_url)
        except (RedisError, OSError) as fault:
            log.warning("Redis is away; sweeping without it", fault=type(fault).__name__)
        if swept is None or (now() - swept).total_seconds() >= SWEEP_EVERY:
            await _kept(run_sweep(job), "sweep")
            await _kept(run_audit(job), "audit")
            swept = now()
        await asyncio.sleep(RETRY_AFTER)


async def _arq(job: Job, redis_url: str) -> None:
    worker = Worker(**settings_for(redis_url, job))
    try:
        await worker.async_run()
    finally:
        for task in worker.tasks.values():
            task.cancel()
        await asyncio.gather(*worker.tasks.values(), return_exceptions=True)
        if worker._pool is not None:  # noqa: SLF001 -- ARQ offers no other way to close without its own signals
            await worker._pool.aclose(close_connection_pool=True)  # noqa: SLF001 -- as above
