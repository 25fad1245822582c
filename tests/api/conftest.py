"""The application on a fresh database, and callers of every role; nothing of ours is mocked."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import httpx
import pytest
from litestar import Litestar

from api.app import create_app
from casework.settings import Settings
from tests.api.callers import DATA_KEYS, SECRET, Callers, over_asgi
from tests.conftest import Clock
from tests.database import Urls, database, fresh_urls, template

START = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)

__all__ = ["database", "fresh_urls", "template"]


@pytest.fixture(scope="module")
def moving() -> Clock:
    """The application's clock: Wednesday 3 June 2026, 10:00 in Shanghai, before each test."""
    return Clock(START)


@pytest.fixture(autouse=True)
def _rewound(moving: Clock) -> Iterator[None]:
    moving.move_to(START)
    yield
    moving.move_to(START)


@pytest.fixture(scope="module")
async def app(fresh_urls: Urls, moving: Clock) -> AsyncIterator[Litestar]:
    """The application, started."""
    async with started(fresh_urls.app, moving) as made:
        yield made


@asynccontextmanager
async def started(
    url: str,
    clock: Clock,
    redis_url: str | None = None,
    wall: Clock | None = None,
    **others: Any,  # noqa: ANN401 -- other settings
) -> AsyncIterator[Litestar]:
    """Have a started application for a while; it starts and ends in one task, as under a server."""
    data = Path(mkdtemp(prefix="lianban-"))
    settings = Settings(database_url=url, redis_url=redis_url, secret=SECRET, data_keys=DATA_KEYS, **{"data": data} | others)
    made = create_app(settings, domain_now=clock, wall_now=wall or clock)
    up, down = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with made.lifespan():
            up.set()
            await down.wait()

    living, waiting = asyncio.create_task(live()), asyncio.create_task(up.wait())
    await asyncio.wait({living, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if living.done():
        waiting.cancel()
        await living
    try:
        yield made
    finally:
        down.set()
        await living
        rmtree(data)


@pytest.fixture(scope="module")
def callers(app: Litestar, moving: Clock) -> Callers:
    """Callers of every role and party."""
    return Callers(app, moving)


@pytest.fixture(scope="module")
async def anybody(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """Someone without a token."""
    async with over_asgi(app) as client:
        yield client
