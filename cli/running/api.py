"""Runs the API on a port that is taken already, in this process, until it is told to stop; wires nothing."""

import asyncio
import os
import socket
import threading
from types import FrameType

import uvicorn

from api.app import create_app
from casework.keys import ring_that_fits
from casework.settings import Settings
from cli.terminal.logs import write_logs
from storage.migrate import check_schema
from storage.postgres.transaction import Database

_LAST_ANSWERS = 5
"""Seconds that requests under way have once it is told to stop."""
_GONE_WITHIN = 8.0
"""Seconds after which it ends whatever hangs: a frozen database lets no connection go. Nothing is lost that was answered."""


class _Server(uvicorn.Server):
    """Uvicorn's own, which would wait for ever."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._last = threading.Timer(_GONE_WITHIN, os._exit, (1,))
        self._last.daemon = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.should_exit:
            self._last.start()
        super().handle_exit(sig, frame)

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            super().run(sockets)
        finally:
            self._last.cancel()


def answer_requests(settings: Settings, listener: socket.socket) -> None:
    write_logs(settings.log)
    app = create_app(settings)
    asyncio.run(_refuse_if_unready(settings))
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
    _Server(config).run(sockets=[listener])


async def _refuse_if_unready(settings: Settings) -> None:
    """Asked before the server starts, which would bury the reason under its own words."""
    database = await Database.open(settings.database_url or "")
    try:
        await check_schema(database)
        await ring_that_fits(settings, database)
    finally:
        await database.close()
