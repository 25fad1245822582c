"""When a clock is due under one calendar edition, with its stops, and by when an act about it had to be written."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec import Struct, field

from calendars import Limit, OfficeClock, local_day
from domain.acts.enforcement.supervision import PeriodOpened
from domain.clock import Span
from domain.judging.audit_marks import AuditMarks
from domain.judging.clocks.ending import Ending, Stops
from domain.judging.clocks.starting import Started
from domain.judging.clocks.stopping import stops_of
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.offices import Offices
from domain.schemes.program import DeadlineProgram

_NEVER = datetime.max.replace(tzinfo=UTC)


WarnedClock = tuple[datetime | None, datetime | None]
"""When the share of the time has gone, and when the warning is sent."""


class Owing(Struct, frozen=True, gc=False):
    """What all of one rule's clocks in one case have in common."""

    program: DeadlineProgram
    case: Situation
    flags: AuditMarks
    offices: Offices
    stops: Stops
    warned: dict[tuple[datetime, datetime, OfficeClock], WarnedClock] = field(default_factory=dict)
    """Clocks that start together are warned of together: worked out once."""


class Measured(Struct, frozen=True, gc=False):
    """A clock's moments under one edition."""

    office: OfficeClock
    due: datetime | None
    spans: tuple[Span, ...] = ()
    reminder: bool = False


def measure(owing: Owing, start: Started, office: OfficeClock, end: Ending | None) -> Measured:
    """Work out a clock's moments in one office; an open stop lasts no longer than the act that ends the clock."""
    limit = owing.program.limit or limit_from(owing, start)
    if limit is None:
        return _named(owing, start, office)
    spans: tuple[Span, ...] = ()
    if owing.program.may_stop and "clock.stopped" in owing.case.by_tag:
        spans = _lawful_stops(owing, start, office, limit, end)
    return Measured(office, office.due(start.at, limit, spans), spans)


def others(owing: Owing, start: Started, measured: Measured) -> tuple[datetime | None, datetime | None]:
    """Work out the due moments under the other reading and by statute: only a clock that is not met has use for them."""
    limit, reading, statutory = limit_from(owing, start), owing.program.reading, owing.program.statutory
    if limit is None:
        return _day_at_midnight(owing, start, measured), None
    also = None if reading is None else measured.office.due(start.at, limit, measured.spans, reading)
    return also, None if statutory is None else measured.office.due(start.at, statutory, measured.spans)


def _day_at_midnight(owing: Owing, start: Started, measured: Measured) -> datetime | None:
    """Read a day that an act named as ending at midnight, where the rule says that it may be read so."""
    reading, named = owing.program.reading, given_by(owing.program, start)
    if reading is None or not reading.closes_at_midnight or measured.due is None or isinstance(named, datetime):
        return None
    return measured.office.midnight_after(local_day(measured.due))


def limit_from(owing: Owing, start: Started) -> Limit | None:
    """Find the limit, by the class of the matter where the rule says so; None where the act gives the moment itself."""
    program = owing.program
    if program.given is None or program.given.by is None:
        return program.limit
    named = getattr(start.entry.act, "class_", None) or owing.case.class_in_force()
    return program.given.of.get(named or "")


def given_by(program: DeadlineProgram, start: Started) -> date | None:
    """Read the moment or day that the starting act gives, where it gives one."""
    fields = program.given.fields[start.which] if program.given else ()
    values = (read(start.element if on_element else start.entry.act) for on_element, read in fields)
    return next((value for value in values if value is not None), None)


def latest_writing(owing: Owing, office: OfficeClock, at: datetime) -> datetime:
    """Say until when an act of that moment may be written and still stand as it is."""
    return office.due(at, owing.case.book.late_entry) or _NEVER


def lawful(owing: Owing, office: OfficeClock, due: datetime, end: Ending) -> bool:
    """Say whether every act that the end rests on was written before the finding, or soon enough after it happened."""
    for at, entry in end.told:  # noqa: SIM110 -- a generator is felt in every audit
        if not in_time(owing, office, due, at, entry):
            return False
    return True


def in_time(owing: Owing, office: OfficeClock, due: datetime, at: datetime, entry: Entry) -> bool:
    """Say the same of one act and the moment that it tells."""
    return entry.recorded_at <= due + owing.case.book.margin or entry.recorded_at <= latest_writing(owing, office, at)


def _lawful_stops(owing: Owing, start: Started, office: OfficeClock, limit: Limit, end: Ending | None) -> tuple[Span, ...]:
    """Take the stops one after another; one that began, or was written, only once the clock was due does not count."""
    spans: list[Span] = []
    due = office.due(start.at, limit)
    for (since, until), entry in stops_of(owing.program, owing.case, start.keys):
        over = until is not None and until <= start.at
        if over or due is None or since >= due or (end is not None and since >= end.at):
            continue
        if not lawful(owing, office, due, Ending(entry, since, ((entry.occurred_at, entry),))):
            continue
        spans.append((since, end.at if until is None and end is not None else until))
        due = office.due(start.at, limit, spans)
    return tuple(spans)


def _named(owing: Owing, start: Started, office: OfficeClock) -> Measured:
    value = given_by(owing.program, start)
    if isinstance(value, datetime):
        return Measured(office, value)
    if value is not None:
        due, key = office.close_of(value), owing.program.permitted_key
        return Measured(office, due if key is None or owing.case.permitted(start.keys[key], due) else None)
    act: Any = start.entry.act
    return Measured(office, _half_year_end(act, office), reminder=True)


def _half_year_end(period: PeriodOpened, office: OfficeClock) -> datetime:
    """The close of the last working day of June or December."""
    last = date(period.year, 6 * period.half, 30 if period.half == 1 else 31)
    while not office.calendar.is_working(last):
        last -= timedelta(days=1)
    return office.close_of(last)
