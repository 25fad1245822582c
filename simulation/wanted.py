"""What traffic is wanted: how much, between which days, with how many breaches; makes none of it."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from random import Random

from msgspec import Struct

from domain.case import Case
from simulation.city import City
from simulation.slow_calendar import day_of, midnight

LIVE_DAYS = timedelta(days=25)
"""A case that is under way may have begun so long ago."""


class WantedTraffic(Struct, frozen=True, kw_only=True):
    """What traffic is wanted."""

    cases: int
    seed: int
    from_day: date
    to_day: date
    breaches: int = 100
    """How many duties of a thousand are missed."""
    live: int = 0
    now: int | None = None
    """The moment at which the live cases are under way; without it the end of the last day."""
    commitments: Mapping[tuple[str, str, int], Case] = {}
    """Commitments that are there already."""
    settled: AbstractSet[str] = frozenset()
    """Settlements that are under way already, by their subject."""

    @property
    def end(self) -> int:
        """Give the last second of the last day."""
        return midnight(self.to_day + timedelta(days=1)) - 1

    @property
    def years(self) -> range:
        """Say which years' commitments are needed."""
        last = max(self.to_day, day_of(self.now or 0))
        return range(min(self.from_day, last - LIVE_DAYS).year, last.year + 1)

    def rng(self, city: City, what: str) -> Random:
        """Make the chance of one thing, so that nothing else that is made up moves it."""
        return Random(f"{city.book.id} {self.seed} {what}")  # noqa: S311 -- repeatable numbers, not secrets
