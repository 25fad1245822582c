"""How much time is left before a limit ends, in the rule's own measure; it counts no overrun."""

from datetime import datetime

from calendars import Measure, parse_limit
from domain.clock import Clock
from domain.deadlines.explain import Overrun, limit_of_clock
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook

_DAYS = frozenset({Measure.WORKING_DAYS, Measure.SAME_DAY, Measure.CALENDAR_DAYS})


def remaining_of(book: Rulebook, clock: Clock, offices: Offices, now: datetime, class_: str | None = None) -> Overrun:
    """Measure from now to the due moment; in office time where an act gave the moment itself, nothing once it is past."""
    limit, due = limit_of_clock(book, clock, class_) or parse_limit("24oh"), clock.due or now
    measure = Measure.OFFICE if limit.measure is Measure.OFFICE_SHARE else limit.measure
    own = offices.of(book, clock.party, clock.edition).elapsed(measure, now, due)
    return Overrun("days" if measure in _DAYS else "seconds", own, max(0, int((due - now).total_seconds())))
