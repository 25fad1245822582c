"""The wrapper `./just` makes `.venv` once, also where two are first at the same time; what it installs is not tried here."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import HOUSE

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


def test_it_installs_again_only_when_the_lock_has_changed(checkout: Path) -> None:
    assert "installing" in start(checkout).communicate(timeout=30)[1]
    assert start(checkout).communicate(timeout=30)[1] == ""
    (checkout / "requirements.lock").write_text("one==2\n")
    assert "installing" in start(checkout).communicate(timeout=30)[1]
    assert (checkout / "notes").read_text() == "made\n"
