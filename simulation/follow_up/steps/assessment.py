"""The year's assessment and its supervision plans: rows counted and sealed when the year is over, draws from seeds that are told."""

from datetime import date
from random import Random

from domain.acts.enforcement.ladder import SampleDrawn, SupervisionPlanned
from domain.assessment.period import year_of
from domain.assessment.scorecard import assessor_of, party_scores
from domain.assessment.sealing import sealed
from simulation.follow_up.office import Office
from simulation.follow_up.schedule import Track
from simulation.slow_calendar import day_of, midnight
from storage.assessment.scores import Scored, count


def assessors(office: Office) -> list[str]:
    """Name those who answer for somebody's assessment."""
    book = office.city.book
    return sorted({assessor_of(book, one.party) for one in party_scores(book, {})})


async def seal(office: Office, by: str, year: int, rng: Random) -> Track:
    """Seal a year's rows in the February after."""
    yield midnight(date(year + 1, 2, 10)) + 10 * 3600
    scored, context = Scored(city=office.city.region, period=year_of(year)), office.context()
    async with office.database.connection() as tx:
        counted = await count(tx, scored, context.books, context.offices, context.now)
    rows = party_scores(office.city.book, counted)
    await office.open(rng, by, sealed(office.city.book, by, year, office.now(), rows))


async def drawn(office: Office, department: str, at: int, rng: Random, *, works: bool) -> Track:
    """Plan the supervision of the year at a moment, and draw where there are works to draw from."""
    yield at
    year = day_of(at).year
    planned = SupervisionPlanned(department=department, year=year, title="样例监管方案", items=("样例：围挡",), low=10, middle=30, high=100)
    about = await office.open(rng, department, planned)
    if works:
        yield office.later(rng, 2, 4)
        await office.record(about, department, SampleDrawn(department=department, seed=f"样例{rng.randrange(10_000)}"))
