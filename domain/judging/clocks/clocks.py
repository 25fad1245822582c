"""The clocks of a case: for each start of each rule, when it is due, how it ended, and when to look at it again."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from calendars import parse_limit
from domain.clock import Clock, State
from domain.judging.audit_marks import AuditMarks, Mark
from domain.judging.clocks.ending import Ending, Stops, voiding
from domain.judging.clocks.measuring import Measured, Owing, WarnedClock, given_by, in_time, lawful, limit_from, measure, others
from domain.judging.clocks.next_check import DONE, cleared_by, next_check_at, sends, told_late
from domain.judging.clocks.starting import Started, starts_of
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.offices import Offices
from domain.schemes.program import Given, Voiding

_NAMED = parse_limit("24oh")
"""What a moment that an act named is warned of by: the share of the office time until then."""
Keys = tuple[str, ...]
Tried = Literal["met", "late", "void", "unwritten"]


class Candidate(Struct, frozen=True, gc=False):
    """An act that may end a clock: a stop, or what makes it void (`void` is None for a withdrawal)."""

    end: Ending
    voids: bool = False
    void: Voiding | None = None


class Verdict(Struct, frozen=True, gc=False):
    """How a clock stands, and what decided it."""

    state: State
    edition: str
    measured: Measured
    end: Ending | None = None
    late_entry: bool = False


def clocks_of(case: Situation, kind: str, flags: AuditMarks, offices: Offices) -> Iterator[Clock]:
    """Judge every deadline that the case has started."""
    for program in case.book.deadlines_of(kind, case.by_tag):
        owing = Owing(program, case, flags, offices, Stops(program, case))
        yield from _clocks(owing, starts_of(program, case))


def _clocks(owing: Owing, starts: Iterable[Started]) -> Iterator[Clock]:
    """Give one clock for each start; an act that is told twice word for word, within the entry margin, starts no other."""
    last: dict[Keys, tuple[Started, Clock]] = {}
    given = owing.program.given
    for start in starts:
        known = last.get(start.keys)
        if known is not None and _told_again(start, *known, owing.case.book.margin):
            continue
        if given is not None and _unlimited(owing, given, start):
            continue
        clock = _clock(owing, start)
        last[start.keys] = start, clock
        yield clock


def _told_again(start: Started, earlier: Started, clock: Clock, margin: timedelta) -> bool:
    """Say whether it is the same act, not answered in between; whoever hands in once more later does something new."""
    at = start.entry.occurred_at
    unanswered = clock.ended_at is None or clock.ended_at > at
    return unanswered and at - earlier.entry.occurred_at <= margin and start.entry.act == earlier.entry.act


def _unlimited(owing: Owing, given: Given, start: Started) -> bool:
    if given.by is not None:
        return limit_from(owing, start) is None
    return given.otherwise == "no-clock" and given_by(owing.program, start) is None


def _clock(owing: Owing, start: Started) -> Clock:
    mark: Mark = (owing.program.slug, start.entry.seq, start.keys)
    party = _owner(owing, start, start.at)
    verdict = _verdict(owing, start, party, mark)
    state, measured, end = verdict.state, verdict.measured, verdict.end
    due, done = measured.due, state in DONE
    if owing.program.owed == "holder" and due is not None:
        party = _holder(owing, start, measured, due if end is None else min(due, end.at))
    warn, send = _warned(owing, start, measured) if end is None else (None, None)
    cleared = cleared_by(owing, start, (mark, party), measured) if end is None else None
    also, statutory = (None, None) if done else others(owing, start, measured)
    # The first by place: Python makes a dictionary of more than fifteen names, at five times the cost of the call.
    return Clock(
        owing.program.slug,
        start.keys,
        party,
        start.entry.seq,
        start.at,
        due,
        state,
        verdict.edition,
        warn=warn,
        also_due=also,
        statutory_due=statutory,
        ended_seq=end.entry.seq if end else cleared.seq if cleared else None,
        ended_at=end.at if end else None,
        next_check_at=next_check_at(owing, (mark, party), state, end, measured, send, cleared),
        late_entry=verdict.late_entry or (not done and told_late(owing, start, measured)),
        provisional=due is not None and measured.office.calendar.is_provisional(due),
        stops=measured.spans,
    )


def _owner(owing: Owing, start: Started, at: datetime) -> str:
    program = owing.program
    if program.owed == "key":
        return start.keys[program.owed_key]
    if program.owed == "holder":
        return owing.case.holder(at) or start.entry.actor.party
    if program.owed == "actor":
        return owing.case.book.answering(start.entry.actor)
    on_element, read = program.owed_field[start.which]
    party: str = read(start.element if on_element else start.entry.act)
    return party


def _holder(owing: Owing, start: Started, measured: Measured, at: datetime) -> str:
    """Say who held the matter as its limit ended; a transfer told too late, or in its last second, hands no breach to another."""
    due, transfers = measured.due or at, owing.case.of("enquiry.transferred")
    tardy = {e.seq for e in transfers if e.occurred_at >= due or not in_time(owing, measured.office, due, e.occurred_at, e)}
    return owing.case.holder(at, tardy) or start.entry.actor.party


def _verdict(owing: Owing, start: Started, party: str, mark: Mark) -> Verdict:
    """Let each act that may end the clock be tried in turn; one that was written too late ends it only for want of another."""
    spare: Verdict | None = None
    tardy: set[int] = set()
    found = _candidates(owing, start)
    while found:
        one = found.pop(0)
        edition = _edition(owing, mark, one.end.entry)
        measured = _measured(owing, start, party, edition, one.end)
        state = _try(owing, start, measured, one)
        if state == "unwritten":
            spare = spare or Verdict("late", edition, measured, one.end, late_entry=True)
            found = _instead(owing, start, measured, one, found, tardy)
        elif state == "late" and spare is not None:
            break
        elif state is not None:
            return Verdict(state, edition, measured, one.end, late_entry=state == "late" and not _told_lawfully(owing, measured, one.end))
    if spare is not None:
        return spare
    edition = _edition(owing, mark, None)
    measured = _measured(owing, start, party, edition, None)
    return Verdict("stopped" if measured.due is None else "running", edition, measured)


def _told_lawfully(owing: Owing, measured: Measured, end: Ending) -> bool:
    return measured.due is not None and lawful(owing, measured.office, measured.due, end)


def _edition(owing: Owing, mark: Mark, entry: Entry | None) -> str:
    """Name the calendar edition to judge by: of the entry that ended or flagged the clock, or that gave it a new date since."""
    flags = owing.flags
    opened = (flags.again.get(mark) or flags.first.get(mark)) if flags.first else None
    if opened is None:
        return owing.offices.newest if entry is None else entry.edition
    return opened.edition if entry is None or mark in flags.again or entry.seq > opened.seq else entry.edition


def _instead(owing: Owing, start: Started, measured: Measured, one: Candidate, left: list[Candidate], tardy: set[int]) -> list[Candidate]:
    """Look for an end that needs no act that was written too late: the same fact may be told twice, once in time."""
    if one.voids or measured.due is None:
        return left
    late = {entry.seq for at, entry in one.end.told if not in_time(owing, measured.office, measured.due, at, entry)}
    # An end that rests on nothing but what was found too late before would be tried for ever.
    other = None if late <= tardy else owing.stops.ending(start.keys, start.entry, tardy | late)
    tardy |= late
    return left if other is None else sorted([*left, Candidate(other)], key=_when)


def _when(one: Candidate) -> tuple[datetime, int]:
    return one.end.at, one.end.entry.seq


def _candidates(owing: Owing, start: Started) -> list[Candidate]:
    ending = owing.stops.ending(start.keys, start.entry)
    found = [] if ending is None else [Candidate(ending)]
    if not owing.stops.voided:
        return found
    for void, entry in voiding(owing.program, owing.case, start.keys, start.entry):
        found.append(Candidate(Ending(entry, entry.occurred_at, ((entry.occurred_at, entry),)), voids=True, void=void))
    return sorted(found, key=_when) if len(found) > 1 else found


def _measured(owing: Owing, start: Started, party: str, edition: str, end: Ending | None) -> Measured:
    """Measure under an edition; the party was told of a new date, and no later count makes it earlier."""
    measured = measure(owing, start, owing.offices.of(owing.case.book, party, edition), end)
    if not owing.flags.redated:
        return measured
    redated = owing.flags.redated.get(((owing.program.slug, start.entry.seq, start.keys), edition))
    if redated is None or measured.due is None or measured.due >= redated.due_at:
        return measured
    return msgspec.structs.replace(measured, due=redated.due_at)


def _try(owing: Owing, start: Started, measured: Measured, one: Candidate) -> Tried | None:
    """Say how the clock stands if this act ends it: None if it does not, `unwritten` if it was written too late."""
    due = measured.due
    if one.voids:
        return _try_void(owing, start, measured, one)
    if due is None or measured.reminder:
        return "met"
    if one.end.at > due:
        return "late"
    return "met" if lawful(owing, measured.office, due, one.end) else "unwritten"


def _try_void(owing: Owing, start: Started, measured: Measured, one: Candidate) -> Tried | None:
    """Say what an act does after which nothing is owed: once the limit is missed, the breach stays and its overrun ends."""
    due, void = measured.due, one.void
    if void is not None and void.past_due is not None and due is not None and void.past_due(one.end.entry.act) <= due:
        return None
    if void is not None and void.within is not None:
        if not _within(start, measured, one.end, void):
            return None
    elif due is not None and one.end.at > due and not measured.reminder:
        return "late"
    return "void" if due is None or lawful(owing, measured.office, due, one.end) else "unwritten"


def _within(start: Started, measured: Measured, end: Ending, void: Voiding) -> bool:
    assert void.within is not None  # noqa: S101 -- asked only of such
    told = max((need(end.entry.act) for need in void.needs), default=end.at)
    allowed = measured.office.due(start.at, void.within)
    return allowed is not None and max(told, end.at) <= allowed


def _warned(owing: Owing, start: Started, measured: Measured) -> WarnedClock:
    due = measured.due
    if due is None or measured.spans or owing.program.given is not None:
        warn = _warn(owing, start, measured)
        return warn, sends(owing, start, measured, warn)
    alike = start.at, due, measured.office
    known = owing.warned.get(alike)
    if known is None:
        warn = _warn(owing, start, measured)
        known = owing.warned[alike] = warn, sends(owing, start, measured, warn)
    return known


def _warn(owing: Owing, start: Started, measured: Measured) -> datetime | None:
    share, limit = owing.program.warn, limit_from(owing, start) or _NAMED
    if share is None or measured.due is None or measured.due <= start.at:
        return None
    return measured.office.warn(start.at, measured.due, limit, *share, measured.spans)
