"""When a warning is sent: in the office hours of whoever is warned, unless its rule runs day and night; it sends nothing itself."""

from datetime import datetime
from typing import Any

from calendars import Measure, OfficeClock
from domain.acts.enforcement.audit import WarningRaised
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook

DAY_AND_NIGHT = frozenset({Measure.NATURAL, Measure.WORKING_NATURAL})


def sent_at(office: OfficeClock, measure: Measure, warn: datetime, due: datetime) -> datetime:
    """Say when to send a warning whose share of the time has gone at `warn`: then, or once the office opens again.

    An office that does not open before the limit ends is warned at once: late is worse than out of hours.
    """
    if measure in DAY_AND_NIGHT or office.is_open(warn):
        return warn
    opening = office.next_opening(warn)
    return opening if opening < due else warn


def waits(book: Rulebook, warned: WarningRaised, edition: str, offices: Offices, now: datetime) -> bool:
    """Say whether a warning whose moment was passed over has to wait: for the office to open, or, the limit being missed, for good."""
    office = offices.of(book, warned.party, edition)
    return now > warned.due_at or sent_at(office, _measure(book, warned.rule), now, warned.due_at) > now


def _measure(book: Rulebook, rule: str) -> Measure:
    """Name what a rule counts in: of limits that go by the class of a matter the one that runs day and night, where one does."""
    program: Any = book.programs[rule]
    of = program.given.of.values() if program.given is not None else (program.limit,)
    return next((limit.measure for limit in of if limit.measure in DAY_AND_NIGHT), Measure.OFFICE)
