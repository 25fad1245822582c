"""A million findings of two cities with their cases, ledgers and records: two years as the simulator plays them, multiplied in SQL."""

import asyncio
import atexit
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import msgspec

from auditor.findings.sweep import sweep
from bench.cities.city import City, followed, under_way
from bench.cities.multiplied import multiply
from bench.cities.place import TimedDatabase, connected, opened, place, settle
from bench.cities.playing import Stage
from calendars import SHANGHAI, local_day
from casework.program import read_context
from cli.servers import Addresses

FINDINGS = 1_000_000
WHOLE_SAMPLE = 60_000
"""From so many findings on the sample is whole; fewer are made from a smaller one."""
FOLLOWED = (City("jingmen-2023", 1_200, "0.4"), City("daye-2023", 300, "0.4"))
"""So many duties are missed that a case has some five findings; each was served, and most were decided on."""
UNDER_WAY = City("jingmen-2023", 100, "0.1", live=40, seed=3)
"""Cases whose clocks run now, for warnings."""
FEWEST = 30
TEN, DAYS_OFF = time(10), 12
"""No holiday keeps an office closed for longer."""
_RARE = (
    "UPDATE finding SET state = 'lapsed' WHERE state = 'open' AND abs(hashtext(finding_id::text)) % 20 = 0",
    """
    UPDATE finding SET state = 'objected', decided_at = NULL
    WHERE state = 'upheld' AND objected_at IS NOT NULL AND abs(hashtext(finding_id::text)) % 30 = 0
    """,
)
"""A simulated office leaves none lapsed, and none objected to that it has not decided on: a few are set back to that."""
_UP = ExitStack()


@cache
def found(count: int) -> Addresses:
    """Have about so many findings up until the program ends: the lists and the exports read the same, and change nothing."""
    addresses = _UP.enter_context(place())
    atexit.register(_UP.close)  # here and not before: its folder is to go after its servers
    asyncio.run(fill(addresses, count, datetime.now(UTC).replace(microsecond=0)))
    asyncio.run(settle(addresses))
    return addresses


async def fill(addresses: Addresses, count: int, now: datetime) -> None:
    """Make about so many findings, none due after that moment."""
    _sample(addresses, min(count / WHOLE_SAMPLE, 1), local_day(now))
    async with opened(addresses.database_url) as db:
        await _sweep(db, now)
    async with connected(addresses.admin_url) as connection:
        made = await connection.fetchval("SELECT count(*) FROM finding")
    await multiply(addresses, max(round(count / made) - 1, 0))
    await _make_rare(addresses)


def _sample(addresses: Addresses, share: float, today: date) -> None:
    for city in FOLLOWED:
        followed(addresses, _smaller(city, share), today)
    under_way(addresses, _smaller(UNDER_WAY, share), today)


def _smaller(city: City, share: float) -> City:
    return msgspec.structs.replace(city, cases=max(round(city.cases * share), min(city.cases, FEWEST)))


async def _sweep(db: TimedDatabase, now: datetime) -> None:
    """Sweep once, and then at ten of each next day until warnings are given: that is done while an office is open."""
    context = await read_context(db, {stage.book.id: stage.book for stage in map(Stage, [city.scheme for city in FOLLOWED])}, now)
    tens = (datetime.combine(local_day(now) + timedelta(days=number), TEN, SHANGHAI) for number in range(DAYS_OFF))
    for at in (now, *(ten for ten in tens if ten > now)):
        swept = await sweep(db, context.at(at))
        if swept.warnings:
            break


async def _make_rare(addresses: Addresses) -> None:
    async with connected(addresses.admin_url) as connection:
        for change in _RARE:
            await connection.execute(change)
