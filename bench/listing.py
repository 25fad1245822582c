"""The list of findings, a hundred to a page, among a million: each filter alone in both orders, first pages and later ones."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from random import Random
from urllib.parse import urlencode
from uuid import UUID

import uvloop
from msgspec import Struct

from bench.asking import ask, get
from bench.found import STATES, YEARS, fill
from bench.harness import Bound, Results, compared, percentile
from bench.place import place, settle
from bench.playing import Stage
from bench.serving import OURS, served, token
from calendars import local_day
from cli.servers import Addresses
from domain.schemes.rulebook import Rulebook
from storage.postgres.cursor import Place, encode_place

FINDINGS = 1_000_000
ASKED = 200
Choose = Callable[[Random], dict[str, str]]


class Listing(Struct, frozen=True):
    """What is asked of the list, by whom."""

    name: str
    token: str
    choose: Choose


class Answered(Struct, frozen=True):
    """How long the answers to one kind of question took, in milliseconds."""

    name: str
    median: float
    worst: float
    """The 99th of a hundred."""


def measure(scale: float) -> Results:
    """Ask one question after the other, as a page of the office does."""
    now = datetime.now(UTC).replace(microsecond=0)
    stage, other = Stage(), Stage("daye-2023")
    with place() as addresses:
        asyncio.run(_fill(addresses, [stage.book, other.book], round(FINDINGS * scale), now))
        with served(OURS, addresses) as server:
            times = uvloop.run(_ask_all(server.port, [*alone(stage.book, now)], now))
            both = uvloop.run(_ask_all(server.port, [*together(stage.book, now)], now))
    worst = max(times, key=lambda each: each.worst)
    what = f"a page of 100 findings among 1,000,000: the 99th of a hundred answers of the slowest filter ({worst.name})"
    notes = [*map(_words, times), *(f"two filters together, {_words(each)}" for each in both)]
    return {"findings-list": compared(what, "ms", worst.worst, Bound(most=25), notes=notes)}


async def _fill(addresses: Addresses, books: list[Rulebook], count: int, now: datetime) -> None:
    await fill(addresses, books, count, now)
    await settle(addresses)


def alone(book: Rulebook, now: datetime) -> Iterator[Listing]:
    """Give every filter that the interface offers, by itself."""
    office = token("coordinator", now)
    for name, values in _values(book).items():
        yield Listing(name, office, partial(_chosen, {name: values}))
    yield Listing("none", office, partial(_chosen, {}))
    yield Listing("from and to", office, partial(_days, now))
    yield Listing("its own, as a party", token("utility", now, "jm-water"), partial(_chosen, {}))


def together(book: Rulebook, now: datetime) -> Iterator[Listing]:
    """Give pairs of filters that an office would ask for."""
    office, values = token("coordinator", now), _values(book)
    for one, two in (("party", "state"), ("party", "rule"), ("district", "rule"), ("state", "light")):
        yield Listing(f"{one} and {two}", office, partial(_chosen, {one: values[one], two: values[two]}))


def _values(book: Rulebook) -> dict[str, list[str]]:
    scheme = book.scheme
    rules = [rule for rule in scheme.rule if rule.deadline is not None and isinstance(rule.deadline.limit, str)]
    return {
        "city": [scheme.city.code],
        "district": [each.code for each in scheme.districts],
        "party": [each.code for each in scheme.parties if {"utility", "department", "window"} & set(each.roles)],
        "rule": [rule.id for rule in rules],
        "stage": sorted({rule.stage for rule in rules}),
        "state": list(STATES),
        "light": ["yellow", "red"],
    }


def _chosen(among: dict[str, list[str]], rng: Random) -> dict[str, str]:
    return {name: rng.choice(values) for name, values in among.items()}


def _days(now: datetime, rng: Random) -> dict[str, str]:
    first = local_day(now) - timedelta(days=rng.randrange(1, YEARS * 365))
    return {"from": first.isoformat(), "to": (first + timedelta(days=rng.choice((0, 6, 30, 180)))).isoformat()}


async def _ask_all(port: int, listings: list[Listing], now: datetime) -> list[Answered]:
    return [await _ask(port, listing, order, now) for listing, order in product(listings, ("newest", "oldest"))]


async def _ask(port: int, listing: Listing, order: str, now: datetime) -> Answered:
    rng = Random(f"{listing.name} {order}")
    load = await ask(port, _requests(listing, order, now, rng), status=b"200")
    times = [each * 1e3 for each in load.latencies]
    return Answered(f"{listing.name}, {order} first", percentile(times, 50), percentile(times, 99))


def _requests(listing: Listing, order: str, now: datetime, rng: Random) -> Iterator[bytes]:
    """Ask for first pages and for later ones in turns."""
    for number in range(ASKED):
        asked = listing.choose(rng) | {"order": order, "limit": "100"}
        if number % 2:
            asked["after"] = encode_place(Place(now - timedelta(minutes=rng.randrange(YEARS * 525_600)), UUID(int=rng.getrandbits(128))))
        yield get(f"/v1/findings?{urlencode(asked)}", listing.token)


def _words(timed: Answered) -> str:
    return f"{timed.name}: median {timed.median:.1f} ms, 99 of a hundred within {timed.worst:.1f} ms"
