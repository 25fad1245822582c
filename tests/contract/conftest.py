"""The application under a real server on a port of its own, with a client of the city's office."""

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from msgspec import Struct

from api.app import create_app, utc_now
from casework.access.caller import Caller
from casework.access.roles import SCOPES
from casework.settings import Settings
from cli.servers import Addresses
from storage.access.clients import ApiClient, add_client
from storage.postgres.transaction import Database
from tests.api.callers import DATA_KEYS, JINGMEN, SECRET, client_of
from tests.database import Urls, fresh_urls, template

__all__ = ["fresh_urls", "template"]


class Served(Struct, frozen=True):
    """Where it answers, and a token that is good for some minutes."""

    address: str
    token: str


@pytest.fixture(scope="module")
def served(servers: Addresses, fresh_urls: Urls) -> Iterator[Served]:
    """The running application."""
    app = create_app(Settings(database_url=fresh_urls.app, redis_url=servers.redis_url, secret=SECRET, data_keys=DATA_KEYS))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        serving.start()
        while not server.started and serving.is_alive():
            serving.join(0.05)
        caller = Caller("contract-test", JINGMEN, "jm-spj", "coordinator", frozenset(SCOPES))
        token = app.state.program.tokens.issue(caller, utc_now())
        asyncio.run(_keep(fresh_urls.app, client_of(caller, utc_now())))
        yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", token)
        server.should_exit = True
        serving.join()


async def _keep(url: str, client: ApiClient) -> None:
    database = await Database.open(url)
    try:
        async with database.transaction() as tx:
            await add_client(tx, client)
    finally:
        await database.close()
