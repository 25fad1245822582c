"""Keeps runs of jobs, heartbeats, and the audit's shards under leases, so that a worker that dies holds nothing up."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from storage.postgres.transaction import Tx

_counts = msgspec.json.Decoder(dict[str, int])


class Shard(Struct, frozen=True):
    """A stretch of case ids: behind `after`, up to and with `upto`; None is the end on that side."""

    run_id: int
    number: int
    after: UUID | None
    upto: UUID | None


class AuditShards(Struct, frozen=True):
    """How far a run is."""

    finished: int
    left: int
    results: tuple[str, ...]


async def start_run(tx: Tx, job: str, worker: str, now: datetime) -> int:
    """Note that a job has begun; gives the run's id."""
    run_id: int = await tx.fetchval(
        "INSERT INTO job_run (job, worker, started_at, counts) VALUES ($1, $2, $3, '{}') RETURNING run_id",
        job, worker, now,
    )  # fmt: skip
    return run_id


async def finish_run(tx: Tx, run_id: int, now: datetime, *, failed: bool = False, counts: Mapping[str, int] | None = None) -> None:
    """Note how it ended."""
    await tx.execute(
        "UPDATE job_run SET finished_at = $2, outcome = $3, counts = $4 WHERE run_id = $1",
        run_id, now, "failed" if failed else "done", msgspec.json.encode(counts or {}).decode(),
    )  # fmt: skip


async def last_success(tx: Tx) -> dict[str, datetime]:
    """Say of each job when a run of it that succeeded last had begun: what came up later is still to be done."""
    rows = await tx.fetch("SELECT DISTINCT ON (job) job, started_at FROM job_run WHERE outcome = 'done' ORDER BY job, finished_at DESC")
    return {row["job"]: row["started_at"] for row in rows}


async def last_counts(tx: Tx, job: str) -> Mapping[str, int] | None:
    """Give what the job's last successful run counted."""
    text = await tx.fetchval("SELECT counts FROM job_run WHERE job = $1 AND outcome = 'done' ORDER BY finished_at DESC LIMIT 1", job)
    return None if text is None else _counts.decode(text)


async def heartbeat(tx: Tx, worker: str, now: datetime) -> None:
    """Say that the worker lives."""
    await tx.execute(
        "INSERT INTO heartbeat (worker, beat_at) VALUES ($1, $2) "
        "ON CONFLICT (worker) DO UPDATE SET beat_at = excluded.beat_at",
        worker, now,
    )  # fmt: skip


async def last_heartbeat(tx: Tx) -> datetime | None:
    """Say when any worker was last heard of."""
    at: datetime | None = await tx.fetchval("SELECT max(beat_at) FROM heartbeat")
    return at


async def split_cases(tx: Tx, parts: int) -> list[UUID]:
    """Give the ids that cut all cases into so many stretches of like size."""
    rows = await tx.fetch(
        "SELECT max(case_id::text)::uuid AS upto FROM (SELECT case_id, ntile($1) OVER (ORDER BY case_id) AS part "
        "FROM cases) t GROUP BY part ORDER BY part",
        parts,
    )
    return [row["upto"] for row in rows][:-1]


async def add_shards(tx: Tx, run_id: int, cuts: Sequence[UUID]) -> int:
    """Lay out the run's shards between the cuts; gives how many."""
    ends: list[UUID | None] = [*cuts, None]
    starts: list[UUID | None] = [None, *cuts]
    await tx.execute(
        "INSERT INTO audit_shard (run_id, number, after, upto) "
        "SELECT $1, number, after, upto FROM unnest($2::int[], $3::uuid[], $4::uuid[]) AS t (number, after, upto)",
        run_id, list(range(1, len(ends) + 1)), starts, ends,
    )  # fmt: skip
    return len(ends)


async def lease_shard(tx: Tx, run_id: int, worker: str, now: datetime, ttl: timedelta) -> Shard | None:
    """Take a shard that nobody holds, or whose holder has not been heard of in time; None when none is left."""
    row = await tx.fetchrow(
        "UPDATE audit_shard SET worker = $2, lease_until = $4 WHERE run_id = $1 AND number = ("
        "SELECT number FROM audit_shard WHERE run_id = $1 AND finished_at IS NULL "
        "AND (lease_until IS NULL OR lease_until < $3) ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED) "
        "RETURNING run_id, number, after, upto",
        run_id, worker, now, now + ttl,
    )  # fmt: skip
    return None if row is None else Shard(*row)


async def renew_shard(tx: Tx, shard: Shard, worker: str, now: datetime, ttl: timedelta) -> bool:
    """Hold on to it; False when another has taken it, and the work on it is to be dropped."""
    done: str = await tx.execute(
        "UPDATE audit_shard SET lease_until = $4 "
        "WHERE run_id = $1 AND number = $2 AND worker = $3 AND finished_at IS NULL",
        shard.run_id, shard.number, worker, now + ttl,
    )  # fmt: skip
    return done == "UPDATE 1"


async def finish_shard(tx: Tx, shard: Shard, worker: str, now: datetime, result: str) -> bool:
    """Note its result once; False when another has taken it."""
    done: str = await tx.execute(
        "UPDATE audit_shard SET finished_at = $4, result = $5 "
        "WHERE run_id = $1 AND number = $2 AND worker = $3 AND finished_at IS NULL",
        shard.run_id, shard.number, worker, now, result,
    )  # fmt: skip
    return done == "UPDATE 1"


async def read_shards(tx: Tx, run_id: int) -> AuditShards:
    """Say how far the run is, with the results so far."""
    rows = await tx.fetch("SELECT result FROM audit_shard WHERE run_id = $1 ORDER BY number", run_id)
    results = tuple(row["result"] for row in rows if row["result"] is not None)
    return AuditShards(len(results), len(rows) - len(results), results)


async def open_run(tx: Tx, job: str, now: datetime) -> int | None:
    """Find a run that has shards which nobody holds, or whose holder has not been heard of in time."""
    run_id: int | None = await tx.fetchval(
        "SELECT r.run_id FROM job_run r JOIN audit_shard s USING (run_id) WHERE r.job = $1 AND r.finished_at IS NULL "
        "AND s.finished_at IS NULL AND (s.lease_until IS NULL OR s.lease_until < $2) ORDER BY r.run_id DESC LIMIT 1",
        job, now,
    )  # fmt: skip
    return run_id


async def forget_runs(tx: Tx, job: str, before: datetime) -> None:
    """Drop what is known of old runs, with their shards; the last success stays, however old."""
    await tx.execute(
        "DELETE FROM job_run WHERE job = $1 AND started_at < $2 AND run_id IS DISTINCT FROM ("
        "SELECT run_id FROM job_run WHERE job = $1 AND outcome = 'done' ORDER BY finished_at DESC LIMIT 1)",
        job, before,
    )  # fmt: skip
