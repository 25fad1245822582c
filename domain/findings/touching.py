"""Which stretches of time a new calendar edition touches, so that a case that lies outside of them need not be judged anew."""

from datetime import datetime, timedelta
from functools import lru_cache

from calendars import Edition
from domain.offices import Offices
from domain.plan.rulebook import Rulebook

AROUND = timedelta(days=15)
"""Added to both ends: office hours that are granted for a late entry, or for sending a warning, may lie behind the longest holiday."""


def is_touched(book: Rulebook, edition: str, since: datetime, until: datetime, offices: Offices) -> bool:
    """Say whether the newest edition may change anything about what was judged under this one and lies between these moments."""
    old = offices.editions.get(edition)
    if old is None:
        return True
    stretch = _stretch(old, offices.editions[offices.newest], book.scheme.city.code)
    return stretch is not None and since < stretch[1] and until >= stretch[0]


@lru_cache(64)
def _stretch(old: Edition, new: Edition, city: str) -> tuple[datetime, datetime] | None:
    days = old.calendar(city).differing(new.calendar(city))
    return None if days is None else (days[0] - AROUND, days[1] + AROUND)
