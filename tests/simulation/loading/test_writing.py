"""What is written into a real database is found there by a real sweep: every known breach, and nothing else."""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec
import pytest

from auditor.findings.sweep import sweep
from casework.program import Context
from domain.acts import read_act
from domain.acts.enforcement.audit import FindingOpened
from domain.refusals import AlreadyDone
from simulation import City, WantedTraffic
from simulation.case_script import Answer
from simulation.loading.writing import write_traffic
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Database
from tests.simulation.cities import CITIES, FROM, TO, per

RING = KeyRing({"tests": b"keys-of-the-tests-and-nobody-els"})
FAR = datetime(2026, 12, 1, tzinfo=UTC)


def city(context: Context, name: str) -> City:
    return City(CITIES[name].book, context.offices)


def asked(**changes: int) -> WantedTraffic:
    return msgspec.structs.replace(WantedTraffic(cases=120, seed=1, from_day=FROM, to_day=TO), **changes)


async def opened(db: Database) -> list[tuple[str, str, tuple[str, ...], str, datetime]]:
    """Every finding that the ledgers tell of."""
    async with db.connection() as tx:
        rows = await tx.fetch("SELECT case_id, body FROM entry WHERE body LIKE '%finding.opened%'")
    acts = [(str(row["case_id"]), read_act(row["body"])) for row in rows]
    return sorted((case, act.rule, act.keys, act.party, act.due_at) for case, act in acts if isinstance(act, FindingOpened))


def expected(name: str, answers: Iterable[Answer]) -> list[tuple[str, str, tuple[str, ...], str, datetime]]:
    return sorted(
        (str(a.case_id), a.rule, tuple(a.keys[key] for key in per(name, a.rule)), a.party, datetime.fromisoformat(a.due_at))
        for a in answers
    )


@pytest.mark.parametrize("name", sorted(CITIES))
async def test_the_sweep_finds_the_known_breaches_and_no_other(db: Database, context: Context, name: str) -> None:
    wrote = await write_traffic(db, RING, city(context, name), asked())
    swept = await sweep(db, context.at(FAR))
    assert swept.findings == len(wrote.answers)
    assert await opened(db) == expected(name, wrote.answers)


async def test_applications_are_numbered_without_gaps_through_several_runs(db: Database, context: Context) -> None:
    for seed in (1, 2):
        await write_traffic(db, RING, city(context, "jingmen-2023"), asked(seed=seed))
    async with db.connection() as tx:
        rows = await tx.fetch("SELECT year, number FROM cases WHERE number IS NOT NULL ORDER BY year, number")
    for year in (2025, 2026):
        numbers = [row["number"] for row in rows if row["year"] == year]
        assert numbers == list(range(1, len(numbers) + 1))


async def test_a_demand_of_daye_gets_its_number_with_its_application(db: Database, context: Context) -> None:
    await write_traffic(db, RING, city(context, "daye-2023"), asked())
    sql = "SELECT (number IS NOT NULL) AS numbered, case_id IN (SELECT case_id FROM entry WHERE act = 'application.accepted') AS applied"
    async with db.connection() as tx:
        rows = await tx.fetch(f"{sql} FROM cases WHERE kind = 'connection'")
    assert {(row["numbered"], row["applied"]) for row in rows} == {(True, True), (False, False)}


async def test_commitments_in_force_are_used_again(db: Database, context: Context) -> None:
    daye = city(context, "daye-2023")
    for seed in (1, 2):
        await write_traffic(db, RING, daye, asked(seed=seed))
    async with db.connection() as tx:
        kept = await tx.fetchval("SELECT count(*) FROM cases WHERE kind = 'commitment'")
    assert kept == len(daye.utilities) * len(daye.departments) * 2


async def test_the_same_traffic_is_refused_a_second_time(db: Database, context: Context) -> None:
    jingmen = city(context, "jingmen-2023")
    await write_traffic(db, RING, jingmen, asked())
    with pytest.raises(AlreadyDone, match="another --seed"):
        await write_traffic(db, RING, jingmen, asked())


async def test_whoever_watches_is_told_of_every_case(db: Database, context: Context) -> None:
    told: list[int] = []
    wrote = await write_traffic(db, RING, city(context, "daye-2023"), asked(live=10), told.append)
    assert sum(told) == wrote.cases
