"""The worker: ARQ runs the jobs by the clock; without Redis the worker sweeps by itself. The only file that knows ARQ or asks the time."""

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Coroutine, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog
from arq import Worker, cron
from arq.connections import RedisSettings
from redis.exceptions import RedisError

from auditor.jobs import Job, beat, run_audit, run_propose, run_sweep
from auditor.settlement.periods import run_periods
from calendars import SHANGHAI
from domain.schemes.rulebook import Rulebook
from storage.audit.jobs import last_success
from storage.documents.archive import Archive
from storage.feed.deriving import go_round
from storage.migrate import check_schema
from storage.postgres.faults import Busy, DatabaseAway
from storage.postgres.transaction import Database

BEAT_EVERY = 15
RETRY_AFTER = 5
SWEEP_EVERY = 60
SWEEP_OVERDUE = 75
"""Seconds since the last sweep that succeeded, by whichever worker, after which ARQ is not waited for."""
BEAT_TIMEOUT = 30
TOLD_EVERY = 0.1
"""Seconds between two looks for entries that nobody was told of."""
TELL_TIMEOUT = 600
SWEEP_TIMEOUT = 300
AUDIT_TIMEOUT = 6 * 3600
ARQ_LATER = 10
"""Seconds that ARQ waits beyond a job's own limit, which tells what took too long."""
STOP_WITHIN = 5
"""Seconds that what is under way has to let go, once the worker is told to stop; `up` and service managers wait longer."""
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
    await _sweep(ctx["job"])


async def audit(ctx: dict[str, Any]) -> None:
    """Look once a minute whether an audit is under way or owed."""
    await _audit(ctx["job"])


async def propose(ctx: dict[str, Any]) -> None:
    """Look once a minute whether steps are to be proposed."""
    await _propose(ctx["job"])


async def _sweep(job: Job) -> None:
    job.sweeping += 1
    try:
        await _kept(run_sweep(job), "sweep", SWEEP_TIMEOUT)
        await _kept(run_periods(job), "periods", SWEEP_TIMEOUT)
    finally:
        job.sweeping -= 1


async def _audit(job: Job) -> None:
    await _kept(run_audit(job), "audit", AUDIT_TIMEOUT)


async def _propose(job: Job) -> None:
    await _kept(run_propose(job), "propose", SWEEP_TIMEOUT)


async def _kept(work: Awaitable[object], name: str, within: int) -> bool:
    """Do a piece of work; a fault is told and left to the next tick, for the database knows what is still to be done."""
    try:
        async with asyncio.timeout(within):
            await work
    except DatabaseAway as fault:
        log.warning("the database is away", job=name, fault=str(fault))
    except Busy as fault:
        log.warning("the rows are held by others; the next tick takes the job up again", job=name, fault=str(fault))
    except TimeoutError:
        log.warning("a job took too long and was given up; the next tick takes it up again", job=name, seconds=within)
    except Exception:
        log.exception("a job failed; the next tick takes it up again", job=name)
    else:
        return True
    return False


