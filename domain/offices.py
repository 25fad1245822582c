"""Calendars by edition and office hours by party, as the judge asks for them; made anew when an edition is added."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from calendars import Edition, OfficeClock

if TYPE_CHECKING:
    from domain.plan.rulebook import Rulebook


class Offices:
    """Every edition there is, the newest by name, and the office clocks made from them."""

    def __init__(self, editions: Mapping[str, Edition], newest: str) -> None:
        """Take the editions by id; a clock of an entry is judged under that entry's edition."""
        self.editions = dict(editions)
        self.newest = newest
        self._clocks: dict[tuple[str, str, str], OfficeClock] = {}

    def of(self, book: "Rulebook", party: str, edition: str) -> OfficeClock:
        """Give the office clock of a party of that scheme under that edition."""
        try:
            return self._clocks[book.id, party, edition]
        except KeyError:
            return self._make(book, party, edition)

    def _make(self, book: "Rulebook", party: str, edition: str) -> OfficeClock:
        calendar = self.editions[edition].calendar(book.scheme.city.code)
        made = self._clocks[book.id, party, edition] = calendar.office(book.sessions_of(party))
        return made
