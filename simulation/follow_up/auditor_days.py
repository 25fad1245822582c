"""The auditor's days: its jobs at simulated moments, as its worker would run them; it proposes and writes, and decides nothing."""

from collections.abc import Callable
from datetime import timedelta

from auditor.assessment.corrections import correct_scores
from auditor.credit.expiring import expire
from auditor.findings.sweep import sweep
from auditor.settlement.periods import open_periods
from auditor.supervision.proposing import propose
from simulation.follow_up.office import Office
from simulation.follow_up.schedule import Track
from simulation.slow_calendar import DAY

_WEEK = timedelta(days=7)


async def days(office: Office, first: int, told: Callable[[int], None] = lambda _: None) -> Track:
    """Sweep each night; look once a week at what may wait some days."""
    number = 0
    while True:
        yield first + number * DAY
        context = office.context()
        await sweep(office.database, context)
        await expire(office.database, context)
        if number % _WEEK.days == 0:
            await propose(office.database, context)
            await open_periods(office.database, context)
            await correct_scores(office.database, context)
        number += 1
        told(1)
