"""Which time a test is held to, and which marks let it off."""

from pathlib import Path

import pytest

from tests.suite.made_up import run
from tests.suite.ten_seconds import Spent

LONG = """
import subprocess, sys
import pytest
from tests.suite import ten_seconds

WORK = "from time import process_time as now\\nstart = now()\\nwhile now() - start < 1: pass"

@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(ten_seconds, "MOST", 0.9)

def test_works(): exec(WORK, {})
def test_has_a_command_work(): subprocess.run([sys.executable, "-c", WORK], check=True)
def test_is_quick(): pass

@pytest.mark.slow("for the reason given")
def test_is_let_off(): exec(WORK, {})
"""


@pytest.mark.parametrize(
    ("spent", "own"),
    [
        (Spent(worked=11, clock=40, idle=0), 11),  # it works, and others too
        (Spent(worked=0.1, clock=12, idle=12), 12),  # it waits, beside one processor that works and one that does not
        (Spent(worked=0.1, clock=12, idle=24), 12),  # it waits, and nobody works
        (Spent(worked=3, clock=40, idle=2), 3),  # it is kept waiting by others
    ],
)
def test_a_test_is_held_to_its_work_and_to_a_wait_that_nobody_else_makes(spent: Spent, own: float) -> None:
    assert spent.own == own


def test_one_without_a_mark_fails_by_its_own_work_or_that_of_its_commands(tmp_path: Path) -> None:
    said = run(tmp_path, {"tests/test_long.py": LONG}, "-p", "tests.suite.ten_seconds")
    assert said.returncode == 1
    assert "test_works - Failed: it took 1." in said.stdout
    assert "test_has_a_command_work - Failed: it took 1." in said.stdout
    assert "2 failed, 2 passed" in said.stdout
