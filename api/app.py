"""Wires the application together; the only place here that reads the clock, and it decides nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, datetime

import structlog
from litestar import Litestar, Router

from api.contract import render
from api.permissions import admit
from api.program import open_program
from api.routes import HANDLERS, answers_to_options
from api.system.metrics import Meter, measured
from api.wire.operation import MOST_BYTES, ApiRequest
from api.wire.problems import ANSWERS
from casework.settings import SettingFault, Settings, strong_data_keys, strong_secret
from schemes.reader import load_schemes
from storage.feed.deriving import go_round
from storage.migrate import check_schema
from storage.postgres.faults import StorageFault
from storage.postgres.transaction import Database
from words import sentence

RENEWED_EVERY = 15
"""Seconds after which an edition that another process added is taken up."""
TOLD_EVERY = 0.1
"""Seconds between two looks for entries that nobody was told of; a reader who comes sooner is told first."""
_log = structlog.get_logger("lianban.api")


Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


def create_app(settings: Settings, *, domain_now: Clock = utc_now, wall_now: Clock = utc_now) -> Litestar:
    """Make the application; a missing or weak setting stops it here, the database is opened when it starts."""
    strong_secret(settings)
    strong_data_keys(settings)
    if settings.database_url is None:
        raise SettingFault(
            "LIANBAN_DATABASE_URL", sentence("it is missing"), sentence("Name the database: postgresql://lianban_app:…@host/lianban")
        )
    router = Router("/", route_handlers=[*answers_to_options(), *HANDLERS], guards=[admit], middleware=[measured])
    app = Litestar(
        route_handlers=[router],
        lifespan=[_lifespan(settings, settings.database_url, domain_now, wall_now)],
        exception_handlers=ANSWERS,
        openapi_config=None,
        logging_config=None,
        request_class=ApiRequest,
        request_max_body_size=MOST_BYTES,
    )
    app.state.contract, app.state.meter = render(), Meter()
    return app


def _lifespan(settings: Settings, url: str, domain_now: Clock, wall_now: Clock) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(app: Litestar) -> AsyncIterator[None]:
        db = await Database.open(url)
        try:
            await check_schema(db)
            app.state.program = await open_program(settings, load_schemes(settings.schemes), domain_now, wall_now, db)
            loops = [asyncio.create_task(_renew(app)), asyncio.create_task(_tell(app))]
            yield
            await _ended(loops)
        finally:
            await db.close()

    return life


async def _ended(loops: Iterable[asyncio.Task[None]]) -> None:
    for loop in loops:
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop


async def _tell(app: Litestar) -> None:
    """Have readers of the feed told of what came, as every worker does too."""
    while True:
        await asyncio.sleep(TOLD_EVERY)
        try:
            await go_round(app.state.program.db, app.state.program.telling)
        except StorageFault as fault:
            _log.warning("nobody-told", why=str(fault))
            await asyncio.sleep(RENEWED_EVERY)


async def _renew(app: Litestar) -> None:
    while True:
        await asyncio.sleep(RENEWED_EVERY)
        try:
            await app.state.program.renew()
        except StorageFault as fault:
            _log.warning("calendar-not-renewed", why=str(fault))
