"""Every list of the contract in a city that the simulator made, grown to a million findings: first pages, later ones, each filter alone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
import uvloop
from msgspec import Struct

from bench.asking import ask, get
from bench.cities.found import FINDINGS, found
from bench.harness import Bound, Result, Results, compared, percentile
from bench.machine import Watch
from bench.serving import OURS, Served, served, token

CONTRACT = Path(__file__).parents[2] / "openapi" / "openapi.json"
ASKED = 100
MOST_SECONDS = 5.0
"""So long one question is asked again and again: a slow list has fewer answers in it."""
PAGES = 20
"""As many pages are turned for the places that later pages start from."""
A_YEAR = timedelta(days=400)
BY_ITSELF = ("/v1/findings",)
"""Lists with a benchmark of their own, where their filters are asked."""
_NO_FILTERS = ("after", "limit")


class Filter(Struct, frozen=True):
    """A filter of the contract: the words that it allows, none where any goes, and whether it is a number."""

    words: tuple[str, ...]
    is_number: bool

    def takes(self, value: object) -> bool:
        """Say whether a value that a row shows under this name can be asked for."""
        return isinstance(value, int if self.is_number else str)


class Paged(Struct, frozen=True):
    """A list of the contract: its path and its filters."""

    path: str
    filters: dict[str, Filter]

    @property
    def name(self) -> str:
        """Name its figure."""
        return "list-" + self.path.removeprefix("/v1/").replace("/", "-")


class Turned(Struct, frozen=True):
    """What was seen in turning a list's pages: where they start, and each filter's words among their rows."""

    places: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    rows: int


class Asked(Struct, frozen=True):
    """How long one question's answers took, in milliseconds."""

    name: str
    median: float
    worst: float
    """The 99th of a hundred."""
    cpu: float
    """Milliseconds of the server's processor for one answer."""

    def words(self) -> str:
        """Say it."""
        took = f"median {self.median:.1f} ms, 99 of a hundred within {self.worst:.1f} ms"
        return f"{self.name}: {took}, {self.cpu:.1f} ms of the server's processor each"


def measure(scale: float) -> Results:
    """Turn the pages of each list, then ask for them one question after the other."""
    addresses = found(round(FINDINGS * scale))
    lists = [paged for paged in lists_of(json.loads(CONTRACT.read_bytes())) if paged.path not in BY_ITSELF]
    with served(OURS, addresses) as server:
        return {"scorecard-city": _scorecard(server)} | {paged.name: _figure(server, paged) for paged in lists}


def _scorecard(server: Served) -> Result:
    """Ask for a month whose cases are over."""
    month = f"{datetime.now(UTC) - A_YEAR:%Y-%m}"
    watch, asked = Watch(), _ask(server, "a month", [f"/v1/scorecards?period={month}"])
    figure = compared("a month's scorecard of the same city", "s", asked.median / 1e3, Bound(most=10), notes=[asked.words()])
    return msgspec.structs.replace(figure, load=watch.load())


def lists_of(contract: dict[str, Any]) -> Iterator[Paged]:
    """Give every list that is read page by page and lies under no single case."""
    for path, operations in contract["paths"].items():
        parameters = {one["name"]: one["schema"] for one in operations.get("get", {}).get("parameters", ())}
        if "{" not in path and set(_NO_FILTERS) <= set(parameters):
            yield Paged(path, {name: _filter(schema) for name, schema in parameters.items() if name not in _NO_FILTERS})


def _filter(schema: dict[str, Any]) -> Filter:
    return Filter(tuple(_allowed(schema)), schema.get("type") == "integer")


def _allowed(schema: dict[str, Any]) -> Iterator[str]:
    yield from schema.get("enum", ())
    for part in schema.get("anyOf", ()):
        yield from _allowed(part)


def _figure(server: Served, paged: Paged) -> Result:
    watch, turned = Watch(), _turn(server, paged)
    first = _ask(server, "its first page", [paged.path])
    later = _ask(server, "a later page", [_page(paged, after=place) for place in turned.places]) if turned.places else None
    filtered = [_ask(server, f"by {name}", [_page(paged, **{name: word}) for word in words]) for name, words in _filters(paged, turned)]
    worst = max(first.worst, later.worst) if later else first.worst
    notes = [each.words() for each in (first, later, *filtered) if each]
    what = f"{paged.path}, the 99th of a hundred answers ({turned.rows:,} rows turned)"
    return msgspec.structs.replace(compared(what, "ms", worst, Bound(most=25), notes=notes), load=watch.load())


def _filters(paged: Paged, turned: Turned) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each filter with what to ask for: the contract's own words, or those that the list showed."""
    for name, one in paged.filters.items():
        asked = one.words or turned.words.get(name, ())
        if asked:
            yield name, asked


def _turn(server: Served, paged: Paged) -> Turned:
    """Read page after page as a reader does."""
    places, seen, rows = list[str](), dict[str, set[str]](), 0
    page = _read(server, paged.path)
    for _ in range(PAGES):
        rows += len(page["items"])
        for row in page["items"]:
            _see(seen, row, paged)
        if page["next"] is None:
            break
        places.append(page["next"])
        page = _read(server, _page(paged, after=places[-1]))
    return Turned(tuple(places), {name: tuple(sorted(words)) for name, words in seen.items()}, rows)


def _see(seen: dict[str, set[str]], row: dict[str, Any], paged: Paged) -> None:
    for name, one in paged.filters.items():
        if one.takes(row.get(name)):
            seen.setdefault(name, set()).add(str(row[name]))


def _page(paged: Paged, **asked: str) -> str:
    return f"{paged.path}?{urlencode(asked)}"


def _read(server: Served, path: str) -> dict[str, Any]:
    page: dict[str, Any] = server.asked(path, _token())
    return page


def _ask(server: Served, name: str, paths: list[str]) -> Asked:
    """Ask one path after the other, again and again."""
    bearer = _token()
    requests = (get(paths[number % len(paths)], bearer) for number in range(ASKED))
    before = server.cpu_seconds()
    load = uvloop.run(ask(server.port, requests, status=b"200", seconds=MOST_SECONDS))
    times, cpu = [each * 1e3 for each in load.latencies], (server.cpu_seconds() - before) * 1e3
    return Asked(name, percentile(times, 50), percentile(times, 99), cpu / load.answers)


def _token() -> str:
    return token("coordinator", datetime.now(UTC).replace(microsecond=0))
