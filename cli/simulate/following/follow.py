"""Lets the days after the traffic pass, everybody in turn; what must be there afterwards is known before anything happens."""

from collections.abc import Callable, Sequence

from cli.simulate.following.auditing import days
from cli.simulate.following.expected import Outcome
from cli.simulate.following.noted import Noted
from cli.simulate.following.plan import Plan
from cli.simulate.following.timetable import run
from cli.simulate.following.year import Year
from cli.simulate.script import Answer


async def follow(year: Year, noted: Noted, answers: Sequence[Answer], told: Callable[[int], None] = lambda _: None) -> tuple[Outcome, ...]:
    """Let the days pass; gives what must be there when they are over. `told` hears of each day that has passed."""
    plan = Plan(year, noted, answers)
    tracks = [days(year.office, year.first, told), *plan.tracks()]
    outcomes = plan.expected.outcomes()
    await run(year.office, tracks, year.first, year.last)
    return outcomes
