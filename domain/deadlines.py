"""The clocks of a case: for each start of each rule, when it is due, how it ended, and when to look at it again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from calendars import BeyondCalendar, Limit, OfficeClock
from domain.clock import Clock, Span, State
from domain.ending import Ending, Stops, voiding
from domain.flags import Flags, Mark
from domain.ledger import Entry
from domain.offices import Offices
from domain.program import DeadlineProgram
from domain.situation import Situation
from domain.starting import Started, starts_of
from domain.stopping import stops_of

_NEVER = datetime.max.replace(tzinfo=UTC)


class Owing(NamedTuple):
    """What all of one rule's clocks in one case have in common."""

    program: DeadlineProgram
    case: Situation
    flags: Flags
    offices: Offices
    stops: Stops


class Measured(NamedTuple):
    """A clock's moments under one edition."""

    office: OfficeClock
    due: datetime | None
    also_due: datetime | None
    statutory_due: datetime | None
    spans: tuple[Span, ...]
    reminder: bool


def clocks_of(case: Situation, kind: str, flags: Flags, offices: Offices) -> Iterator[Clock]:
    """Judge every deadline that the case has started."""
    for program in case.book.deadlines.get(kind, ()):
        if any(start.tag in case.by_tag for start in program.starts):
            owing = Owing(program, case, flags, offices, Stops(program, case))
            for start in starts_of(program, case):
                clock = _clock(owing, start)
                if clock is not None:
                    yield clock


def _clock(owing: Owing, start: Started) -> Clock | None:
    program, case = owing.program, owing.case
    if _unlimited(program, start):
        return None
    mark: Mark = (program.slug, start.entry.seq, start.keys)
    party = _owner(owing, start, start.at)
    ending = owing.stops.ending(start.keys, start.entry)
    opened = owing.flags.opening(mark, None)
    edition = _edition(owing, ending, opened)
    measured = _measure(owing, start, party, edition, ending)
    redated = owing.flags.redated.get((mark, edition))
    if redated is not None:
        measured = measured._replace(due=redated.due_at)
    state, end, late_entry = _outcome(owing, start, measured, ending)
    if program.owed == "holder" and measured.due is not None:
        party = _owner(owing, start, measured.due if end is None else min(measured.due, end.at))
    due = measured.due
    if due is None and end is not None:
        due = None
    warn = None if end is not None else _warn(owing, start, measured)
    return Clock(
        rule=program.slug,
        keys=start.keys,
        party=party,
        start_seq=start.entry.seq,
        started=start.at,
        due=due,
        state=state,
        edition=edition,
        warn=warn,
        also_due=measured.also_due,
        statutory_due=measured.statutory_due,
        ended_seq=end.entry.seq if end else None,
        ended_at=end.at if end else None,
        look_at=_look_at(owing, mark, measured, state, end, warn, opened),
        late_entry=late_entry,
        provisional=due is not None and measured.office.calendar.is_provisional(due),
        stops=measured.spans,
    )


def _unlimited(program: DeadlineProgram, start: Started) -> bool:
    given = program.given
    return bool(given and not given.by and given.otherwise == "no-clock" and _given(program, start) is None)


def _edition(owing: Owing, ending: Ending | None, opened: Entry | None) -> str:
    """A clock is judged under the edition of the entry that ended or flagged it first; a running one under the newest."""
    deciding = [entry for entry in (ending.entry if ending else None, opened) if entry is not None]
    return min(deciding, key=lambda entry: entry.seq).edition if deciding else owing.offices.newest


def _owner(owing: Owing, start: Started, at: datetime) -> str:
    program = owing.program
    if program.owed == "key":
        return start.keys[program.owed_key]
    if program.owed == "holder":
        return owing.case.holder(at) or start.entry.actor.party
    if program.owed == "actor":
        return start.entry.actor.party
    on_element, read = program.owed_field[start.which]
    party: str = read(start.element if on_element else start.entry.act)
    return party


def _given(program: DeadlineProgram, start: Started) -> Any:  # noqa: ANN401 -- a moment, a day or nothing
    if program.given is None:
        return None
    read = ((field(start.element if on_element else start.entry.act)) for on_element, field in program.given.fields[start.which])
    return next((value for value in read if value is not None), None)


def _limit(owing: Owing, start: Started) -> Limit | None:
    program = owing.program
    if program.limit is not None:
        return program.limit
    if program.given is not None and program.given.by is not None:
        value = getattr(start.entry.act, "class_", None) or owing.case.class_in_force()
        return program.given.of.get(value or "")
    return None


def _measure(owing: Owing, start: Started, party: str, edition: str, ending: Ending | None) -> Measured:
    program = owing.program
    office = owing.offices.of(owing.case.book, party, edition)
    limit = _limit(owing, start)
    if limit is None:
        due, reminder = _named(owing, start, office)
        return Measured(office, due, None, None, (), reminder)
    if program.may_stop and "clock.stopped" in owing.case.by_tag:
        return _stopped(owing, start, office, limit, ending)
    reading, at = program.reading, start.at
    also = office.due(at, limit, (), reading) if reading is not None else None
    statutory = office.due(at, program.statutory) if program.statutory is not None else None
    return Measured(office, office.due(at, limit), also, statutory, (), reminder=False)


