"""The full audit by one worker and by two, each a process of its own, on cases with warnings past and findings open."""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE, Process
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec
from msgspec import Struct

from auditor.audit.audit import AuditRun, begin
from auditor.findings.sweep import sweep
from bench.audit_worker import READY, AuditDone, AuditJob
from bench.cities.acts import DEPARTMENTS, Step, accepted, opened, planned, pushed, returned, signed, submitted, surveyed, told
from bench.cities.loading import add_edition, load
from bench.cities.place import TimedDatabase, connected, place, rows, settle
from bench.cities.place import opened as opened_database
from bench.cities.playing import Stage
from bench.harness import Bound, Results, compared
from calendars import local_day
from casework.program import Context, read_context
from cli.servers import Addresses
from storage.cases.seals import seal_day

CASES = 40_000
ROUNDS = 3
TENTH = 10
OPENED = datetime(2026, 9, 7, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 9, 16, 2, 0, tzinfo=UTC)
BOTH = ("water", "gas")


class Run(Struct, frozen=True):
    """How long an audit took, and what each of its workers did."""

    seconds: float
    workers: list[AuditDone]

    @property
    def cases_per_second(self) -> float:
        """Count all workers' cases together."""
        return sum(each.cases for each in self.workers) / self.seconds

    @property
    def megabytes(self) -> float:
        """Give the largest worker's peak."""
        return max(each.megabytes for each in self.workers)


_AS_REAL = "ALTER TABLE made_up DISABLE TRIGGER made_up_stays; DELETE FROM made_up"
"""No day is sealed where nothing is real."""


def measure(scale: float) -> Results:
    """Load a tenth and audit it, for the memory; load the rest and audit it alone and by two."""
    with place() as addresses:
        return asyncio.run(_measure(addresses, max(round(CASES * scale), 200)))


async def _measure(addresses: Addresses, cases: int) -> Results:
    stage, rng = Stage(), Random(4)
    async with opened_database(addresses.database_url) as db:
        await add_edition(db, stage, OPENED)
        context = await read_context(db, {stage.book.id: stage.book}, NOW)
        await _grow(addresses, db, context, stage, rng, cases // TENTH)
        small = await _audit(addresses, db, context, 1)
        await _grow(addresses, db, context, stage, rng, cases - cases // TENTH)
        async with connected(addresses.admin_url) as owner:
            await owner.execute(_AS_REAL)
        async with db.transaction() as tx:
            await seal_day(tx, local_day(NOW) + timedelta(days=1), NOW)
        ones, twos = [], []
        for _ in range(ROUNDS):
            ones.append(await _audit(addresses, db, context, 1))
            twos.append(await _audit(addresses, db, context, 2))
    return _figures(small, _middle(ones), _middle(twos), await _sizes(addresses))


def _middle(runs: list[Run]) -> Run:
    return sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]


def _figures(small: Run, one: Run, two: Run, sizes: str) -> Results:
    alone, both = one.cases_per_second, two.cases_per_second
    memory = max(one.megabytes, two.megabytes)
    shared = f"one worker took {one.seconds:.1f} s; two took {two.seconds:.1f} s, {' and '.join(f'{w.cases:,}' for w in two.workers)} cases"
    what = "a full audit by one worker: chains, clocks and findings"
    each = sum(worker.cpu for worker in one.workers) / sum(worker.cases for worker in one.workers)
    spent = f"processor time of the worker for one case, PostgreSQL apart: {each * 1e6:,.0f} µs"
    tenth = f"{small.megabytes:.0f} MB with a tenth of the cases"
    pair = compared("the same by two workers", "cases/s", both, Bound(ratio=1.5), peer=alone, peer_is="one worker", more_is_better=True)
    return {
        "audit": compared(what, "cases/s", alone, Bound(least=5_000), notes=[sizes, spent]),
        "audit-memory": compared("the most memory that a worker ever has", "MB", memory, Bound(most=200), notes=[tenth]),
        "audit-two-workers": msgspec.structs.replace(pair, notes=(shared,)),
    }


async def _grow(addresses: Addresses, db: TimedDatabase, context: Context, stage: Stage, rng: Random, cases: int) -> None:
    """Half of the cases went well; in the others two parties let everything lie, which the sweep finds."""
    await load(db, stage.play(OPENED, kept()), cases // 2, rng)
    await load(db, stage.play(OPENED, missed()), cases - cases // 2, rng)
    await sweep(db, context.at(NOW))
    await settle(addresses)


def kept() -> list[Step]:
    pairs = [("water", each) for each in DEPARTMENTS]
    return [
        *_until_approval("water"),
        *(submitted(1_500, *pair) for pair in pairs),
        *(signed(3_000, *pair) for pair in pairs),
        *(returned(3_010, *pair) for pair in pairs),
    ]


def missed() -> list[Step]:
    return [*_until_approval(*BOTH), *(submitted(1_500, "water", each) for each in DEPARTMENTS)]


def _until_approval(*services: str) -> list[Step]:
    plans, words = [planned(120, each) for each in services], [told(140, each) for each in services]
    return [accepted(*services), pushed(5, *services), surveyed(60, 500, *services), *plans, opened(130, *services), *words]


async def _audit(addresses: Addresses, db: TimedDatabase, context: Context, count: int) -> Run:
    run = await begin(AuditRun(db, context, "bench", lambda: NOW, lambda: NOW))
    workers = [await _start(AuditJob(addresses.database_url, run, NOW, f"bench-{number}")) for number in range(count)]
    began = time.perf_counter()
    done = await asyncio.gather(*(_done(each) for each in workers))
    took = time.perf_counter() - began
    assert not any(each.disagreements or each.broken_chains for each in done), done
    return Run(took, list(done))


async def _start(job: AuditJob) -> Process:
    """Start a worker and wait until it is ready to begin."""
    worker = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.audit_worker", stdin=PIPE, stdout=PIPE)
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(msgspec.json.encode(job) + b"\n")
    assert (await worker.stdout.readline()).decode().strip() == READY
    return worker


async def _done(worker: Process) -> AuditDone:
    answer, _ = await worker.communicate(b"go\n")
    return msgspec.json.decode(answer, type=AuditDone)


async def _sizes(addresses: Addresses) -> str:
    made = await rows(addresses)
    each = {table: made[table] / made["cases"] for table in made}
    mean = f"{each['entry']:.1f} acts, {each['clock']:.1f} clocks and {each['finding']:.1f} findings"
    return f"{made['cases']:,} cases with {mean} each, on average"
