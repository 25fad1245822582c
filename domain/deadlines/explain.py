"""Why a clock is due when it is: day by day, with the notice behind each day, stops and readings."""

from datetime import datetime

from msgspec import Struct

from calendars import DayCount, Limit, Measure, parse_limit
from domain.clock import Clock, is_contested
from domain.offices import Offices
from domain.schemes.program import DeadlineProgram
from domain.schemes.rulebook import Rulebook


class Overrun(Struct, frozen=True):
    """How far past due: in the rule's own measure, and in natural seconds."""

    measure: str
    """`days`, or `seconds` of the rule's own time (office time for office limits)."""
    own: int
    natural_seconds: int


def limit_of_clock(book: Rulebook, clock: Clock, class_: str | None) -> Limit | None:
    """Find the limit that a clock was given by its rule; None where an act gave the moment itself."""
    program = book.programs[clock.rule]
    if not isinstance(program, DeadlineProgram):
        return None
    if program.given is not None and program.given.by is not None:
        return program.given.of.get(class_ or "")
    return program.limit


def days_of(book: Rulebook, clock: Clock, offices: Offices, class_: str | None = None) -> tuple[DayCount, ...]:
    """Say of each day what it counted for; nothing for a moment that an act named, or a counted standard."""
    limit = limit_of_clock(book, clock, class_)
    if limit is None or clock.counted:
        return ()
    office = offices.of(book, clock.party, clock.edition)
    return tuple(office.explain(clock.started, limit, clock.due, clock.stops))


def overrun_of(book: Rulebook, clock: Clock, offices: Offices, now: datetime, class_: str | None = None) -> Overrun:
    """Measure the overrun from the due moment to the act, or to now; in office time where an act gave the moment itself."""
    limit = limit_of_clock(book, clock, class_) or parse_limit("24oh")
    end = clock.ended_at or now
    due = clock.due or end
    measure = Measure.OFFICE if limit.measure is Measure.OFFICE_SHARE else limit.measure
    own = offices.of(book, clock.party, clock.edition).elapsed(measure, due, end)
    days = measure in {Measure.WORKING_DAYS, Measure.SAME_DAY, Measure.CALENDAR_DAYS}
    return Overrun("days" if days else "seconds", own, max(0, int((end - due).total_seconds())))


def contested(clock: Clock, now: datetime) -> bool:
    """Say whether the other reading clears what this one finds missed."""
    return clock.due is not None and is_contested(clock.due, clock.also_due, clock.ended_at, now)
