"""Which stretches of time a new calendar edition touches, so that a case that lies outside of them need not be judged anew."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from calendars import Edition
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook

AROUND = timedelta(days=15)
"""Added to both ends: office hours that are granted for a late entry, or for sending a warning, may lie behind the longest holiday."""

_NEVER = datetime.max.replace(tzinfo=UTC, microsecond=0)


def is_touched(book: Rulebook, edition: str, since: datetime, until: datetime, offices: Offices) -> bool:
    """Say whether the newest edition may change anything about what was judged under this one and lies between these moments."""
    old = offices.editions.get(edition)
    if old is None:
        return True
    stretch = _stretch(old, offices.editions[offices.newest], book.scheme.city.code)
    return stretch is not None and since < stretch[1] and until >= stretch[0]


def touched_since(books: Iterable[Rulebook], offices: Offices) -> datetime:
    """Say from when on the newest edition differs from any older one in any of these cities; at the end of time where it does not."""
    newest, cities = offices.editions[offices.newest], {book.scheme.city.code for book in books}
    stretches = (_stretch(old, newest, city) for old in offices.editions.values() for city in sorted(cities))
    return min((one[0] for one in stretches if one is not None), default=_NEVER)


@lru_cache(64)
def _stretch(old: Edition, new: Edition, city: str) -> tuple[datetime, datetime] | None:
    days = old.calendar(city).differing(new.calendar(city))
    return None if days is None else (days[0] - AROUND, days[1] + AROUND)
