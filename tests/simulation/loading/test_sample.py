"""The sample cities of a first start: on any day they show the whole product, and they are there as a whole or not at all."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from domain.finding import FindingState
from simulation.loading.sample import EARLIER, LATELY, LIVE, write_sample
from storage.postgres.transaction import Database, Tx
from tests.simulation.cities import CITIES
from tests.simulation.loading.test_writing import RING

BOOKS = [one.book for one in CITIES.values()]
CASES = 2 * (EARLIER + LATELY + LIVE)


def noon(on: date) -> datetime:
    """Noon in Shanghai."""
    return datetime(on.year, on.month, on.day, 4, tzinfo=UTC)


async def rows(tx: Tx, sql: str) -> set[tuple[object, ...]]:
    return {tuple(row) for row in await tx.fetch(sql)}


async def check_shown(tx: Tx, now: datetime) -> None:
    """Look for something in every state, in both cities where both have it."""
    assert await tx.fetchval("SELECT max(recorded_at) FROM entry") <= now
    states = await rows(tx, "SELECT c.city, f.state FROM finding f JOIN cases c USING (case_id)")
    assert states >= {(city, state) for city in ("420281", "420800") for state in STATES}
    assert len(await rows(tx, "SELECT DISTINCT party FROM finding WHERE state IN ('upheld', 'disposed')")) > 4, "scores differ"
    acts = {act for (act,) in await rows(tx, "SELECT DISTINCT act FROM entry")}
    assert not ACTS - acts
    assert await tx.fetchval("SELECT count(*) FROM entry WHERE act = 'statement.settled' AND (body::json ->> 'amount')::bigint > 0") > 5


STATES = set(get_args(FindingState)) - {"lapsed"}
"""A finding lapses where a calendar clears whom it shows to have been in time: the sample imports none."""
ACTS = {
    "credit.proposed", "credit.notified", "credit.heard", "credit.decided", "measure.entered", "credit.published", "credit.repaired",
    "credit.withdrawn", "credit.expired", "accountability.proposed", "accountability.notified", "accountability.heard",
    "accountability.decided", "accountability.concluded", "rectification.ordered", "interview.called", "penalty.referred",
    "supervision.planned",
}  # fmt: skip


@pytest.mark.slow("two cities of half a year are made up and followed")
async def test_the_sample_cities_fill_an_empty_database_alone(db: Database) -> None:
    now = noon(date(2026, 6, 3))
    assert await write_sample(db, RING, BOOKS, now) > CASES
    async with db.connection() as tx:
        assert await tx.fetchval("SELECT count(DISTINCT city) FROM cases") == 2
        await check_shown(tx, now)
    assert await write_sample(db, RING, BOOKS, now) == 0


@pytest.mark.parametrize(
    "on",
    [
        pytest.param(date(2026, 6, 30), id="half-years-paid-late-in-January"),
        pytest.param(date(2026, 7, 14), id="followed-from-the-end-of-a-year"),
        pytest.param(date(2026, 12, 29), id="the-end-of-a-year"),
        pytest.param(date(2027, 9, 1), id="after-the-last-published-year"),
    ],
)
@pytest.mark.slow("two cities of half a year are made up and followed")
async def test_they_can_be_made_up_on_days_that_are_out_of_the_way(db: Database, on: date) -> None:
    assert await write_sample(db, RING, BOOKS, noon(on)) > CASES
    async with db.connection() as tx:
        await check_shown(tx, noon(on))


@pytest.mark.nightly
@pytest.mark.parametrize("days", range(0, 730, 9))
async def test_they_can_be_made_up_on_any_day(db: Database, days: int) -> None:
    now = noon(date(2026, 1, 1) + timedelta(days=days))
    assert await write_sample(db, RING, BOOKS, now) > CASES
    async with db.connection() as tx:
        await check_shown(tx, now)
