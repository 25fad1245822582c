"""One worker of an audit (`python -m bench.audit_worker`): waits for the word, takes its part, tells its time and memory."""

import asyncio
import sys
import time
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from auditor.audit.audit import NIGHTS, AuditRun, take_part
from casework.program import read_context
from casework.settings import Settings
from cli.running.schemes import books_of
from storage.postgres.transaction import Database

READY = "ready"


class AuditJob(Struct, frozen=True):
    """Which run of which database to take part in, and the moment it is."""

    url: str
    run: int
    at: datetime
    name: str


class AuditDone(Struct, frozen=True):
    """How many cases this worker examined, and the most memory that it ever had."""

    cases: int
    disagreements: int
    broken_chains: int
    megabytes: float
    cpu: float
    """Processor seconds of this worker, PostgreSQL apart."""


async def work(job: AuditJob) -> AuditDone:
    """Take part once told to, as the worker does every night."""
    pages: list[int] = []
    db = await Database.open(job.url, max_size=4)
    try:
        context = await read_context(db, books_of(Settings()), job.at)
        desk = AuditRun(db, context, job.name, lambda: job.at, lambda: job.at, nights=NIGHTS, told=pages.append)
        print(READY, flush=True)
        sys.stdin.readline()
        began = time.process_time()
        audited = await take_part(desk, job.run)
        cpu = time.process_time() - began
    finally:
        await db.close()
    return AuditDone(sum(pages), audited.disagreements, audited.broken_chains, most_memory(), cpu)


def most_memory() -> float:
    """The peak of this program alone: what getrusage says includes the process that it was started from."""
    status = Path("/proc/self/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    done = asyncio.run(work(msgspec.json.decode(sys.stdin.readline(), type=AuditJob)))
    print(msgspec.json.encode(done).decode(), flush=True)
