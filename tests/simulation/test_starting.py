"""A large city starts from any seed: what is laid out beforehand is all taken by the domain, and the first cases with it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice

import pytest

from simulation import Simulated, WantedTraffic, traffic
from simulation.slow_calendar import seconds
from tests.simulation.cities import CITIES

BEFOREHAND = {"commitment", "supervision", "settlement"}
"""The year's commitments, the orders under them and the half-years' settlements come before every other case."""
FIRST = 40
"""So many cases are taken on top: the last are no likelier to fail than these."""
FROM, TO = date(2026, 6, 1), date(2026, 11, 30)
NOW = seconds(datetime(2026, 12, 1, 4, 30, tzinfo=UTC))


def started(name: str, seed: int) -> Iterator[Simulated]:
    """Take a city of 20,000 cases up to the first of them, and then the first of its thousand under way."""
    asked = WantedTraffic(cases=20_000, seed=seed, from_day=FROM, to_day=TO, live=1000, now=NOW)
    made = traffic(CITIES[name], asked)
    for one in made:
        yield one
        if one.case.kind not in BEFOREHAND:
            break
    yield from islice(made, FIRST)
    under_way = traffic(CITIES[name], WantedTraffic(cases=0, seed=seed, from_day=FROM, to_day=TO, live=FIRST, now=NOW))
    yield from (one for one in under_way if one.case.kind not in BEFOREHAND)


def check_start(name: str, seed: int) -> None:
    laid_out = [one for one in started(name, seed) if one.case.kind == "supervision"]
    ladder = CITIES[name].book.scheme.ladder
    assert len(laid_out) > 400 if ladder else not laid_out, "some three of a hundred cases are orders, where the plan has a ladder"


@pytest.mark.parametrize("name", sorted(CITIES))
@pytest.mark.parametrize("seed", [1, 5, 77])
def test_twenty_thousand_cases_start(name: str, seed: int) -> None:
    check_start(name, seed)


@pytest.mark.nightly
@pytest.mark.parametrize("name", sorted(CITIES))
@pytest.mark.parametrize("seed", range(1, 201))
def test_twenty_thousand_cases_start_from_every_seed(name: str, seed: int) -> None:
    check_start(name, seed)
