"""With two workers modules stay whole, and the long ones are begun first."""

from pathlib import Path

from tests.suite.made_up import run

ALONE = """
import os
from pathlib import Path
import pytest

@pytest.mark.parametrize("one", "abcdef")
def test_one(one):
    with Path("ran").open("a") as file:
        file.write(f"{__name__} {os.environ['PYTEST_XDIST_WORKER']}\\n")
"""
WORKERS = ("-p", "tests.suite.turns", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
LONG = ALONE + '\npytestmark = pytest.mark.slow("for the reason given")\n'


def test_each_module_runs_on_one_worker_and_the_long_ones_first(tmp_path: Path) -> None:
    names = ("a", "b", "c", "y", "z")
    said = run(tmp_path, {f"tests/test_{name}.py": LONG if name in "yz" else ALONE for name in names}, *WORKERS)
    ran = [line.split() for line in (tmp_path / "ran").read_text().splitlines()]
    assert len(ran) == 6 * len(names), said.stdout
    assert len({(module, worker) for module, worker in ran}) == len(names)
    assert {ran[0][0], next(module for module, worker in ran if worker != ran[0][1])} == {"test_y", "test_z"}
