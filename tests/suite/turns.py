"""In which order tests run: no long one is left over for one worker at the end, and `--shuffle` mixes them; by whom is not said here."""

from itertools import groupby
from random import Random

import pytest

from tests.suite.ten_seconds import EXEMPT


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tests that hang on what ran before them are found by another order."""
    parser.addoption("--shuffle", type=int, metavar="SEED", help="mix the modules, and the tests in each, as this number says")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Modules with a test that may take long come before the others; otherwise they keep their order, or are mixed."""
    seed: int | None = config.getoption("--shuffle")
    if seed is not None:
        mix(items, Random(seed))  # noqa: S311 -- no secret hangs on it
    long = {item.path for item in items if any(map(item.get_closest_marker, EXEMPT))}
    items.sort(key=lambda item: item.path not in long)


def mix(items: list[pytest.Item], rng: Random) -> None:
    """Mix tests in place; each module stays whole."""
    modules = [list(tests) for _, tests in groupby(items, key=lambda item: item.path)]
    rng.shuffle(modules)
    for tests in modules:
        rng.shuffle(tests)
    items[:] = [test for tests in modules for test in tests]
