"""Lets the days after the traffic pass, everybody in turn; what must be there afterwards is known before anything happens."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from simulation.case_script import Answer
from simulation.follow_up.auditor_days import days
from simulation.follow_up.expected import Outcome
from simulation.follow_up.period import Year
from simulation.follow_up.plan import Plan
from simulation.follow_up.schedule import run
from simulation.follow_up.starting_points import Noted


class Followed(NamedTuple):
    """A city whose days are to pass: its year, what its traffic left, and the breaches that must be found in it."""

    year: Year
    noted: Noted
    answers: Sequence[Answer]


async def follow(year: Year, noted: Noted, answers: Sequence[Answer], told: Callable[[int], None] = lambda _: None) -> tuple[Outcome, ...]:
    """Let the days pass; gives what must be there when they are over. `told` hears of each day that has passed."""
    (outcomes,) = await follow_together([Followed(year, noted, answers)], told)
    return outcomes


async def follow_together(cities: Sequence[Followed], told: Callable[[int], None] = lambda _: None) -> list[tuple[Outcome, ...]]:
    """Let the same days pass in several cities, under one auditor, who stands on the plans of all."""
    plans, year = [Plan(*one) for one in cities], cities[0].year
    tracks = [days(year.office, year.first, told), *(track for plan in plans for track in plan.tracks())]
    outcomes = [plan.expected.outcomes() for plan in plans]
    await run([one.year.office for one in cities], tracks, year.first, year.last)
    return outcomes
