"""The jobs know by themselves what is owed; what one worker leaves, the next takes up."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from arq import Worker

from auditor.jobs import Job, beat, last_owed, run_audit, run_sweep
from auditor.worker import settings_for
from casework.program import Context
from cli.servers import Addresses
from storage.access.idempotency import claim
from storage.audit.jobs import last_heartbeat, last_success
from storage.documents.archive import name_of, open_archive
from storage.postgres.transaction import Database
from tests.auditor.findings.test_sweep import DUE
from tests.auditor.keeping import BOOKS, findings, kept
from tests.conftest import Clock
from tests.domain.stories import approval, shanghai


@pytest.fixture
def job(db: Database, now: Clock) -> Job:
    now.move_to(DUE + timedelta(hours=1))
    return Job(db, BOOKS, "one", now, now)


async def test_a_sweep_is_noted_with_its_success(job: Job, context: Context) -> None:
    case_id = await kept(job.db, context, approval())
    assert (await run_sweep(job)).findings == 1
    assert len(await findings(job.db, case_id)) == 1
    async with job.db.connection() as tx:
        assert (await last_success(tx))["sweep"] == job.wall_now()


async def test_a_sweep_that_leaves_a_case_behind_is_no_success(job: Job, context: Context) -> None:
    await kept(job.db, context, approval())
    async with job.db.transaction() as tx:
        await tx.execute("UPDATE cases SET scheme = 'gone-2020'")
    assert (await run_sweep(job)).skipped == 1
    async with job.db.connection() as tx:
        assert "sweep" not in await last_success(tx)


async def test_an_audit_is_owed_once_a_night_and_made_up_for_when_a_night_was_missed(job: Job, now: Clock) -> None:
    assert await run_audit(job) is True
    assert await run_audit(job) is False
    now.move_to(shanghai("2026-11-20 02:09:59"))
    assert await run_audit(job) is False
    now.move_to(shanghai("2026-11-20 02:10"))
    assert await run_audit(job) is True
    now.move_to(shanghai("2026-11-24 15:00"))
    assert await run_audit(job) is True


async def test_a_night_removes_what_was_left_of_uploads(job: Job, tmp_path: Path) -> None:
    job.archive = open_archive(tmp_path, None)
    async with job.archive.stage() as upload:
        await upload.take(b"unnamed")
        await job.archive.keep(upload)
    left = job.archive.incoming / "killed.part"
    left.write_bytes(b"half")
    for path, days in ((tmp_path / name_of(upload.sha256), 8), (left, 2)):
        long_ago = (job.wall_now() - timedelta(days=days)).timestamp()
        os.utime(path, (long_ago, long_ago))
    assert await run_audit(job) is True
    assert (left.exists(), await job.archive.holds(upload.sha256)) == (False, False)


async def test_a_storage_that_is_away_keeps_no_audit_waiting(job: Job, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    job.archive = open_archive(in_the_way, None)
    assert await run_audit(job) is True


async def test_replies_older_than_a_day_are_forgotten_every_night(job: Job, now: Clock) -> None:
    now.move_to(shanghai("2026-11-20 02:09"))
    async with job.db.transaction() as tx:
        for key, hours in (("old", 24), ("fresh", 23)):
            await claim(tx, "portal", key, b"print", now=job.wall_now() - timedelta(hours=hours))
    assert await run_audit(job) is True
    async with job.db.connection() as tx:
        assert [row["key"] for row in await tx.fetch("SELECT key FROM idempotency")] == ["fresh"]


@pytest.mark.parametrize(("at", "owed"), [("2026-11-20 02:09", "2026-11-19 02:10"), ("2026-11-20 02:10", "2026-11-20 02:10")])
def test_an_audit_comes_to_be_owed_at_ten_past_two(at: str, owed: str) -> None:
    assert last_owed(shanghai(at)) == shanghai(owed)


async def test_a_worker_that_lives_says_so(job: Job) -> None:
    await beat(job)
    async with job.db.connection() as tx:
        assert await last_heartbeat(tx) == job.wall_now()


async def test_arq_keeps_no_result_pickles_nothing_and_sweeps_every_minute_and_at_start(job: Job, servers: Addresses) -> None:
    worker = Worker(**settings_for(servers.redis_url, job))
    sweep, audit, propose = worker.cron_jobs
    assert (sweep.name, sweep.second, sweep.minute, sweep.run_at_startup, sweep.unique) == ("cron:sweep", 0, None, True, True)
    assert (audit.name, audit.second, audit.minute, audit.unique) == ("cron:audit", 30, None, False)
    assert (propose.name, propose.second, propose.minute, propose.unique) == ("cron:propose", 45, None, True)
    assert worker.keep_result_s == 0
    assert str(worker.timezone) == "Asia/Shanghai"
    assert worker.health_check_key.endswith(":one")
    assert 15 <= worker.health_check_interval <= 30
    assert worker.job_deserializer is not None
    assert worker.job_deserializer(worker.job_serializer({"a": (1,)})) == {"a": [1]}  # type: ignore[misc]  # set, as the line before says
