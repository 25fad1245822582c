"""The year after the traffic comes to the ends that were known before it began, in both cities; every figure is read by SQL alone."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from casework.program import Context
from simulation import Answer, WantedTraffic, traffic
from simulation.city import City
from simulation.follow_up.auditor_days import days
from simulation.follow_up.expected import Outcome
from simulation.follow_up.follow_up import follow
from simulation.follow_up.office import Office
from simulation.follow_up.period import Year
from simulation.follow_up.plan import Plan
from simulation.follow_up.schedule import run
from simulation.follow_up.starting_points import Noted
from simulation.loading.writing import write_traffic
from storage.postgres.transaction import Database
from tests.simulation.cities import CITIES
from tests.simulation.loading.test_writing import RING

pytestmark = pytest.mark.slow("a year of a city, day by day")

FROM, TO = date(2024, 7, 1), date(2025, 6, 30)


async def followed(db: Database, context: Context, name: str, cases: int = 300) -> list[Outcome]:
    city = City(CITIES[name].book, context.offices)
    noted = Noted()
    wrote = await write_traffic(db, RING, city, WantedTraffic(cases=cases, seed=1, from_day=FROM, to_day=TO), seen=noted.see)
    year = Year(Office(db, RING, city), 1, TO, 365)
    return [one for one in await follow(year, noted, wrote.answers) if one.count]


SQL = """
SELECT 'finding', state, count(*) FROM finding GROUP BY state
UNION ALL SELECT 'suspicion', split_part(act, '.', 2), count(*) FROM entry
    WHERE act IN ('suspicion.cleared', 'suspicion.confirmed') GROUP BY act
UNION ALL SELECT 'stop', 'struck-out', count(*) FROM entry WHERE act = 'stop.struck_out' HAVING count(*) > 0
UNION ALL SELECT 'rung', act, count(*) FROM entry WHERE recorded_at > $1
    AND act IN ('rectification.ordered', 'interview.called', 'penalty.referred', 'interview.arranged') GROUP BY act
UNION ALL SELECT 'settled', d || ' ' || y, sum(fen) FROM (
    SELECT o.body::json ->> 'district' AS d, o.body::json ->> 'year' AS y, (p.body::json ->> 'amount')::bigint AS fen
    FROM entry p JOIN entry o ON o.case_id = p.case_id AND o.seq = 1 WHERE p.act = 'statement.settled') AS paid GROUP BY d, y
UNION ALL SELECT 'city-share', (body::json ->> 'district') || ' ' || (body::json ->> 'year'), (body::json ->> 'amount')::bigint
    FROM entry WHERE act = 'yearend.settled'
UNION ALL SELECT 'oversight', 'drawn', count(*) FROM entry WHERE act = 'sample.drawn' HAVING count(*) > 0
UNION ALL SELECT 'oversight', 'planned', count(*) FROM cases WHERE kind = 'oversight'
    AND case_id NOT IN (SELECT case_id FROM entry WHERE act = 'sample.drawn') HAVING count(*) > 0
UNION ALL SELECT 'sealed', body::json ->> 'year', count(*) FROM entry WHERE act = 'score.sealed' GROUP BY 2
UNION ALL SELECT 'accountability', last, count(*) FROM (
    SELECT (SELECT split_part(act, '.', 2) FROM entry e WHERE e.case_id = c.case_id AND act LIKE 'accountability.%'
            ORDER BY seq DESC LIMIT 1) AS last FROM cases c WHERE kind = 'accountability') AS records GROUP BY last
UNION ALL SELECT 'credit', CASE split_part(e.act, '.', 2)
        WHEN 'entered' THEN 'shown' WHEN 'decided' THEN body::json ->> 'outcome' WHEN 'completed' THEN 'proposed'
        WHEN 'proposed' THEN CASE WHEN body::json ->> 'item' IS NULL THEN 'note' ELSE 'proposed' END
        ELSE split_part(e.act, '.', 2) END, count(*)
    FROM entry e JOIN cases c ON c.case_id = e.case_id AND c.seq = e.seq AND c.kind = 'credit' GROUP BY 2
"""
"""What there is, read by nothing of ours: the last act of a record says how it stands."""


async def found(db: Database) -> list[tuple[str, str, int]]:
    async with db.connection() as tx:
        return sorted((row[0], row[1], int(row[2])) for row in await tx.fetch(SQL, datetime(2025, 6, 30, 16, tzinfo=UTC)))


@pytest.mark.parametrize("name", sorted(CITIES))
async def test_the_year_ends_as_it_was_meant_to(db: Database, context: Context, name: str) -> None:
    expected = await followed(db, context, name)
    assert await found(db) == [(one.what, one.state, one.count) for one in expected]


async def test_the_same_seed_gives_the_same_year(db: Database, context: Context) -> None:
    plans = [await planned(db, context, seed) for seed in (1, 1, 2)]
    assert plans[0] == plans[1] != plans[2]


async def planned(db: Database, context: Context, seed: int) -> tuple[Outcome, ...]:
    """What is expected of a year, before any of it happens."""
    city, noted, answers = City(CITIES["jingmen-2023"].book, context.offices), Noted(), list[Answer]()
    for one in traffic(city, WantedTraffic(cases=200, seed=seed, from_day=FROM, to_day=TO)):
        noted.see(one)
        answers += one.answers
    office = Office(db, RING, city)
    plan = Plan(Year(office, seed, TO, 365), noted, answers)
    assert list(plan.tracks())
    return plan.expected.outcomes()


async def test_two_auditors_at_once_write_everything_once(db: Database, context: Context) -> None:
    city, noted = City(CITIES["jingmen-2023"].book, context.offices), Noted()
    wrote = await write_traffic(db, RING, city, WantedTraffic(cases=200, seed=1, from_day=FROM, to_day=TO), seen=noted.see)
    year = Year(Office(db, RING, city), 1, TO, 365)
    plan = Plan(year, noted, wrote.answers)
    auditors = [days(year.office, year.first), days(year.office, year.first)]
    tracks = list(plan.tracks())
    expected = [(one.what, one.state, one.count) for one in plan.expected.outcomes()]
    await asyncio.gather(*(anext(one) for one in auditors))
    await asyncio.gather(*(anext(one) for one in auditors))
    await run([year.office], [*auditors, *tracks], year.first, year.last)
    assert await found(db) == expected
