"""Whether the program lives and can serve, for those who keep it running; names no host and no secret."""

import asyncio
from datetime import datetime
from typing import Literal

from litestar import get
from redis.asyncio import Redis
from redis.exceptions import RedisError

from api.program import HttpProgram
from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation
from casework.shown import Shown
from storage.audit.jobs import last_heartbeat, last_success
from storage.documents.archive import Archive
from storage.migrate import check_schema
from storage.postgres.faults import DatabaseAway, DocumentsAway, OldSchema

State = Literal["up", "away", "old", "off"]
_PATIENCE = 1
"""Seconds that Redis and the documents' storage may take: they are asked for news only."""


_SILENT_BEAT = 60
"""Seconds without a sign of life after which the worker, who gives one every 15, is taken for gone."""
_SILENT_SWEEP = 300
"""Seconds without a sweep that succeeded, of one every minute, after which breaches may be going unseen."""


class Liveness(Shown, frozen=True):
    """The loop answers."""

    status: str = "live"


class Readiness(Shown, frozen=True):
    """What the program rests on. Redis away is a delay, never an outage: findings wait, nothing is lost."""

    status: Literal["ready", "degraded", "unready"]
    database: State
    redis: State
    documents: State
    """Where their bytes lie; away, cases go on without uploads and downloads."""
    jobs: dict[str, datetime]
    """When each job last succeeded."""
    worker_seconds_ago: int | None
    """How long ago the worker last gave a sign of life."""


LIVE = Operation(reply=Liveness, tag="operations")
READY = Operation(reply=Readiness, tag="operations")


@get("/health/live", operation_id="readLiveness", summary="The process answers", opt=LIVE.opt)
async def read_liveness() -> Answer:
    """Answer 200 while the loop lives."""
    return reply(Liveness())


@get("/health/ready", operation_id="readReadiness", summary="Whether requests can be served, and the jobs' last success", opt=READY.opt)
async def read_readiness(request: ApiRequest) -> Answer:
    """Answer 503 only where the database is away or of another release."""
    program = request.program
    redis, documents = await asyncio.gather(_redis(program.settings.redis_url), _documents(program.archive))
    try:
        async with asyncio.timeout(5):
            found = await _ready(program, redis, documents)
    except (DatabaseAway, TimeoutError):
        found = Readiness("unready", "away", redis, documents, {}, None)
    except OldSchema:
        found = Readiness("unready", "old", redis, documents, {}, None)
    return reply(found, 503 if found.status == "unready" else 200)


async def _ready(program: HttpProgram, redis: State, documents: State) -> Readiness:
    await check_schema(program.db)
    async with program.db.connection() as tx:
        jobs, beat = await last_success(tx), await last_heartbeat(tx)
    now = program.wall_now()
    ago = None if beat is None else int((now - beat).total_seconds())
    silent = (ago is not None and ago > _SILENT_BEAT) or ("sweep" in jobs and (now - jobs["sweep"]).total_seconds() > _SILENT_SWEEP)
    degraded = silent or "away" in {redis, documents}
    return Readiness("degraded" if degraded else "ready", "up", redis, documents, jobs, ago)


async def _documents(archive: Archive) -> State:
    try:
        async with asyncio.timeout(_PATIENCE):
            await archive.objects.answer()
    except (DocumentsAway, TimeoutError):
        return "away"
    return "up"


async def _redis(url: str | None) -> State:
    if url is None:
        return "off"
    client = Redis.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)
    try:
        await client.ping()
    except (RedisError, OSError, ValueError):
        return "away"
    finally:
        await client.aclose()
    return "up"
