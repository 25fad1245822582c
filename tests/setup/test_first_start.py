"""The wrapper `./just` makes `.venv` once, also where two are first at the same time; what it installs is not tried here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.setup.machines import HOUSE

# Stands for the real one, which refuses to make a `.venv` where there is one, and takes its time.
_UV = """#!/bin/sh
case "$2" in
venv) for folder; do :; done
  mkdir "$folder" || exit 2
  echo made >>"$(dirname "$folder")/notes"
  mkdir "$folder/bin" && cp /bin/echo "$folder/bin/just" ;;
*) sleep 0.3 ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "tools").mkdir()
    uv = tmp_path / "tools" / "uv"
    uv.write_text(_UV)
    uv.chmod(0o755)
    (tmp_path / "一个 checkout").mkdir()
    (tmp_path / "一个 checkout" / "requirements.lock").write_text("one==1\n")
    return Path(shutil.copy(HOUSE / "just", tmp_path / "一个 checkout")).parent


def start(checkout: Path) -> subprocess.Popen[str]:
    path = f"{checkout.parent / 'tools'}:{os.environ['PATH']}"
    return subprocess.Popen(
        ["./just", "up"], cwd=checkout, env=os.environ | {"PATH": path}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_first_starts_at_once_make_one_environment(checkout: Path) -> None:
    both = [start(checkout), start(checkout)]
    said = [one.communicate(timeout=30) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert (checkout / "notes").read_text() == "made\n"
    assert all(out.endswith("justfile up\n") for out, _ in said), "each handed over to the real one"


def test_it_is_made_anew_only_when_the_lock_has_changed(checkout: Path) -> None:
    assert "installing" in start(checkout).communicate(timeout=30)[1]
    (checkout / ".venv" / "left").write_text("what an older lock named")
    assert start(checkout).communicate(timeout=30)[1] == ""
    assert (checkout / ".venv" / "left").exists()
    (checkout / "requirements.lock").write_text("one==2\n")
    assert "installing" in start(checkout).communicate(timeout=30)[1]
    assert not (checkout / ".venv" / "left").exists()


@pytest.mark.parametrize(("version", "status"), [((3, 10), 1), ((3, 11), 0), ((3, 14), 0), ((3, 15), 1)])
def test_only_a_python_that_the_lock_has_wheels_for_is_taken(checkout: Path, version: tuple[int, int], status: int) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        stand_in = checkout.parent / "tools" / name
        stand_in.write_text(f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = {version}; exec(sys.argv[1])" "$2"\n')
        stand_in.chmod(0o755)
    one = start(checkout)
    told = one.communicate(timeout=30)[1]
    assert one.returncode == status
    assert status == 0 or told.startswith("just: lianban needs Python 3.11 to 3.14: install one")
