"""When people come: mornings and afternoons of working days, fewer on Fridays, few on days of rest, and questions at night."""

from datetime import date, timedelta
from random import Random

from simulation.slow_calendar import SlowCalendar, midnight

_COUNTER = {8: 4, 9: 16, 10: 15, 11: 8, 14: 6, 15: 14, 16: 11, 17: 5}
"""How many come in each hour to a counter."""
_ANY_HOUR = _COUNTER | {0: 1, 6: 1, 7: 2, 12: 3, 13: 2, 18: 3, 19: 3, 20: 4, 21: 3, 22: 2, 23: 1}
"""The same for a telephone line or a page that never closes."""
_FRIDAY, _REST = 70, 12
"""How many of a hundred come on a Friday, and ask on a day of rest."""


def arrival(rng: Random, hand: SlowCalendar, days: tuple[date, date], *, any_hour: bool) -> int:
    """Choose a moment between two days, both included."""
    first, last = days
    span = (last - first).days + 1
    for _ in range(1000):
        on = first + timedelta(days=rng.randrange(span))
        if rng.randrange(100) < _share(hand, on, any_hour=any_hour):
            return _moment(rng, hand, on, any_hour=any_hour)
    return _moment(rng, hand, first, any_hour=any_hour)


def _share(hand: SlowCalendar, on: date, *, any_hour: bool) -> int:
    if not hand.is_working(on):
        return _REST if any_hour else 0
    return _FRIDAY if on.isoweekday() == 5 else 100  # noqa: PLR2004 -- Friday


def _moment(rng: Random, hand: SlowCalendar, on: date, *, any_hour: bool) -> int:
    hours = _ANY_HOUR if any_hour else _COUNTER
    hour = rng.choices(list(hours), weights=list(hours.values()))[0]
    at = midnight(on) + hour * 3600 + rng.randrange(3600)
    return at if any_hour else hand.next_open(at)
