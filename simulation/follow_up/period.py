"""The days after the traffic: from when to when, and where their chances come from; plans nothing."""

from datetime import date, timedelta
from random import Random

from simulation.follow_up.office import Office
from simulation.slow_calendar import midnight

LEAST = 200
"""Fewer days do not hold a finding, its record and what came of it."""
NIGHT = 2 * 3600


class Year:
    """The year after the traffic, from the night after its last day on."""

    def __init__(self, office: Office, seed: int, after: date, length: int) -> None:
        """Begin in the first night."""
        self.office, self.seed = office, seed
        self.first = midnight(after + timedelta(days=1)) + NIGHT
        self.last = midnight(after + timedelta(days=length + 1)) - 1
        office.at = self.first

    def rng(self, what: str) -> Random:
        """Make the chance of one thing."""
        return Random(f"{self.office.city.book.id} {self.seed} {what}")  # noqa: S311 -- repeatable numbers, not secrets

    @property
    def workdays(self) -> int:
        """Count the year's working days."""
        hand = self.office.hand
        return hand.between(self.first, self.last) // hand.full_day
