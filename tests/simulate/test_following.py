"""The year after the traffic comes to the ends that were known before it began, in both cities; every figure is read by SQL alone."""

from datetime import date
from pathlib import Path

import pytest

from api.settings import Settings
from auditor.standing import Standing
from cli.simulate import Asked
from cli.simulate.city import City
from cli.simulate.following.follow import Year, follow
from cli.simulate.following.noted import Noted
from cli.simulate.following.office import Office
from cli.simulate.writing import write_traffic
from schemes.reader import load_schemes
from storage.transaction import Database
from tests.simulate.cities import CITIES
from tests.simulate.test_writing import RING

FROM, TO = date(2024, 7, 1), date(2025, 6, 30)


async def followed(db: Database, standing: Standing, name: str, data: Path, cases: int = 300) -> Year:
    city = City(CITIES[name].book, standing.offices)
    noted = Noted()
    wrote = await write_traffic(db, RING, city, Asked(cases=cases, seed=1, from_day=FROM, to_day=TO), seen=noted.see)
    year = Year(Office(db, RING, city, load_schemes(), Settings(data=data)), 1, TO, 365)
    await follow(year, noted, wrote.answers)
    return year


@pytest.mark.parametrize("name", sorted(CITIES))
async def test_findings_end_as_they_were_meant_to(db: Database, standing: Standing, name: str, tmp_path: Path) -> None:
    year = await followed(db, standing, name, tmp_path)
    async with db.connection() as tx:
        rows = await tx.fetch("SELECT state, count(*) FROM finding GROUP BY state")
    expected = {one.state: one.count for one in year.expected.outcomes() if one.what == "finding"}
    assert {row[0]: row[1] for row in rows} == expected
