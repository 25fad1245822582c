"""With two workers modules stay whole, and the long ones are begun first; a number mixes them."""

from itertools import groupby
from pathlib import Path

import pytest

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
NAMED = """
from pathlib import Path
import pytest

@pytest.mark.parametrize("one", "12345")
def test_one(one):
    with Path("ran").open("a") as file:
        file.write(f"{__name__[-6:]} {one}\\n")
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


@pytest.mark.parametrize("workers", [(), ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")])
def test_modules_and_their_tests_are_mixed_by_a_number(tmp_path: Path, workers: tuple[str, ...]) -> None:
    tests = {f"tests/test_{name}.py": NAMED for name in "abcd"}
    orders = []
    for seed in (1, 1, 2):
        (tmp_path / "ran").unlink(missing_ok=True)
        said = run(tmp_path, tests, "-p", "tests.suite.turns", "--shuffle", str(seed), *workers)
        assert "20 passed" in said.stdout, said.stderr
        orders.append((tmp_path / "ran").read_text().splitlines())
    by_module = [{name: [one for one in order if one.startswith(f"test_{name}")] for name in "abcd"} for order in orders]
    assert by_module[0] == by_module[1] != by_module[2], "the same number, the same order"
    assert all(len(ran) == 5 for order in by_module for ran in order.values())
    if not workers:
        assert all([name for name, _ in groupby(order, key=lambda one: one[:6])] != [f"test_{name}" for name in "abcd"] for order in orders)
