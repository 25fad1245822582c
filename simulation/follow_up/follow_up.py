"""Lets the days after the traffic pass, everybody in turn; what must be there afterwards is known before anything happens."""

from collections.abc import Callable, Sequence

from simulation.case_script import Answer
from simulation.follow_up.auditor_days import days
from simulation.follow_up.expected import Outcome
from simulation.follow_up.period import Year
from simulation.follow_up.plan import Plan
from simulation.follow_up.schedule import run
from simulation.follow_up.starting_points import Noted


async def follow(year: Year, noted: Noted, answers: Sequence[Answer], told: Callable[[int], None] = lambda _: None) -> tuple[Outcome, ...]:
    """Let the days pass; gives what must be there when they are over. `told` hears of each day that has passed."""
    plan = Plan(year, noted, answers)
    tracks = [days(year.office, year.first, told), *plan.tracks()]
    outcomes = plan.expected.outcomes()
    await run(year.office, tracks, year.first, year.last)
    return outcomes