def _stopped(owing: Owing, start: Started, office: OfficeClock, limit: Limit, ending: Ending | None) -> Measured:
    """Count the stops in, one after another; one written too late, after the clock was due without it, does not count."""
    program, book = owing.program, owing.case.book
    spans: list[Span] = []
    due = office.due(start.at, limit)
    for (since, until), entry in stops_of(program, owing.case, start.keys):
        if due is None or since >= due or (until is not None and until <= start.at):
            continue
        allowed = due + timedelta(seconds=book.entry_margin)
        if entry.recorded_at > allowed and entry.recorded_at > _late_entry(owing, office, entry.occurred_at):
            continue
        end = ending.at if until is None and ending is not None and ending.at > since else until
        spans.append((since, end))
        due = office.due(start.at, limit, spans)
    reading = program.reading
    also = office.due(start.at, limit, spans, reading) if reading is not None else None
    statutory = office.due(start.at, program.statutory, spans) if program.statutory is not None else None
    return Measured(office, due, also, statutory, tuple(spans), reminder=False)


def _named(owing: Owing, start: Started, office: OfficeClock) -> tuple[datetime | None, bool]:
    value = _given(owing.program, start)
    if isinstance(value, datetime):
        return value, False
    if isinstance(value, date):
        return office.close_of(value), False
    if owing.program.given is None or owing.program.given.otherwise != "half-year-end":
        return None, False
    act: Any = start.entry.act
    last = date(act.year, 6 * act.half, 30 if act.half == 1 else 31)
    while not office.calendar.is_working(last):
        last -= timedelta(days=1)
    return office.close_of(last), True


def _late_entry(owing: Owing, office: OfficeClock, at: datetime) -> datetime:
    due = office.due(at, owing.case.book.late_entry)
    return _NEVER if due is None else due


def _outcome(owing: Owing, start: Started, measured: Measured, ending: Ending | None) -> tuple[State, Ending | None, bool]:
    """Say how the clock stands, what ended it, and whether it was saved only by an entry written too late."""
    due = measured.due
    for void, entry in voiding(owing.program, owing.case, start.keys, start.entry):
        if ending is not None and (ending.at, ending.entry.seq) < (entry.occurred_at, entry.seq):
            break
        end = Ending(entry, entry.occurred_at, (entry,))
        if _voids(start, measured, void, entry):
            lawful = due is None or _lawful(owing, measured, due, end)
            return ("void", end, False) if lawful else ("late", end, True)
    if ending is None:
        return ("stopped" if due is None else "running"), None, False
    if due is None:
        return "met", ending, False
    if ending.at > due:
        return ("met" if measured.reminder else "late"), ending, False
    return ("met", ending, False) if _lawful(owing, measured, due, ending) else ("late", ending, True)


def _voids(start: Started, measured: Measured, void: Any, entry: Entry) -> bool:  # noqa: ANN401 -- a voiding act, or None for a withdrawal
    due = measured.due
    if void is None:
        return due is None or entry.occurred_at <= due
    if void.past_due is not None and due is not None and void.past_due(entry.act) <= due:
        return False
    if void.within is not None:
        told = max((need(entry.act) for need in void.needs), default=entry.occurred_at)
        allowed = measured.office.due(start.at, void.within)
        return allowed is not None and max(told, entry.occurred_at) <= allowed
    return due is None or entry.occurred_at <= due


def _lawful(owing: Owing, measured: Measured, due: datetime, end: Ending) -> bool:
    allowed = due + timedelta(seconds=owing.case.book.entry_margin)
    recorded = end.entry.recorded_at
    if recorded <= allowed and len(end.entries) == 1:
        return True
    return end.lawfully_written(allowed, lambda at: _late_entry(owing, measured.office, at))


def _warn(owing: Owing, start: Started, measured: Measured) -> datetime | None:
    share = owing.program.warn
    limit = _limit(owing, start)
    if share is None or limit is None or measured.due is None:
        return None
    try:
        return measured.office.warn(start.at, measured.due, limit, *share, measured.spans)
    except BeyondCalendar:
        return None


def _look_at(  # noqa: PLR0913 -- each is a fact of the one clock
    owing: Owing, mark: Mark, measured: Measured, state: State, end: Ending | None, warn: datetime | None, opened: Entry | None
) -> datetime | None:
    """Say when the auditor has to act on the clock next; null once there is nothing more to do."""
    if opened is not None:
        return _unflag(owing, state, end, opened)
    if state == "late":
        return measured.due
    if state != "running" or measured.due is None:
        return None
    if warn is not None and mark not in owing.flags.warned and warn < measured.due:
        return warn
    return None if measured.reminder else measured.due + timedelta(seconds=owing.case.book.entry_margin)


def _unflag(owing: Owing, state: State, end: Ending | None, opened: Entry) -> datetime | None:
    act: Any = opened.act
    if state not in {"met", "void"} or end is None or owing.flags.ended(act.finding_id):
        return None
    return max(one.recorded_at for one in end.entries)


