"""Runs the API on a port that is taken already, in this process, until it is told to stop; wires nothing."""

import asyncio
import socket

import uvicorn

from api.app import create_app
from api.settings import Settings
from cli.logs import write_logs
from storage.migrate import check_schema
from storage.transaction import Database

_LAST_ANSWERS = 5
"""Seconds that requests under way have once it is told to stop."""


def answer_requests(settings: Settings, listener: socket.socket) -> None:
    write_logs(settings.log)
    app = create_app(settings)
    asyncio.run(_refuse_if_unready(settings.database_url or ""))
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_LAST_ANSWERS,
    )
    uvicorn.Server(config).run(sockets=[listener])


async def _refuse_if_unready(url: str) -> None:
    """Asked before the server starts, which would bury the reason under its own words."""
    database = await Database.open(url)
    try:
        await check_schema(database)
    finally:
        await database.close()
