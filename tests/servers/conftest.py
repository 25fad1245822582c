"""Data folders for tests of the servers; made once and copied, since making one is slow."""

import shutil
from pathlib import Path

import pytest

from cli.servers import running


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "data"
    with running(folder, fsync=False):
        pass
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A data folder in which servers have run before."""
    return Path(shutil.copytree(made, tmp_path / "data"))
