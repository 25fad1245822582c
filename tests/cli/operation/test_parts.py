"""`lianban serve` and `lianban worker`: each alone, on named servers or on its own, ended in order."""

import json
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import psutil
import pytest

from cli.servers import Addresses
from tests.cli.conftest import HOUSE, LIANBAN, process, sockets_of, surroundings

SECRET = "correct-horse-battery-staple-of-a-test-42"


@contextmanager
def started(*words: str, settings: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*LIANBAN, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings(**settings), cwd=HOUSE
    ) as command:
        try:
            yield command
        finally:
            command.kill()
            command.communicate()


@pytest.fixture
def ready(named: dict[str, str]) -> dict[str, str]:
    return named | {"LIANBAN_SECRET": SECRET}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def answer_of(url: str, seconds: float = 20) -> Any:  # noqa: ANN401 -- JSON
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 -- our own address
                return json.load(answer)
        except OSError:
            assert time.monotonic() < end, "it did not answer in time"
            time.sleep(0.05)


def test_the_api_answers_alone(ready: dict[str, str]) -> None:
    port = free_port()
    with started("serve", "--port", str(port), settings=ready) as command:
        assert answer_of(f"http://127.0.0.1:{port}/health/ready")["database"] == "up"
        command.send_signal(signal.SIGTERM)
        assert command.wait(10) == 0


def test_the_worker_gives_signs_of_life(ready: dict[str, str], servers: Addresses) -> None:
    port = free_port()
    with started("worker", settings=ready) as worker, started("serve", "--port", str(port), settings=ready):
        url = f"http://127.0.0.1:{port}/health/ready"
        end = time.monotonic() + 20
        while "sweep" not in answer_of(url)["jobs"]:
            assert time.monotonic() < end, "no sweep was made in time"
            time.sleep(0.1)
        assert answer_of(url)["workerSecondsAgo"] < 20
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    assert servers.redis_url


@pytest.mark.parametrize(("secret", "told"), [(None, "missing"), ("short", "weak"), ("a" * 60, "weak")])
def test_a_weak_secret_stops_the_start(ready: dict[str, str], secret: str | None, told: str) -> None:
    given = ready | {"LIANBAN_SECRET": secret} if secret else {name: value for name, value in ready.items() if name != "LIANBAN_SECRET"}
    said = process("serve", "--port", "0", settings=given)
    assert said.status == 1
    assert said.err.startswith("lianban: LIANBAN_SECRET")
    assert told in said.err


@pytest.mark.parametrize("words", [("serve", "--port", "0"), ("worker",)])
def test_old_tables_stop_the_start(ready: dict[str, str], servers: Addresses, words: tuple[str, ...]) -> None:
    """The servers' own database is never migrated by these tests."""
    said = process(*words, settings=ready | {"LIANBAN_DATABASE_URL": servers.database_url})
    assert said.status == 1
    assert "lianban migrate" in said.err.splitlines()[-1]


def test_a_worker_without_redis_says_which_setting_it_needs(ready: dict[str, str]) -> None:
    said = process("worker", settings={name: value for name, value in ready.items() if name != "LIANBAN_REDIS_URL"})
    assert said.status == 1
    assert "LIANBAN_REDIS_URL" in said.err


@pytest.mark.slow("a stop waits some seconds for a database that answers nothing")
async def test_parts_whose_database_froze_end_all_the_same(ready: dict[str, str], servers: Addresses) -> None:
    port = free_port()
    with started("serve", "--port", str(port), settings=ready) as api, started("worker", settings=ready) as worker:
        url = f"http://127.0.0.1:{port}/health/ready"
        await_a_sign_of_life(url)
        with frozen(await backends(servers, ready["LIANBAN_DATABASE_URL"])):
            with suppress(OSError):
                urllib.request.urlopen(url, timeout=1).close()
            api.terminate()
            worker.terminate()
            assert worker.wait(20) == 0
            api.wait(20)


def await_a_sign_of_life(url: str) -> None:
    end = time.monotonic() + 20
    while answer_of(url)["workerSecondsAgo"] is None:
        assert time.monotonic() < end, "the worker gave no sign of life in time"
        time.sleep(0.1)


async def backends(servers: Addresses, url: str) -> list[psutil.Process]:
    """Every process of PostgreSQL that serves this database."""
    admin = await asyncpg.connect(servers.admin_url)
    rows = await admin.fetch("SELECT pid FROM pg_stat_activity WHERE datname = $1", urlsplit(url).path[1:])
    await admin.close()
    return [psutil.Process(row["pid"]) for row in rows]


@contextmanager
def frozen(processes: list[psutil.Process]) -> Iterator[None]:
    assert processes
    for one in processes:
        one.suspend()
    try:
        yield
    finally:
        for one in processes:
            one.resume()


def test_an_address_that_is_not_ours_is_said(ready: dict[str, str]) -> None:
    said = process("serve", "--port", "0", settings=ready | {"LIANBAN_HOST": "192.0.2.1"})
    assert said.status == 1
    assert "LIANBAN_HOST" in said.err


def test_a_part_on_its_own_servers_takes_them_down_with_it(settings: dict[str, str], tmp_path: Path) -> None:
    assert process("migrate", settings=settings).status == 0
    port = free_port()
    own = settings | {"LIANBAN_SECRET": SECRET, "TMPDIR": str(tmp_path)}
    with started("serve", "--port", str(port), settings=own) as command:
        assert answer_of(f"http://127.0.0.1:{port}/health/ready")["database"] == "up"
        servers = psutil.Process(command.pid).children(recursive=True)
        sockets = sockets_of(Path(own["LIANBAN_DATA"]))
        assert sockets.is_dir()
        command.send_signal(signal.SIGTERM)
        assert command.wait(20) == 0
    assert servers
    assert not [one for one in servers if one.is_running()]
    assert not sockets.exists()
