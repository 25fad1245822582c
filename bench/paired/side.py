"""One checkout in a comparison: its own `lianban` on servers of its own, and what each piece of its work costs; compares nothing."""

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import psutil
from msgspec import Struct

from bench.paired.script import OFFICE, SCOPES
from cli.servers import Addresses, running

PROGRAM = ".venv/bin/lianban"
_SECRET = "for-measuring-only-0123456789-abcdefghij"  # noqa: S105 -- guards a database that is gone afterwards
_DATA_KEYS = "bench:a2V5cy1mb3ItbWVhc3VyaW5nLWFuZC1uby1vdGhlciE="
_START_WITHIN = 60
_LOOK = 0.1


class Cost(Struct, frozen=True):
    """Seconds of processor time: the program's own, and PostgreSQL's beside it."""

    own: float
    postgres: float

    def less(self, other: "Cost") -> "Cost":
        """Leave out what was spent on something else."""
        return Cost(self.own - other.own, self.postgres - other.postgres)

    def each(self, among: int) -> "Cost":
        """Give one operation's part."""
        return Cost(self.own / among, self.postgres / among)


class Side(Struct, frozen=True):
    """A checkout with its servers up."""

    checkout: Path
    environment: dict[str, str]
    postmaster: psutil.Process
    notes: Path
    """Where what its programs say goes."""

    def run(self, *words: str) -> bytes:
        """Run a command to its end; gives what it printed."""
        process = self.start(*words)
        said, _ = process.communicate()
        assert process.returncode == 0, f"lianban {' '.join(words)} ended with {process.returncode}; {self.last_words()}"
        return said

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command."""
        with self.notes.open("ab") as notes:
            return subprocess.Popen(  # noqa: S603 -- our own words
                [self.checkout / PROGRAM, *words], cwd=self.checkout, env=self.environment, stdout=subprocess.PIPE, stderr=notes
            )

    @contextmanager
    def serving(self) -> Iterator["SideServed"]:
        """Have the API up in a process of its own."""
        port = _free_port()
        process = self.start("serve", "--port", str(port))
        try:
            served = SideServed(port, psutil.Process(process.pid), self.postgres)
            served.await_life()
            yield served
        finally:
            process.terminate()
            process.communicate()

    def client(self, role: str) -> tuple[str, str]:
        """Make a client of the office in this role; gives its id and secret."""
        scopes = [word for scope in SCOPES for word in ("--scope", scope)]
        made = json.loads(self.run("token", "bench", "--party", OFFICE, "--role", role, *scopes, "--json"))
        return made["client_id"], made["client_secret"]

    def postgres(self) -> float:
        """Say how much processor time PostgreSQL has taken so far, in all its processes, those that have ended too."""
        own = self.postmaster.cpu_times()
        spent = own.user + own.system + own.children_user + own.children_system
        for child in self.postmaster.children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                spent += _seconds(child)
        return float(spent)

    def last_words(self) -> str:
        return f"its log ends:\n{self.notes.read_text('utf-8', errors='replace')[-2000:]}"


class SideServed(Struct, frozen=True):
    """The API of one checkout, answering."""

    port: int
    process: psutil.Process
    postgres: Callable[[], float]

    def spent(self) -> Cost:
        """Say what it and PostgreSQL have taken so far."""
        return Cost(_seconds(self.process), self.postgres())

    def await_life(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + _START_WITHIN
        while True:
            with suppress(OSError):
                self.asked("/health/ready")
                return
            assert time.monotonic() < until, "the API does not answer"
            time.sleep(_LOOK)

    def last_sweep(self) -> object:
        """Say when the last sweep came to its end."""
        return self.asked("/health/ready")["jobs"].get("sweep")

    def token(self, client: tuple[str, str]) -> str:
        """Get a token of ten minutes."""
        form = urlencode({"grant_type": "client_credentials", "client_id": client[0], "client_secret": client[1]})
        given: str = self.asked("/oauth/token", {"Content-Type": "application/x-www-form-urlencoded"}, form)["access_token"]
        return given

    def asked(self, path: str, headers: dict[str, str] | None = None, body: str | None = None) -> Any:  # noqa: ANN401 -- whatever JSON holds
        """Ask once, outside of what is measured."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_START_WITHIN)
        try:
            connection.request("GET" if body is None else "POST", path, body, headers or {})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        assert answer.status == 200, content[:300]  # noqa: PLR2004 -- the status of a good answer
        return json.loads(content)


@contextmanager
def up(checkout: Path) -> Iterator[Side]:
    """Have servers up for a checkout, with its own tables in them."""
    with TemporaryDirectory(prefix="lianban-paired-") as folder:
        before = set(psutil.Process().children())
        with running(Path(folder) / "servers") as addresses:
            postmaster = next(each for each in psutil.Process().children() if each not in before and each.name() == "postgres")
            side = Side(checkout, _environment(addresses, Path(folder)), postmaster, Path(folder) / "notes")
            side.run("migrate")
            yield side


def _environment(addresses: Addresses, folder: Path) -> dict[str, str]:
    """Nothing of the caller's own settings reaches either side; both hash their strings alike."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIANBAN_", "PYTHON", "VIRTUAL_ENV"))}
    return kept | {
        "LIANBAN_DATABASE_URL": addresses.database_url,
        "LIANBAN_OWNER_URL": addresses.owner_url,
        "LIANBAN_REDIS_URL": addresses.redis_url,
        "LIANBAN_DATA": str(folder / "data"),
        "LIANBAN_SECRET": _SECRET,
        "LIANBAN_DATA_KEYS": _DATA_KEYS,
        "LIANBAN_LOG": "json",
        "PYTHONHASHSEED": "0",
    }


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port
