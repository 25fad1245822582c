"""Plans the year after the traffic and lets it pass; what must be there afterwards is known before anything happens."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from cli.simulate.following.auditing import days
from cli.simulate.following.expected import Expected, Outcome
from cli.simulate.following.fates import fates
from cli.simulate.following.noted import Noted
from cli.simulate.following.office import Office
from cli.simulate.following.process import Process
from cli.simulate.following.timetable import Track, run
from cli.simulate.hand import midnight
from cli.simulate.script import Answer

LEAST = 200
"""Fewer days do not hold a finding, its record and what came of it."""
_NIGHT = 2 * 3600
_TAIL = 75
"""Working days that the longest way may still take after a finding is served."""


class Year:
    """The year after the traffic, from the night after its last day on."""

    def __init__(self, office: Office, seed: int, after: date, length: int) -> None:
        """Plan nothing yet."""
        self.office, self.seed = office, seed
        self.first = midnight(after + timedelta(days=1)) + _NIGHT
        self.last = midnight(after + timedelta(days=length + 1)) - 1
        self.expected = Expected()
        office.at = self.first

    def rng(self, what: str) -> Random:
        """Make the chance of one thing."""
        return Random(f"{self.office.city.book.id} {self.seed} {what}")  # noqa: S311 -- repeatable numbers, not secrets

    @property
    def workdays(self) -> int:
        """Count the year's working days."""
        hand = self.office.hand
        return hand.between(self.first, self.last) // hand.full_day


async def follow(year: Year, noted: Noted, answers: Sequence[Answer], told: Callable[[int], None] = lambda _: None) -> tuple[Outcome, ...]:
    """Let the year pass; gives what must be there when it is over. `told` hears of each day that has passed."""
    tracks = [days(year.office, year.first, told), *_processes(year, noted, answers)]
    await run(year.office, tracks, year.first, year.last)
    return year.expected.outcomes()


def _processes(year: Year, noted: Noted, answers: Sequence[Answer]) -> Iterator[Track]:
    spread = max(1, year.workdays - _TAIL)
    for fate in fates(year.office.city, answers, noted.punctual, year.rng("fates")):
        year.expected.add("finding", fate.way.state)
        rng = year.rng(f"finding {fate.number}")
        yield Process(year.office, fate, rng, spread=spread, fall=year.last - 20 * 86_400).track()
