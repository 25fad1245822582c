"""A hundred thousand findings out of a million as CSV and as a workbook: how long until the last byte, and how much memory it takes."""

import asyncio
import csv
import http.client
import io
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from msgspec import Struct

from bench.cities.found import FINDINGS, found
from bench.cities.place import connected
from bench.harness import Bound, Results, compared
from bench.serving import CITY, OURS, Served, served, token
from calendars import local_day
from cli.servers import Addresses

ROWS = 100_000
_PATIENCE = 600
"""Seconds that one answer may take: a slow one is a figure that falls short, not a run without figures."""
_EVERY = 0.02
"""Seconds between two looks at the memory."""
_SHEET = "xl/worksheets/sheet1.xml"


class Taken(Struct, frozen=True):
    """What one export took."""

    rows: int
    seconds: float
    megabytes: float
    """The most memory that the server had meanwhile."""
    size: int
    cpu: float
    """Seconds of the server's processor time."""


def measure(scale: float) -> Results:
    """Export the findings of the latest days that make a hundred thousand, each form twice; the slower counts."""
    addresses = found(round(FINDINGS * scale))
    now = datetime.now(UTC).replace(microsecond=0)
    first = asyncio.run(_first_day(addresses, round(ROWS * scale)))
    with served(OURS, addresses) as server:
        grouped = min(_seconds(server, "/v1/findings/grouped", now) for _ in range(3))
        tables = max((_taken(server, "csv", first, now) for _ in range(2)), key=lambda each: each.seconds)
        books = max((_taken(server, "xlsx", first, now) for _ in range(2)), key=lambda each: each.seconds)
    memory = max(tables.megabytes, books.megabytes)
    return {
        "exports-csv": compared("100,000 findings of 1,000,000 as CSV", "s", _whole(tables), Bound(most=5), notes=[_words(tables)]),
        "exports-xlsx": compared("the same as a workbook", "s", _whole(books), Bound(most=20), notes=[_words(books)]),
        "exports-memory": compared("the most memory that the server has meanwhile", "MB", memory, Bound(most=200)),
        "findings-grouped": compared("a city's findings among 1,000,000 added up by party", "s", grouped, Bound(most=2)),
    }


def _whole(taken: Taken) -> float:
    """Say how long a hundred thousand rows take at this rate."""
    return taken.seconds * ROWS / taken.rows


async def _first_day(addresses: Addresses, rows: int) -> date:
    """Find the day from which on the city has so many findings."""
    async with connected(addresses.admin_url) as connection:
        due = await connection.fetchval("SELECT due_at FROM finding WHERE city = $1 ORDER BY due_at DESC OFFSET $2 LIMIT 1", CITY, rows)
    return local_day(due)


def _taken(server: Served, form: str, first: date, now: datetime) -> Taken:
    asked = urlencode({"from": first.isoformat(), "to": (local_day(now) + timedelta(days=1)).isoformat()})
    with _watched(server) as most:
        began, before = time.perf_counter(), server.cpu_seconds()
        content = _get(server, f"/v1/findings.{form}?{asked}", now)
        seconds, cpu = time.perf_counter() - began, server.cpu_seconds() - before
    return Taken(_rows(form, content), seconds, max(most) / 2**20, len(content), cpu)


def _seconds(server: Served, path: str, now: datetime) -> float:
    began = time.perf_counter()
    _get(server, path, now)
    return time.perf_counter() - began


def _get(server: Served, path: str, now: datetime) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token('coordinator', now)}"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert answer.status == 200, content[:300]  # noqa: PLR2004 -- the status of a good answer
    return content


def _rows(form: str, content: bytes) -> int:
    if form == "csv":
        return sum(1 for _ in csv.reader(io.StringIO(content.decode("utf-8-sig")))) - 1
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(_SHEET).count(b"<row>") - 1


@contextmanager
def _watched(server: Served) -> Iterator[list[int]]:
    """Note the server's memory while something is done."""
    noted, over = [server.process.memory_info().rss], threading.Event()

    def watch() -> None:
        while not over.wait(_EVERY):
            noted.append(server.process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield noted
    finally:
        over.set()
        watcher.join()


def _words(taken: Taken) -> str:
    took = f"{taken.rows:,} rows, {taken.size / 2**20:.0f} MB, in {taken.seconds:.1f} s with {taken.cpu:.1f} s of the server's processor"
    return f"{took}; it had {taken.megabytes:.0f} MB at the most"
