"""`./just` installs exactly what its lock names, also when everything has a newer release since; packages and index are made up here."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.setup.index import serving
from tests.setup.machines import HOUSE, UV, asking, machine, start
from tests.setup.wheels import PROJECT, Release, lock, make_wheel, releases

LOCKED, NEWER = releases(0), releases(1)
NOWHERE = "http://127.0.0.1:9/simple"
"""The port of discard: nobody listens."""


@pytest.fixture(params=["pip", "uv"])
def env(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """A machine whose installer is its Python's own pip, or uv."""
    if request.param == "uv" and UV is None:
        pytest.skip("there is no uv here")
    return machine(tmp_path / "machine", uv=request.param == "uv")


def checkout(folder: Path, locked: tuple[Release, ...]) -> tuple[Path, Path]:
    """A checkout with the real wrapper and a lock of these, and the folder of their wheels."""
    here, wheels = folder / "一个 checkout", folder / "some wheels"
    here.mkdir()
    shutil.copy(HOUSE / "just", here)
    (here / "pyproject.toml").write_text(PROJECT)
    (here / "requirements.lock").write_text(lock([make_wheel(one, wheels) for one in locked]))
    return here, wheels


def installed(here: Path) -> dict[str, str]:
    """What stands in the environment, the installers and the project itself apart."""
    code = "import importlib.metadata as m, json; print(*(f'{d.name}=={d.version}' for d in m.distributions()))"
    said = subprocess.run([here / ".venv/bin/python", "-c", code], capture_output=True, text=True, check=True).stdout
    found = dict(one.split("==") for one in said.split())
    return {name: version for name, version in found.items() if name not in {"pip", "setuptools", "tiny"}}


def test_an_index_with_newer_releases_of_everything_changes_nothing(tmp_path: Path, env: dict[str, str]) -> None:
    here, wheels = checkout(tmp_path, LOCKED)
    for one in NEWER:
        make_wheel(one, tmp_path / "newer")
    with serving(wheels, tmp_path / "newer") as index:
        said = start(here, env | asking(index.address), "up")
    assert (said.returncode, said.stdout) == (0, f"just --justfile {here}/justfile up\n"), said.stderr
    assert installed(here) == {one.name: one.version for one in LOCKED}
    assert sorted(set(index.fetched)) == sorted(one.file for one in LOCKED)


def test_a_folder_of_wheels_is_enough(tmp_path: Path, env: dict[str, str]) -> None:
    here, wheels = checkout(tmp_path, LOCKED)
    for one in NEWER:
        make_wheel(one, wheels)
    said = start(here, env | asking(NOWHERE) | {"WHEELHOUSE": f"../{wheels.name}"}, "up")
    assert said.returncode == 0, said.stderr
    assert installed(here) == {one.name: one.version for one in LOCKED}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, env: dict[str, str]) -> None:
    here, _ = checkout(tmp_path, LOCKED)
    said = start(here, env | {"WHEELHOUSE": "nowhere"}, "up")
    assert (said.returncode, said.stderr) == (1, "just: WHEELHOUSE names no folder\n")


def test_a_wheel_that_is_not_the_locked_one_is_refused(tmp_path: Path, env: dict[str, str]) -> None:
    here, wheels = checkout(tmp_path, LOCKED)
    make_wheel(Release("plain", "1.0", files={"plain.py": "import os"}), wheels)
    said = start(here, env | {"WHEELHOUSE": str(wheels)}, "up")
    assert said.returncode != 0
    assert "hash" in said.stderr.lower()
    assert not (here / ".venv/made-from").exists()


def test_a_lock_that_lacks_something_is_told(tmp_path: Path, env: dict[str, str]) -> None:
    here, wheels = checkout(tmp_path, tuple(one for one in LOCKED if one.name != "plain"))
    make_wheel(LOCKED[-1], wheels)
    said = start(here, env | {"WHEELHOUSE": str(wheels)}, "up")
    assert (said.returncode, said.stdout) == (1, "")
    assert "requirements.lock does not name all that is needed" in said.stderr
    assert "plain" in said.stderr.partition("needed:")[2], "and what it is"
    assert not (here / ".venv/made-from").exists(), "so that the next start begins anew"
