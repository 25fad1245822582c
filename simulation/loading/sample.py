"""The sample cities of a first start: half a year of each plan's traffic and some cases under way; never beside anybody's own cases."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from calendars import local_day
from domain.schemes.rulebook import Rulebook
from simulation.city import City
from simulation.loading.writing import write_traffic
from simulation.slow_calendar import seconds
from simulation.wanted import WantedTraffic
from storage.calendars.offices import load_offices
from storage.cases.cases import CaseFilter, list_cases
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Database

CASES, LIVE, SEED, BREACHES = 300, 24, 1, 40
_HALF_A_YEAR = timedelta(days=182)


async def write_sample(database: Database, ring: KeyRing, books: Iterable[Rulebook], now: datetime) -> int:
    """Write the sample cities into an empty database, and say how many cases; none where there is a case already."""
    async with database.transaction() as tx:
        if await list_cases(tx, CaseFilter(), None, 1):
            return 0
        offices = await load_offices(tx, now)
    to_day = local_day(now) - timedelta(days=1)
    written = 0
    for book in books:
        from_day = max(to_day - _HALF_A_YEAR, book.scheme.in_force_from)
        asked = WantedTraffic(cases=CASES, seed=SEED, from_day=from_day, to_day=to_day, breaches=BREACHES, live=LIVE, now=seconds(now))
        written += (await write_traffic(database, ring, City(book, offices), asked)).cases
    return written
