"""The list of findings, a hundred to a page, among a million: each filter alone in both orders, first pages and later ones."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import product
from random import Random
from urllib.parse import urlencode
from uuid import UUID

import uvloop
from msgspec import Struct

from bench.asking import ask, get
from bench.cities.found import FINDINGS, found
from bench.cities.place import connected
from bench.harness import Bound, Results, compared, percentile
from bench.serving import CITY, OURS, served, token
from calendars import local_day
from cli.servers import Addresses
from storage.postgres.cursor import Place, encode_place

ASKED = 200
FILTERS = ("city", "district", "party", "rule", "stage", "state", "light")
Choose = Callable[[Random], dict[str, str]]


class Sample(Struct, frozen=True):
    """What there is to ask for: every value of each filter, some findings, and the days they fell due on."""

    values: dict[str, list[str]]
    ids: list[UUID]
    first: date
    last: date


class Listing(Struct, frozen=True):
    """What is asked of the list, by whom."""

    name: str
    token: str
    choose: Choose


class Timed(Struct, frozen=True):
    """How long the answers to one kind of question took, in milliseconds."""

    name: str
    median: float
    worst: float
    """The 99th of a hundred."""


def measure(scale: float) -> Results:
    """Ask one question after the other, as a page of the office does; then for one finding after the other."""
    addresses = found(round(FINDINGS * scale))
    now = datetime.now(UTC).replace(microsecond=0)
    sample = asyncio.run(_sample(addresses))
    with served(OURS, addresses) as server:
        times = uvloop.run(_ask_all(server.port, [*alone(sample, now)], sample))
        both = uvloop.run(_ask_all(server.port, [*together(sample, now)], sample))
        one = uvloop.run(_ask_for_each(server.port, sample, now))
    worst = max(times, key=lambda each: each.worst)
    what = f"a page of 100 findings among 1,000,000: the 99th of a hundred answers of the slowest filter ({worst.name})"
    notes = [*map(_words, times), *(f"two filters together, {_words(each)}" for each in both)]
    return {
        "findings-list": compared(what, "ms", worst.worst, Bound(most=25), notes=notes),
        "findings-one": compared(
            "one of them with its evidence, 99 of a hundred", "ms", one.worst, Bound(most=25), notes=[f"median {one.median:.1f} ms"]
        ),
    }


async def _sample(addresses: Addresses) -> Sample:
    """Ask for what is there: a filter's values are those of the city's own findings."""
    async with connected(addresses.admin_url) as tx:
        values = {}
        for name in FILTERS:
            chosen = await tx.fetch(f"SELECT DISTINCT {name} FROM finding WHERE city = $1 AND {name} IS NOT NULL ORDER BY 1", CITY)  # noqa: S608 -- our own names
            values[name] = [row[0] for row in chosen]
        days = await tx.fetchrow("SELECT min(due_at), max(due_at) FROM finding WHERE city = $1", CITY)
        ids = await tx.fetch("SELECT finding_id FROM finding WHERE city = $1 ORDER BY hashtext(finding_id::text) LIMIT $2", CITY, ASKED)
    return Sample(values, [row[0] for row in ids], local_day(days[0]), local_day(days[1]))


def alone(sample: Sample, now: datetime) -> Iterator[Listing]:
    """Give every filter that the interface offers, by itself."""
    office = token("coordinator", now)
    for name, values in sample.values.items():
        yield Listing(name, office, partial(_chosen, {name: values}))
    yield Listing("none", office, partial(_chosen, {}))
    yield Listing("from and to", office, partial(_days, sample))
    yield Listing("its own, as a party", token("utility", now, "jm-water"), partial(_chosen, {}))


def together(sample: Sample, now: datetime) -> Iterator[Listing]:
    """Give pairs of filters that an office would ask for."""
    office, values = token("coordinator", now), sample.values
    for one, two in (("party", "state"), ("party", "rule"), ("district", "rule"), ("state", "light")):
        yield Listing(f"{one} and {two}", office, partial(_chosen, {one: values[one], two: values[two]}))


def _chosen(among: dict[str, list[str]], rng: Random) -> dict[str, str]:
    return {name: rng.choice(values) for name, values in among.items()}


def _days(sample: Sample, rng: Random) -> dict[str, str]:
    first = _day(sample, rng)
    return {"from": first.isoformat(), "to": (first + timedelta(days=rng.choice((0, 6, 30, 180)))).isoformat()}


def _day(sample: Sample, rng: Random) -> date:
    return sample.first + timedelta(days=rng.randrange((sample.last - sample.first).days))


async def _ask_all(port: int, listings: list[Listing], sample: Sample) -> list[Timed]:
    return [await _ask(port, listing, order, sample) for listing, order in product(listings, ("newest", "oldest"))]


async def _ask(port: int, listing: Listing, order: str, sample: Sample) -> Timed:
    rng, empty = Random(f"{listing.name} {order}"), list[bool]()
    load = await ask(
        port, _requests(listing, order, sample, rng), status=b"200", heard=lambda answer: empty.append(b'"items":[]' in answer)
    )
    assert not all(empty), f"{listing.name}: no answer held a finding"
    return _timed(f"{listing.name}, {order} first", load.latencies)


async def _ask_for_each(port: int, sample: Sample, now: datetime) -> Timed:
    office = token("coordinator", now)
    load = await ask(port, (get(f"/v1/findings/{each}", office) for each in sample.ids), status=b"200")
    return _timed("one finding", load.latencies)


def _timed(name: str, latencies: list[float]) -> Timed:
    times = [each * 1e3 for each in latencies]
    return Timed(name, percentile(times, 50), percentile(times, 99))


def _requests(listing: Listing, order: str, sample: Sample, rng: Random) -> Iterator[bytes]:
    """Ask for first pages and for later ones in turns."""
    for number in range(ASKED):
        asked = listing.choose(rng) | {"order": order, "limit": "100"}
        if number % 2:
            asked["after"] = encode_place(Place(_moment(sample, rng), UUID(int=rng.getrandbits(128))))
        yield get(f"/v1/findings?{urlencode(asked)}", listing.token)


def _moment(sample: Sample, rng: Random) -> datetime:
    return datetime.combine(_day(sample, rng), time(1), UTC) + timedelta(minutes=rng.randrange(600))


def _words(timed: Timed) -> str:
    return f"{timed.name}: median {timed.median:.1f} ms, 99 of a hundred within {timed.worst:.1f} ms"
