"""What made-up cases dig where, added up by hand: which earlier works count with a later case's (合并计算); asks no store and no judge."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import NamedTuple

from domain.acts.parts import Supply
from simulation.slow_calendar import day_of

_WRITINGS = ("{}", "{}", " {} ", "{}。", "《{}》")
"""People write one place in several ways."""


class Plot(NamedTuple):
    """A place at which some case digs, and what lies there: the next project there is asked for by its neighbours' companies."""

    place: str
    zone: str | None
    district: str | None
    supplies: tuple[Supply, ...]


class Dug(NamedTuple):
    """What a case's last survey digs at its plot for each company, when that was held, and when the case was withdrawn."""

    plot: Plot
    held: int
    metres: Mapping[str, int]
    gone: int | None = None


class Ground:
    """Every plot that has been dug, with the cases that dug it, in the order in which they came."""

    def __init__(self, within_days: int | None) -> None:
        """Begin untouched; without a number of days nothing counts together."""
        self.within_days = within_days
        self._dug: dict[str, list[Dug]] = {}

    def remember(self, dug: Dug) -> None:
        """Keep what a case that has run its course has dug."""
        self._dug.setdefault(dug.plot.place, []).append(dug)

    def neighbour(self, rng: Random, at: int) -> Plot | None:
        """Choose a plot on which another case may begin at a moment: what was surveyed or withdrawn there is over by then."""
        over = [there[0].plot for there in self._dug.values() if all(max(one.held, one.gone or 0) < at for one in there)]
        return rng.choice(over[-_LATELY:]) if over else None

    def beside(self, place: str, utility: str, held: int) -> int:
        """Add up what other cases dig at a place for a company, so many days around a survey; what was withdrawn does not count."""
        there = (one for one in self._dug.get(place, ()) if one.gone is None and self._near(day_of(one.held), day_of(held)))
        return sum(one.metres.get(utility, 0) for one in there)

    def _near(self, one: date, other: date) -> bool:
        return self.within_days is not None and abs((one - other).days) <= self.within_days


_LATELY = 60
"""Out of so many plots the next is chosen, so that most come soon after another, and some more than half a year later."""


def written(rng: Random, place: str) -> str:
    """Write a place as somebody else would."""
    return rng.choice(_WRITINGS).format(place)
