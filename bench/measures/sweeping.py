"""The sweep over a city with a million running clocks: when many fall due at once, and when none does."""

import asyncio
import statistics
import time
from datetime import UTC, datetime, timedelta
from random import Random

from auditor.findings.sweep import sweep
from bench.cities.acts import DEPARTMENTS, accepted, opened, planned, pushed, surveyed, told
from bench.cities.loading import add_edition, load
from bench.cities.place import TimedDatabase, place, rows, settle
from bench.cities.place import opened as opened_database
from bench.cities.playing import Stage
from bench.harness import Bound, Results, compared
from casework.program import Context, read_context
from cli.servers import Addresses
from storage.loading.bulk import Written

CLOCKS = 1_000_000
DUE = 30_000
TENTH = 10
SERVICES = ("water", "gas", "power", "network", "heat")
NOW = datetime(2026, 9, 9, 10, 1, 30, tzinfo=UTC)
"""Wednesday, 90 seconds after closing time."""
QUIET_SWEEPS = 40
NONE_DUE = "a sweep with nothing due, 1,000,000 clocks running"


def measure(scale: float) -> Results:
    """Load a tenth, then all; sweep with nothing due at each, then let the rest fall due at one closing time."""
    with place() as addresses:
        return asyncio.run(_measure(addresses, scale))


async def _measure(addresses: Addresses, scale: float) -> Results:
    stage, rng = Stage(), Random(3)
    quiet, due = _running(stage), _due(stage)
    count = _cases(quiet, (CLOCKS - DUE) * scale)
    async with opened_database(addresses.database_url) as db:
        await add_edition(db, stage, NOW)
        await load(db, quiet, count // TENTH, rng)
        context = await read_context(db, {stage.book.id: stage.book}, NOW)
        small = await _quiet(addresses, db, context)
        await load(db, quiet, count - count // TENTH, rng)
        large = await _quiet(addresses, db, context)
        await load(db, due, _cases(due, DUE * scale), rng)
        return await _sweep(addresses, db, context, (small, large))


async def _sweep(addresses: Addresses, db: TimedDatabase, context: Context, quiet: tuple[float, float]) -> Results:
    await settle(addresses)
    before = await rows(addresses)
    db.lasted = []
    began = time.perf_counter()
    swept = await sweep(db, context.at(NOW))
    took, lasted = time.perf_counter() - began, list(db.lasted)
    made = await rows(addresses)
    assert made["entry"] - before["entry"] == swept.findings + swept.turned_red, swept
    assert made["finding"] == swept.findings, swept
    after = await _nothing_due(db, context)
    notes = [
        f"{swept.findings:,} findings opened, each in a case of its own with its ledger entry, in {len(lasted)} transactions",
        f"{swept.turned_red:,} of them red at once: all are one party's under one rule, and from the third of the year on each is",
        f"a sweep with nothing due right after it, before any vacuum: {after * 1e3:.2f} ms",
    ]
    small, large = quiet
    return {
        "sweep": compared("a sweep of 1,000,000 running clocks, 30,000 newly due", "s", took, Bound(most=6), notes=notes),
        "sweep-longest-lock": compared("the longest that a case is locked in it", "ms", max(lasted) * 1e3, Bound(most=300)),
        "sweep-nothing-due": compared(
            NONE_DUE, "ms", large * 1e3, Bound(ratio=1 / 1.5, most=5), peer=small * 1e3, peer_is="ours, 100,000 clocks running"
        ),
    }


def _running(stage: Stage) -> Written:
    """A case whose approval has just been opened: twenty clocks run, none to be looked at before tomorrow."""
    start = NOW - timedelta(minutes=2)
    return stage.play(start, [accepted(*SERVICES), pushed(0, *SERVICES), surveyed(1, 500, *SERVICES), opened(1, *SERVICES)])


def _due(stage: Stage) -> Written:
    """A case whose materials were to be handed in to one department by this closing time, and were not."""
    start = datetime(2026, 9, 7, 1, 0, tzinfo=UTC)
    until = [accepted("water"), pushed(5, "water"), surveyed(60, 500, "water"), planned(120, "water")]
    played = stage.play(start, [*until, opened(130, "water", departments=DEPARTMENTS[:1]), told(140, "water")])
    assert sum(clock.state == "running" for clock in played.clocks) == 1
    return played


def _cases(template: Written, clocks: float) -> int:
    return round(clocks / sum(clock.state == "running" for clock in template.clocks))


async def _quiet(addresses: Addresses, db: TimedDatabase, context: Context) -> float:
    await settle(addresses)
    return await _nothing_due(db, context)


async def _nothing_due(db: TimedDatabase, context: Context) -> float:
    times = []
    for _ in range(QUIET_SWEEPS):
        began = time.perf_counter()
        swept = await sweep(db, context.at(NOW))
        times.append(time.perf_counter() - began)
        assert not swept.findings
        assert not swept.warnings
    return statistics.median(times)
