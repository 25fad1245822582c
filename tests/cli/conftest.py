"""Ways to run a command as a person or a script would; the database of a module is a fresh one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from cli.main import run
from cli.servers import Addresses
from cli.servers.folder import open_folder
from tests.api.callers import DATA_KEYS
from tests.database import Urls, database, fresh_urls, template

__all__ = ["database", "fresh_urls", "template"]

LIANBAN = [sys.executable, "-m", "cli.main"]
HOUSE = Path(__file__).parents[2]


class Said(Struct, frozen=True):
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 -- whatever the command says
        return json.loads(self.out)


Saying = Callable[..., Said]


ENGLISH = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_US.UTF-8"}
"""Tests read what commands say in English; what is said in Chinese is asked for by `--lang zh`."""


def surroundings(**settings: str) -> Mapping[str, str]:
    """An environment in which only these settings of lianban are made."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("LIANBAN_")}
    return others | ENGLISH | settings


def process(*words: str, settings: Mapping[str, str], given: bytes = b"", cwd: Path = HOUSE) -> Said:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [*LIANBAN, *words], input=given, capture_output=True, env=surroundings(**settings), cwd=cwd, check=False, timeout=120
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def sockets_of(data: Path) -> Path:
    """Where the running servers of a data folder have their sockets: not beside it where its path is long."""
    return Path(open_folder(data).sockets_note.read_text())


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """The settings of a test: a data folder of its own and nothing else."""
    for name in [name for name in os.environ if name.startswith("LIANBAN_")]:
        monkeypatch.delenv(name)
    for name, value in (ENGLISH | {"LIANBAN_DATA": str(tmp_path / "data")}).items():
        monkeypatch.setenv(name, value)
    return {"LIANBAN_DATA": str(tmp_path / "data")}


@pytest.fixture
def lianban(settings: dict[str, str], capsys: pytest.CaptureFixture[str]) -> Saying:
    """Run a command that needs no database, in this process."""
    assert settings

    def say(*words: str) -> Said:
        capsys.readouterr()
        status = run(words)
        return Said(status, *capsys.readouterr())

    return say


@pytest.fixture
def named(fresh_urls: Urls, servers: Addresses, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The settings of a test whose database is the module's."""
    addresses = {
        "LIANBAN_DATABASE_URL": fresh_urls.app,
        "LIANBAN_OWNER_URL": fresh_urls.owner,
        "LIANBAN_DATA_KEYS": DATA_KEYS,
        "LIANBAN_REDIS_URL": servers.redis_url,
    }
    for name, value in addresses.items():
        monkeypatch.setenv(name, value)
    return settings | addresses


@pytest.fixture
def on_database(named: dict[str, str], lianban: Saying) -> Saying:
    """Run a command on the module's database, in this process."""
    assert named
    return lianban
