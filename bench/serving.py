"""Ours and the peers as servers in processes of their own (`python -m bench.serving APP FD`), started alike; asks them nothing."""

import asyncio
import importlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.request import Request, urlopen

import psutil
import uvicorn
from msgspec import Struct

from api.tokens import Tokens
from casework.access.caller import Caller
from casework.access.roles import SCOPES
from casework.settings import read_settings
from cli.running.api import answer_requests
from cli.running.port import listen
from cli.servers import Addresses
from domain.schemes.enforcement import Role
from storage.access.clients import ApiClient, add_client, find_client
from storage.postgres.transaction import Database

OURS = "ours"
SECRET = "for-measuring-only-0123456789-abcdefghij"  # noqa: S105 -- guards a database that is gone afterwards
DATA_KEYS = "bench:a2V5cy1mb3ItbWVhc3VyaW5nLWFuZC1uby1vdGhlciE="
CITY, OFFICE = "420800", "jm-spj"
CLIENT = "bench"
_START_WITHIN = 30


class Served(Struct, frozen=True):
    """A server that answers."""

    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Say how much processor time it has taken so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def asked(self, path: str, bearer: str) -> Any:  # noqa: ANN401 -- whatever JSON holds
        """Ask once, outside of what is measured."""
        request = Request(f"http://127.0.0.1:{self.port}{path}", headers={"authorization": f"Bearer {bearer}"})
        with urlopen(request) as answer:  # noqa: S310 -- as above
            return json.loads(answer.read())


@contextmanager
def served(app: str, addresses: Addresses) -> Iterator[Served]:
    """Have the program, or the peer of this module name, up on a port of its own."""
    listener = listen("127.0.0.1", 0)
    environment = os.environ | {
        "LIANBAN_DATABASE_URL": addresses.database_url,
        "LIANBAN_SECRET": SECRET,
        "LIANBAN_DATA_KEYS": DATA_KEYS,
        "PEER_DATABASE_URL": addresses.database_url.replace("postgresql:", "postgresql+asyncpg:"),
    }
    words = [sys.executable, "-m", "bench.serving", app, str(listener.fileno())]
    process = subprocess.Popen(words, env=environment, pass_fds=[listener.fileno()])  # noqa: S603 -- our own words
    try:
        yield Served(_answering(listener, process), psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()
        listener.close()


def token(role: Role, at: datetime, party: str = OFFICE) -> str:
    """Make a token that ours and every peer take."""
    return Tokens(SECRET).issue(Caller(CLIENT, CITY, party, role, frozenset(SCOPES)), at)


def _answering(listener: socket.socket, process: subprocess.Popen[bytes]) -> int:
    """Wait for any answer; gives the port."""
    port: int = listener.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port), timeout=_START_WITHIN) as connection:
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
        assert connection.recv(1), f"the server ended: {process.poll()}"
    return port


async def _keep_client(url: str) -> None:
    """Make the client known that ours looks up with each request."""
    database = await Database.open(url)
    async with database.transaction() as tx:
        if await find_client(tx, CLIENT) is None:
            client = ApiClient(
                client_id=CLIENT, name=CLIENT, city=CITY, party=OFFICE, role="coordinator", scopes=SCOPES, created_at=datetime.now(UTC)
            )
            await add_client(tx, client)
    await database.close()


def _run(app: str, listener: socket.socket) -> None:
    if app == OURS:
        asyncio.run(_keep_client(os.environ["LIANBAN_DATABASE_URL"]))
        answer_requests(read_settings({name: value for name, value in os.environ.items() if name.startswith("LIANBAN_")}), listener)
        return
    config = uvicorn.Config(
        importlib.import_module(app).app,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    _run(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
