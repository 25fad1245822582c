"""What must be there when the year is over, known before it begins."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct


class Outcome(Struct, frozen=True, order=True):
    """So many things of a kind in a state; of money so many 分."""

    what: str
    state: str
    count: int


class Expected:
    """Counts up what is planned."""

    def __init__(self) -> None:
        """Expect nothing yet."""
        self._counts = Counter[tuple[str, str]]()

    def add(self, what: str, state: str, count: int = 1) -> None:
        """Expect so many more."""
        self._counts[what, state] += count

    def outcomes(self) -> tuple[Outcome, ...]:
        """Give everything in order."""
        return tuple(sorted(_outcomes(self._counts)))


def _outcomes(counts: Counter[tuple[str, str]]) -> Iterator[Outcome]:
    for (what, state), count in counts.items():
        yield Outcome(what, state, count)
