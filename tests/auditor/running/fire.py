"""Servers that can be restarted under load and workers that can be killed at any moment, all of them real; expects nothing."""

import asyncio
import multiprocessing
import multiprocessing.process
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cli.servers import Addresses
from cli.servers.addresses import Passwords, addresses_in
from cli.servers.folder import open_folder
from cli.servers.postgres import postgres
from cli.servers.privileges import footing
from cli.servers.valkey import valkey

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["auditor.worker", "tests.auditor.running.fire"])


class Servers:
    """A PostgreSQL and a Valkey of the test's own, each of which can be restarted where it is."""

    def __init__(self, data: Path) -> None:
        """Start both; PostgreSQL with its safety on, for it is going to be restarted."""
        self.folder, self.ground = open_folder(data), footing(data)
        self.sockets = Path(tempfile.mkdtemp(prefix="lianban-"))
        os.chown(self.sockets, self.ground.user, -1)
        self.stack = ExitStack()
        self.database = ExitStack()
        self.stack.callback(shutil.rmtree, self.sockets, ignore_errors=True)
        self.stack.enter_context(valkey(self.folder, self.sockets))
        self.addresses: Addresses = addresses_in(self.sockets, self._start())

    def restart_database(self) -> None:
        """Take the database down under everyone and bring it up again."""
        self.database.close()
        self._start()

    def close(self) -> None:
        """End both."""
        self.database.close()
        self.stack.close()

    def _start(self) -> Passwords:
        self.database = ExitStack()
        return self.database.enter_context(postgres(self.folder, self.ground, self.sockets, fsync=True))[0]


@contextmanager
def servers_under_fire(data: Path) -> Iterator[Servers]:
    """Have both servers up for a while."""
    servers = Servers(data)
    try:
        yield servers
    finally:
        servers.close()


def _worker(addresses: Addresses) -> None:
    from auditor.worker import work  # noqa: PLC0415 -- loaded once in the server that forks
    from tests.auditor.keeping import BOOKS  # noqa: PLC0415 -- as above

    asyncio.run(work(addresses.database_url, addresses.redis_url, BOOKS))


def start_worker(addresses: Addresses) -> multiprocessing.process.BaseProcess:
    """Start a real worker: it sweeps as it starts."""
    process = FORKS.Process(target=_worker, args=(addresses,), daemon=True)
    process.start()
    return process


def kill(process: multiprocessing.process.BaseProcess) -> None:
    """End it as the machine would: without a word."""
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join(10)
