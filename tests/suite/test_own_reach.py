"""The rooms that decide are measured in a run of all tests by what their own tests reach."""

import re
from pathlib import Path

import pytest

from tests.suite.made_up import run

FILES = {
    "domain/__init__.py": "",
    "domain/odd.py": """
def is_odd(number):
    if number % 2:
        return True
    return False
""",
    "tests/api/test_elsewhere.py": """
import domain.odd

domain.odd.is_odd(2)

def test_reaches_the_rest():
    assert not domain.odd.is_odd(2)
""",
    "tests/domain/test_half.py": """
from domain.odd import is_odd

def test_reaches_one_branch():
    assert is_odd(1)
""",
}
THE_OTHER = {
    "tests/domain/test_other_half.py": """
from domain.odd import is_odd

def test_reaches_the_other_branch():
    assert not is_odd(2)
"""
}
WORKERS = pytest.mark.parametrize("workers", [("-n", "2", "--dist", "loadfile"), ()], ids=["two workers", "one process"])


@WORKERS
def test_a_branch_that_only_others_reach_is_missing(tmp_path: Path, workers: tuple[str, ...]) -> None:
    said = run(tmp_path, FILES, "-p", "tests.suite.own_reach", "--cov", *workers)
    assert said.returncode == 1
    assert "2 passed" in said.stdout
    assert re.search(r"^domain/odd.py .* 5$", said.stdout, re.MULTILINE), said.stdout


@WORKERS
def test_own_tests_reach_whatever_runs_beside_them(tmp_path: Path, workers: tuple[str, ...]) -> None:
    said = run(tmp_path, FILES | THE_OTHER, "-p", "tests.suite.own_reach", "--cov", *workers)
    assert said.returncode == 0, said.stdout
    assert "Required test coverage of 100.0% reached" in said.stdout