def settings_for(redis_url: str, job: Job) -> dict[str, Any]:
    """Give what ARQ is started with; a test reads the effective values off the worker."""
    return {
        "functions": [],
        "cron_jobs": [
            cron(sweep, second=0, run_at_startup=True, unique=True, timeout=SWEEP_TIMEOUT + ARQ_LATER, max_tries=3, keep_result=0),
            cron(audit, second=30, run_at_startup=False, unique=False, timeout=AUDIT_TIMEOUT + ARQ_LATER, max_tries=3, keep_result=0),
            cron(propose, second=45, run_at_startup=False, unique=True, timeout=SWEEP_TIMEOUT + ARQ_LATER, max_tries=3, keep_result=0),
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


async def work(database_url: str, redis_url: str, books: Mapping[str, Rulebook], archive: Archive | None = None) -> None:
    """Work until told to stop by SIGINT or SIGTERM; neither a lost Redis nor a lost database ends it, older tables do."""
    db = await _opened(database_url)
    job = Job(db, books, worker_name(), now, now, archive)
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    log.info("at work", worker=job.worker)
    await _until(stop, _beats(job), _tells(job), _arq_again_and_again(job, redis_url), _late_sweeps(job), _owed_audits(job))
    await _within(STOP_WITHIN, db.close())
    log.info("stopped", worker=job.worker)


async def _opened(database_url: str) -> Database:
    """Wait for a database that is away: it is started again, or an operator reads why we wait."""
    while True:
        try:
            return await _checked(await Database.open(database_url, max_size=4))
        except DatabaseAway as fault:
            log.warning("waiting for the database", fault=str(fault))
            await asyncio.sleep(RETRY_AFTER)


async def _checked(db: Database) -> Database:
    """Look whether its tables are of this release; a database that leaves while it is looked at is away as any other."""
    try:
        await check_schema(db)
    except BaseException:
        await _within(STOP_WITHIN, db.close())
        raise
    return db


async def _until(stop: asyncio.Event, *loops: Coroutine[Any, Any, None]) -> None:
    """Run what never ends until told to stop; what ends all the same ends the worker, so that no part of it stops in silence."""
    tasks = [asyncio.create_task(loop) for loop in (*loops, _set(stop))]
    done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.wait(left, timeout=STOP_WITHIN)
    for task in done:
        task.result()


async def _set(stop: asyncio.Event) -> None:
    await stop.wait()


async def _within(seconds: int, work: Awaitable[object]) -> None:
    """Let go of what hangs: the database takes back what was not committed."""
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError:
        log.warning("the database did not answer the good-bye")


async def _beats(job: Job) -> None:
    while True:
        await _kept(beat(job), "heartbeat", BEAT_TIMEOUT)
        await asyncio.sleep(BEAT_EVERY)


async def _tells(job: Job) -> None:
    """Have readers of the feed told of what came, as every process that answers requests does too; it waits for neither Redis nor ARQ."""
    while True:
        await asyncio.sleep(TOLD_EVERY)
        if not await _kept(go_round(job.db, job.telling), "feed", TELL_TIMEOUT):
            await asyncio.sleep(RETRY_AFTER)


async def _arq_again_and_again(job: Job, redis_url: str) -> None:
    """Let ARQ work; while Redis is away, try again. A fault of ARQ's own must not end the timetable either."""
    while True:
        try:
            await _arq(job, redis_url)
        except (RedisError, OSError) as fault:
            log.warning("Redis is away; sweeping without it", fault=type(fault).__name__)
        except Exception:
            log.exception("ARQ failed; sweeping without it")
        await asyncio.sleep(RETRY_AFTER)


async def _late_sweeps(job: Job) -> None:
    """Sweep where no worker's ARQ did: Redis may be away, hang, or lose a tick."""
    while True:
        await asyncio.sleep(RETRY_AFTER)
        if await _sweep_is_late(job):
            await _sweep(job)
            await asyncio.sleep(SWEEP_EVERY - RETRY_AFTER)


async def _sweep_is_late(job: Job) -> bool:
    """Ask the database, unless a long sweep is under way here; one that is away says so at the next sign of life."""
    if job.sweeping:
        return False
    try:
        async with asyncio.timeout(BEAT_TIMEOUT), job.db.connection() as tx:
            last = (await last_success(tx)).get("sweep")
    except (DatabaseAway, TimeoutError):
        return False
    # One in the future was written under a clock that has been set back since.
    return last is None or not 0 <= (job.wall_now() - last).total_seconds() < SWEEP_OVERDUE


async def _owed_audits(job: Job) -> None:
    """Look for an audit, and for steps to propose, without ARQ as well; a worker takes part in one at a time, and no sweep waits for it."""
    while True:
        await asyncio.sleep(SWEEP_EVERY)
        await _propose(job)
        await _audit(job)


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
