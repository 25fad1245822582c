"""Workers killed at twenty moments, Redis flushed and PostgreSQL restarted under load: what is found is exactly what was missed."""

import asyncio
import json
import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
import redis
from msgspec.structs import replace

from auditor.audit.audit import AuditRun, audit
from auditor.audit.verify import verify_ledger
from auditor.findings.sweep import sweep
from casework.program import read_context
from casework.recording.appending import with_debtors
from domain.intake.numbering import numbered_by
from domain.judging.judge import judge
from domain.offices import Offices
from simulation.case_script import Simulated
from simulation.city import City
from simulation.traffic import traffic
from simulation.wanted import WantedTraffic
from storage.calendars.offices import load_offices
from storage.cases.made_up import mark_made_up
from storage.loading.bulk import Written, write_cases
from storage.migrate import migrate
from storage.postgres.transaction import Database
from tests.auditor.keeping import BOOKS
from tests.auditor.running.fire import Servers, kill, servers_under_fire, start_worker
from tests.database import APP_ROLE

KILLS = 20
FLUSHED_AT, RESTARTED_AT = 6, 13
NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
_numbers = count(1)
Found = tuple[UUID, str, tuple[str, ...], str, datetime]


@pytest.mark.slow("workers are given their time before they are killed")
@pytest.mark.parametrize("cases", [300, pytest.param(3_000, marks=pytest.mark.scale)])
def test_killing_flushing_and_restarting_loses_no_finding_and_doubles_none(tmp_path: Path, cases: int) -> None:
    """So many cases of each city."""
    with servers_under_fire(tmp_path) as servers:
        asyncio.run(migrate(servers.addresses.owner_url, APP_ROLE))
        made = asyncio.run(_made(servers, cases))
        for number, part in enumerate(_parts(made)):
            _write(servers, part)
            _strike(servers, number)
        asyncio.run(_judge(servers, made))


def _parts(made: Sequence[Simulated]) -> Iterator[Sequence[Simulated]]:
    return (made[start : start + len(made) // KILLS + 1] for start in range(0, len(made), len(made) // KILLS + 1))


async def _made(servers: Servers, cases: int) -> list[Simulated]:
    """Make up both cities' traffic, with what must be found in it."""
    db = await Database.open(servers.addresses.database_url)
    async with db.transaction() as tx:
        offices = await load_offices(tx, NOW)
    await db.close()
    asked = WantedTraffic(cases=cases, seed=4, from_day=date(2026, 8, 3), to_day=date(2026, 11, 20), breaches=100)
    return [one for book in BOOKS.values() for one in traffic(City(book, offices), asked)]


def _write(servers: Servers, part: Sequence[Simulated]) -> None:
    async def written() -> None:
        db = await Database.open(servers.addresses.database_url)
        async with db.transaction() as tx:
            offices = await load_offices(tx, NOW)
        rows = [_row(one, offices) for one in part]
        async with db.transaction() as tx:
            await mark_made_up(tx)
            await write_cases(tx, rows)
        await db.close()

    asyncio.run(written())


def _row(one: Simulated, offices: Offices) -> Written:
    """The case as it would be kept: with its clocks, its debtors, and a number where its plan gives one."""
    book = BOOKS[one.case.scheme]
    clocks = judge(book, one.entries, offices).clocks
    number = next(_numbers) if numbered_by(book.scheme, one.entries) else None
    return Written(with_debtors(book, replace(one.case, number=number), clocks), one.entries, clocks)


def _strike(servers: Servers, number: int) -> None:
    """Let two workers loose on what is there, and kill one of them wherever it is."""
    chance = random.Random(number)  # noqa: S311 -- repeatable moments, not secrets
    one, two = start_worker(servers.addresses), start_worker(servers.addresses)
    time.sleep(chance.uniform(0.05, 0.7))
    kill(one)
    if number == FLUSHED_AT:
        redis.Redis(unix_socket_path=str(servers.sockets / "valkey.sock")).flushall()
    if number == RESTARTED_AT:
        servers.restart_database()
    time.sleep(chance.uniform(0, 0.3))
    kill(two)


async def _judge(servers: Servers, made: Sequence[Simulated]) -> None:
    db = await Database.open(servers.addresses.database_url)
    context = await read_context(db, BOOKS, NOW)
    await sweep(db, context.at(NOW))
    audited = await audit(AuditRun(db, context, "the last", lambda: NOW, lambda: NOW))
    assert (audited.cases, audited.disagreements, audited.broken_chains, audited.findings_opened) == (len(made), 0, 0, 0)
    assert (await verify_ledger(db)).broken == []
    found, entered = await _found(db)
    await db.close()
    answers = {(a.case_id, a.rule, tuple(a.keys.values()), a.party, datetime.fromisoformat(a.due_at)) for one in made for a in one.answers}
    assert found == answers
    assert entered == len(answers)


async def _found(db: Database) -> tuple[set[Found], int]:
    async with db.connection() as tx:
        rows = await tx.fetch("SELECT case_id, rule, keys, party, due_at FROM finding WHERE state <> 'lapsed'")
        entered: int = await tx.fetchval("SELECT count(*) FROM entry WHERE act = 'finding.opened'")
    return {(row["case_id"], row["rule"], tuple(json.loads(row["keys"])), row["party"], row["due_at"]) for row in rows}, entered
