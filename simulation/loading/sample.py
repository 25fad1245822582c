"""The sample cities of a first start: half a year with all that came of it, the time since, and cases under way; whole or not at all."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from calendars import local_day
from domain.schemes.rulebook import Rulebook
from simulation.city import City
from simulation.follow_up.follow_up import Followed, follow_together
from simulation.follow_up.office import Office
from simulation.follow_up.period import LEAST, Year
from simulation.follow_up.starting_points import Noted
from simulation.loading.writing import write_traffic
from simulation.slow_calendar import seconds
from simulation.wanted import WantedTraffic
from storage.calendars.offices import load_offices
from storage.cases.cases import CaseFilter, list_cases
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Database
from storage.postgres.whole import Whole

EARLIER, LATELY, LIVE, SEED, BREACHES = 150, 200, 60, 1, 40
"""Of each city: cases of the half-year that was followed up, cases of the time since, and those under way."""
_HALF_A_YEAR = timedelta(days=182)


async def write_sample(database: Database, ring: KeyRing, books: Iterable[Rulebook], now: datetime) -> int:
    """Write the sample cities into an empty database, and say how many cases; none where there is a case already.

    All of it is one transaction: a start that is interrupted leaves nothing of it behind, and the next begins anew.
    """
    async with database.transaction() as tx:
        if await list_cases(tx, CaseFilter(), None, 1):
            return 0
        offices, whole = await load_offices(tx, now), Whole(tx)
        cities, yesterday = [City(book, offices) for book in books], local_day(now) - timedelta(days=1)
        decided = min(yesterday - timedelta(days=LEAST), offices.editions[offices.newest].published_through)
        await follow_together([await _earlier(whole, ring, cities, one, (decided, yesterday)) for one in cities])
        for city in cities:
            await write_traffic(whole, ring, city, _lately(yesterday, now))
        return int(await tx.fetchval("SELECT count(*) FROM cases"))


async def _earlier(whole: Whole, ring: KeyRing, cities: Sequence[City], city: City, days: tuple[date, date]) -> Followed:
    """Write the half-year up to a day, whose findings are to be decided by another: of days that are published, or none is upheld."""
    last, over = days
    first, noted = max(last - _HALF_A_YEAR, city.book.scheme.in_force_from), Noted()
    asked = WantedTraffic(cases=EARLIER, seed=SEED, from_day=first, to_day=last, breaches=BREACHES)
    wrote = await write_traffic(whole, ring, city, asked, seen=noted.see)
    office = Office(whole, ring, city, [one.book for one in cities])
    return Followed(Year(office, SEED, last, (over - last).days), noted, wrote.answers)


def _lately(yesterday: date, now: datetime) -> WantedTraffic:
    """Ask for the time since, whose findings nobody has looked at yet, and for the cases under way."""
    since = yesterday - timedelta(days=LEAST - 1)
    return WantedTraffic(cases=LATELY, seed=SEED + 1, from_day=since, to_day=yesterday, breaches=BREACHES, live=LIVE, now=seconds(now))
