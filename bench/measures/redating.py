"""A closure moves most of a million open clocks: a worker (`python -m bench.measures.redating`) dates them again while the API answers."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

import msgspec
from msgspec import Struct

from auditor.audit.audit import AuditRun, audit
from auditor.calendars.redate import redate
from bench.asking import ask, get, post
from bench.audit_worker import most_memory
from bench.cities.acts import COMPANIES, accepted, opened, pushed, surveyed
from bench.cities.loading import add_edition, load
from bench.cities.place import opened as opened_database
from bench.cities.place import place, settle
from bench.cities.playing import Stage
from bench.harness import Bound, Result, Results, compared, percentile
from bench.serving import CITY, OURS, Served, served, token
from casework.program import read_context
from casework.settings import Settings
from cli.running.schemes import books_of
from cli.servers import Addresses
from storage.calendars.editions import add_import
from storage.loading.bulk import Written

CLOCKS = 1_000_000
SERVICES = ("water", "gas", "power", "network", "heat")
NOW = datetime(2026, 9, 9, 1, 0, tzinfo=UTC)
"""Wednesday, 9:00."""
CLOSURE = {"city": CITY, "document": "样例停止办公通知", "closed": [{"date": "2026-09-10", "name": "停止办公"}]}
READ_EVERY, ACT_EVERY = 0.02, 0.05
"""Seconds: fifty cases read and twenty acts recorded a second, more than a city's offices do."""
QUIET = 10.0


class Done(Struct, frozen=True):
    """What the worker did, in how long, at what cost to itself."""

    moved: int
    seconds: float
    cpu: float
    longest: float
    megabytes: float


class RequestTimes(Struct, frozen=True):
    """The API's latencies, in seconds, while something went on."""

    reads: list[float]
    acts: list[float]


def measure(scale: float) -> Results:
    """Load, import the closure, and date again; ask the API before and meanwhile."""
    with place() as addresses:
        return asyncio.run(_measure(addresses, scale))


async def _measure(addresses: Addresses, scale: float) -> Results:
    stage, rng = Stage(), Random(7)
    template = _running(stage)
    each = sum(clock.state == "running" for clock in template.clocks)
    async with opened_database(addresses.database_url) as db:
        await add_edition(db, stage, NOW)
        ids = await load(db, template, round(CLOCKS * scale / each), rng)
        async with db.transaction() as tx:
            await add_import(tx, "closure.json", json.dumps(CLOSURE).encode(), NOW)
        await settle(addresses)
        with served(OURS, addresses) as server:
            quiet, _ = await _asked(server, ids, rng, _quiet(max(QUIET * scale, 1)))
            busy, done = await _asked(server, ids, rng, _redated(addresses))
        desk = AuditRun(db, await read_context(db, books_of(Settings()), NOW), "bench", lambda: NOW, lambda: NOW, seals=False)
        audited = await audit(desk)
    assert (audited.disagreements, audited.broken_chains) == (0, 0), audited
    return _figures(done, len(ids), each * len(ids), quiet, busy)


def _figures(done: Done, cases: int, clocks: int, quiet: RequestTimes, busy: RequestTimes) -> Results:
    return {
        "redate": compared(
            "1,000,000 open clocks dated again, the API answering", "s", done.seconds, Bound(most=60), notes=_notes(done, cases, clocks)
        ),
        "redate-longest-lock": compared("the longest that a case is locked in it", "ms", done.longest * 1e3, Bound(most=300)),
        "redate-reading": _answers("a case read meanwhile, 99 of a hundred", busy.reads, quiet.reads),
        "redate-recording": _answers("an act recorded meanwhile, 99 of a hundred", busy.acts, quiet.acts),
    }


def _notes(done: Done, cases: int, clocks: int) -> list[str]:
    moved = f"{clocks:,} open clocks in {cases:,} cases, of which {done.moved:,} moved, each with its entry in the ledger"
    spent = f"processor time of the worker for one case, PostgreSQL apart: {done.cpu / cases * 1e6:,.0f} µs"
    return [moved, "an audit of every case after it found nothing to differ", f"{spent}; its most memory {done.megabytes:.0f} MB"]


def _answers(what: str, busy: list[float], quiet: list[float]) -> Result:
    before = f"with nothing else going on, 99 of a hundred within {percentile(quiet, 99) * 1e3:.1f} ms"
    asked = f"{len(busy):,} asked meanwhile, the longest answer {max(busy) * 1e3:.0f} ms"
    return compared(what, "ms", percentile(busy, 99) * 1e3, Bound(most=250), notes=[before, asked])


def _running(stage: Stage) -> Written:
    """A case whose approval has just been opened: twenty clocks run."""
    start = NOW - timedelta(minutes=2)
    return stage.play(start, [accepted(*SERVICES), pushed(0, *SERVICES), surveyed(1, 500, *SERVICES), opened(1, *SERVICES)])


async def _asked(server: Served, ids: list[UUID], rng: Random, work: Awaitable[Done]) -> tuple[RequestTimes, Done]:
    """Ask for cases and record acts, each so often, until the work is done."""
    at = datetime.now(UTC)
    office, water = token("coordinator", at), token("utility", at, COMPANIES["water"])
    remark = json.dumps({"body": {"act": "remark.made", "text": "样例"}}).encode()
    reads = (get(f"/v1/cases/{rng.choice(ids)}", office) for _ in count())
    acts = (post(f"/v1/cases/{rng.choice(ids)}/acts", water, remark) for _ in count())
    asking = [
        asyncio.create_task(_paced(server, reads, b"200", READ_EVERY)),
        asyncio.create_task(_paced(server, acts, b"201", ACT_EVERY)),
    ]
    done = await work
    for task in asking:
        task.cancel()
    reading, recording = await asyncio.gather(*asking)
    return RequestTimes(reading, recording), done


async def _paced(server: Served, requests: Iterator[bytes], status: bytes, every: float) -> list[float]:
    """Ask once in so many seconds, whether the last answer came late or not; gives the latencies when told to stop."""
    under_way, latencies = set[asyncio.Task[None]](), list[float]()
    began = time.perf_counter()
    try:
        for number in count(1):
            task = asyncio.create_task(_once(server, next(requests), status, latencies))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            await asyncio.sleep(began + number * every - time.perf_counter())
    except asyncio.CancelledError:
        await asyncio.gather(*under_way)
    return latencies


async def _once(server: Served, request: bytes, status: bytes, latencies: list[float]) -> None:
    load = await ask(server.port, iter([request]), status=status)
    latencies.extend(load.latencies)


async def _quiet(seconds: float) -> Done:
    await asyncio.sleep(seconds)
    return Done(0, 0, 0, 0, 0)


async def _redated(addresses: Addresses) -> Done:
    """Let a worker of its own date everything again."""
    words = [sys.executable, "-m", "bench.measures.redating", addresses.database_url]
    worker = await asyncio.create_subprocess_exec(*words, stdout=PIPE)
    answer, _ = await worker.communicate()
    return msgspec.json.decode(answer, type=Done)


async def _work(url: str) -> Done:
    """Date everything again, as the worker does when the calendar has changed."""
    async with opened_database(url) as db:
        context = await read_context(db, books_of(Settings()), NOW)
        began, cpu = time.perf_counter(), time.process_time()
        moved = await redate(db, context.at(NOW))
        return Done(moved, time.perf_counter() - began, time.process_time() - cpu, max(db.lasted), most_memory())


if __name__ == "__main__":
    sys.stdout.write(msgspec.json.encode(asyncio.run(_work(sys.argv[1]))).decode())
