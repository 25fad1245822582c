"""A simulated city in a database, made by `lianban simulate` as anybody would make one; the only file here that knows its words."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from bench.serving import DATA_KEYS, SECRET
from cli.servers import Addresses

FOLLOWED = 200
"""The fewest days that the simulator follows an office for."""
TRAFFIC = 700
"""Days of traffic before them: with what follows, two and a half years."""


class City(Struct, frozen=True):
    """What is asked of the simulator."""

    scheme: str
    cases: int
    breaches: str
    """The share of duties that are missed."""
    live: int = 0
    """Cases under way now; none where the office is followed."""
    seed: int = 2


def followed(addresses: Addresses, city: City, today: date) -> None:
    """Write a city whose office served its findings, decided on them and went on from there, until a day or two ago."""
    last = today - timedelta(days=FOLLOWED + 2)
    _simulate(addresses, city, last, "--follow", str(FOLLOWED))


def under_way(addresses: Addresses, city: City, today: date) -> None:
    """Write a city's traffic until yesterday, with cases that are under way now."""
    _simulate(addresses, city, today - timedelta(days=1), "--live", str(city.live))


def _simulate(addresses: Addresses, city: City, last: date, *more: str) -> None:
    days = ("--from", str(last - timedelta(days=TRAFFIC)), "--to", str(last))
    words = ("--scheme", city.scheme, "--cases", str(city.cases), "--seed", str(city.seed), "--breach-rate", city.breaches)
    command = [str(Path(sys.executable).with_name("lianban")), "simulate", *words, *days, *more]
    environment = os.environ | {"LIANBAN_DATABASE_URL": addresses.database_url, "LIANBAN_SECRET": SECRET, "LIANBAN_DATA_KEYS": DATA_KEYS}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 -- our own words
    assert not done.returncode, done.stderr.decode(errors="replace")[-2000:]
