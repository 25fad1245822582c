"""Calendars by edition and office hours by party, as the judge asks for them; made anew when an edition is added."""

from collections.abc import Mapping

from calendars import Edition, OfficeClock
from domain.schemes.rulebook import Rulebook, Seconds


class Offices:
    """Every edition there is, the newest by name, and the office clocks made from them."""

    def __init__(self, editions: Mapping[str, Edition], newest: str) -> None:
        """Take the editions by id; a clock of an entry is judged under that entry's edition."""
        self.editions = dict(editions)
        self.newest = newest
        self._clocks: dict[tuple[str, str, Seconds], OfficeClock] = {}

    def of(self, book: Rulebook, party: str, edition: str) -> OfficeClock:
        """Give the office clock of a party of that scheme under that edition."""
        key = edition, book.scheme.city.code, book.sessions_of(party)
        try:
            return self._clocks[key]
        except KeyError:
            return self._make(*key)

    def _make(self, edition: str, city: str, sessions: Seconds) -> OfficeClock:
        made = self._clocks[edition, city, sessions] = OfficeClock(self.editions[edition].calendar(city), sessions)
        return made
