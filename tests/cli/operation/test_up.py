"""`lianban up`: everything runs within seconds, is found again, is kept running, and leaves nothing behind."""

import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from msgspec import Struct

from simulation.loading.sample import EARLIER, LATELY, LIVE
from tests.cli.conftest import HOUSE, LIANBAN, process, sockets_of, surroundings


class Up(Struct, frozen=True):
    """A running `lianban up`."""

    process: subprocess.Popen[str]
    url: str
    settings: dict[str, str]

    def parts(self) -> list[psutil.Process]:
        """Every process that it has started, with theirs."""
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def part(self, name: str) -> psutil.Process | None:
        """The process of that part, while there is one."""
        return next((one for one in self.parts() if words_of(one)[2:5] == ["-m", "cli.up.child", name]), None)

    def get(self, path: str, **headers: str) -> Any:  # noqa: ANN401 -- JSON
        with urllib.request.urlopen(urllib.request.Request(self.url + path, headers=headers), timeout=10) as answer:  # noqa: S310 -- our own address
            return json.load(answer)


def words_of(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.NoSuchProcess:
        return []


@contextmanager
def running(data: Path, *words: str) -> Iterator[Up]:
    """Have it up, with its sockets beside the data; it is ended here if it has not ended itself."""
    settings = {"LIANBAN_DATA": str(data), "TMPDIR": str(data.parent)}
    with subprocess.Popen(
        [*LIANBAN, "up", "--port", "0", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings(**settings),
        cwd=HOUSE,
    ) as command:
        try:
            assert command.stdout is not None
            word, _, url = command.stdout.readline().strip().partition(" ")
            assert word == "ready", command.communicate()[1]
            yield Up(command, url, settings)
        finally:
            command.kill()
            command.communicate()


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with running(tmp_path_factory.mktemp("up") / "data", "--no-sample") as started:
        yield started


def until(holds: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something that is to come about."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)


def test_it_says_where_it_answers(up: Up) -> None:
    assert up.url.startswith("http://127.0.0.1:")
    assert up.get("/health/ready")["status"] == "ready"
    until(lambda: up.get("/health/ready")["workerSecondsAgo"] is not None)


def test_a_client_made_beside_it_gets_in(up: Up) -> None:
    said = process("token", "样例", "--party", "jm-spj", "--role", "coordinator", "--scope", "cases:read", "--json", settings=up.settings)
    client = said.json
    form = {"grant_type": "client_credentials", "client_id": client["client_id"], "client_secret": client["client_secret"]}
    request = urllib.request.Request(up.url + "/oauth/token", urllib.parse.urlencode(form).encode())  # noqa: S310 -- our own address
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 -- our own address
        token = json.load(answer)["access_token"]
    assert up.get("/v1/cases", Authorization=f"Bearer {token}") == {"items": [], "next": None}


def test_a_second_one_on_the_same_folder_is_refused(up: Up) -> None:
    said = process("up", "--port", "0", settings=up.settings)
    assert said.status == 1
    assert str(up.process.pid) in said.err
    assert said.err.count("\n") == 1
    fresh = process("up", "--port", "0", "--fresh", settings=up.settings)
    assert fresh.status == 1
    assert up.get("/health/ready")["status"] == "ready"


def test_the_secret_is_its_owners_alone(up: Up) -> None:
    secret = Path(up.settings["LIANBAN_DATA"]) / "secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert len(secret.read_text()) >= 32
    assert all(secret.read_text() not in " ".join(words_of(one)) for one in up.parts())


@pytest.mark.parametrize("name", ["worker", "api"])
def test_a_part_that_ends_is_started_again(up: Up, name: str) -> None:
    before = up.part(name)
    assert before is not None
    before.kill()
    until(lambda: up.part(name) not in {None, before})
    until(lambda: answers(up))


def answers(up: Up) -> bool:
    try:
        return bool(up.get("/health/live"))
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_order_and_leaves_nothing_running(tmp_path: Path, sent: signal.Signals) -> None:
    with running(tmp_path / "data", "--no-sample") as up:
        parts = up.parts()
        assert len(parts) > 4, "two servers with their own processes, the API and the worker"
        sockets = sockets_of(tmp_path / "data")
        assert sockets.is_dir()
        up.process.send_signal(sent)
        up.process.send_signal(sent)  # as wrappers pass it on a second time
        assert up.process.wait(20) == 0
        assert not [one for one in parts if one.is_running()]
        assert not sockets.exists()
        assert (tmp_path / "data" / "postgres").is_dir(), "the data stays"


def test_a_killed_one_takes_everything_with_it(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--no-sample") as up:
        parts = up.parts()
        up.process.kill()
        up.process.wait(5)
        until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in parts))
    with running(tmp_path / "data", "--no-sample") as again:
        assert again.get("/health/ready")["status"] == "ready"


def test_a_port_in_use_is_said_at_once(settings: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = process("up", "--port", str(port), settings=settings)
    assert said.status == 1
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert str(port) in said.err


@pytest.mark.parametrize("words", [("up",), ("up", "--fresh"), ("verify",)])
def test_a_folder_with_other_peoples_files_is_left_alone(settings: dict[str, str], words: tuple[str, ...]) -> None:
    data = Path(settings["LIANBAN_DATA"])
    data.mkdir()
    (data / "letter.txt").write_text("mine")
    said = process(*words, settings=settings)
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert [path.name for path in data.iterdir()] == ["letter.txt"]


def test_named_servers_are_not_mixed_with_its_own(settings: dict[str, str]) -> None:
    said = process("up", settings=settings | {"LIANBAN_DATABASE_URL": "postgresql://app@db/lianban"})
    assert said.status == 1
    assert "serve" in said.err


@pytest.mark.slow("it starts everything twice")
def test_a_fresh_start_has_nothing_of_before(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--no-sample") as up:
        assert process("token", "样例", "--party", "jm-cgw", "--scope", "cases:read", settings=up.settings).status == 0
        secret = (tmp_path / "data" / "secret").read_text()
        up.process.terminate()
        assert up.process.wait(20) == 0
    with running(tmp_path / "data", "--no-sample", "--fresh"):
        assert (tmp_path / "data" / "secret").read_text() != secret


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a data folder that a first start has filled, with nothing in its way."""
    with running(tmp_path_factory.mktemp("sampled") / "data") as up:
        assert "sample cities:" in ended(up)
        return up.settings


def ended(up: Up) -> str:
    """End it in order; gives what it said."""
    up.process.terminate()
    assert up.process.wait(20) == 0
    assert up.process.stderr is not None
    return up.process.stderr.read()


def findings(settings: dict[str, str]) -> list[tuple[Any, ...]]:
    """What has been found, but for what may have fallen due since the sample was loaded."""
    said = process("findings", "--format", "jsonl", settings=settings)
    assert said.status in {0, 1}, said.err
    found = [json.loads(line) for line in said.out.splitlines()]
    today = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    return sorted((one["caseId"], one["rule"], one["dueAt"], one["party"], one["state"]) for one in found if one["dueAt"] < today)


def test_the_first_start_has_a_sample_city_whose_breaches_are_found(sampled: dict[str, str]) -> None:
    audited = process("audit", "--json", settings=sampled)
    assert audited.status == 0, audited.err
    assert audited.json["cases"] > 2 * (EARLIER + LATELY + LIVE), "of each city, and what comes by the year"
    assert {one[-1] for one in findings(sampled)} >= {"open", "notified", "objected", "upheld", "excused", "withdrawn", "disposed"}


def test_a_second_start_loads_no_sample_beside_what_is_there(sampled: dict[str, str]) -> None:
    with running(Path(sampled["LIANBAN_DATA"])) as again:
        assert "sample cities:" not in ended(again), "nobody's cases get others put beside them"


@pytest.mark.slow("a sample is begun three times")
def test_a_start_that_is_interrupted_while_the_sample_loads_leaves_no_half_city(tmp_path: Path, sampled: dict[str, str]) -> None:
    settings = {"LIANBAN_DATA": str(tmp_path / "data"), "TMPDIR": str(tmp_path)}
    for sent in (signal.SIGINT, signal.SIGKILL):
        assert interrupted(settings, sent)
        assert process("audit", "--json", settings=settings).json["cases"] == 0
    with running(tmp_path / "data") as again:
        assert "sample cities:" in ended(again)
    for one in (sampled, settings):
        process("audit", settings=one)
    assert findings(settings) == findings(sampled)


def interrupted(settings: dict[str, str], sent: signal.Signals) -> bool:
    """Start it, and send it a signal while the sample loads; says whether that came before its end."""
    command = [*LIANBAN, "up", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings(**settings), cwd=HOUSE
    ) as up:
        assert up.stderr is not None
        assert up.stdout is not None
        while "loading the sample cities" not in (line := up.stderr.readline()):
            assert line, "it ended before the sample"
        time.sleep(1)
        up.send_signal(sent)
        return "ready" not in up.stdout.read()


@pytest.mark.parametrize("server", ["valkey-server", "postgres"])
def test_a_server_that_is_killed_is_started_again_and_requests_are_answered(tmp_path: Path, server: str) -> None:
    with running(tmp_path / "data", "--no-sample") as up:
        until(lambda: up.get("/health/ready")["workerSecondsAgo"] is not None)
        next(one for one in up.parts() if one.name() == server and one.ppid() == up.process.pid).kill()
        until(lambda: any(one.name() == server and one.is_running() for one in up.parts()))
        until(lambda: is_ready(up))
        up.process.terminate()
        assert up.process.wait(20) == 0
        assert up.process.stderr is not None
        told = up.process.stderr.read()
        assert "starts again" in told
        assert "is up again" in told
        assert "Traceback" not in told


def is_ready(up: Up) -> bool:
    try:
        return bool(up.get("/health/ready")["status"] == "ready")
    except (OSError, ConnectionError):
        return False
