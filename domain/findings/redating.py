"""What a new calendar edition does to the clocks of a case: their new due moments, and the ledger's note of the old ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from calendars import OfficeClock
from domain.acts.enforcement.audit import ClockRedated
from domain.cases.moments import whole
from domain.clock import Clock
from domain.deadlines.explain import limit_of_clock
from domain.deadlines.readings import class_of
from domain.finding import Finding
from domain.judging.audit_marks import Mark
from domain.judging.judge import Judgement, judge
from domain.judging.situation import Situation
from domain.ledger import AUDITOR, Entry
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook


class Was(Struct, frozen=True, gc=False):
    """How a clock is kept: when it is due, by which edition."""

    due: datetime | None
    edition: str


Before = Mapping[Mark, Was]


class DatedAgain(Struct, frozen=True):
    """The notes to be written, in this order behind the ledger's last entry, and what is judged once they are."""

    notes: Sequence[ClockRedated]
    judged: Judgement


def kept_of(clocks: Iterable[Clock]) -> Before:
    """Say how those clocks are kept that may still move."""
    return {_mark(clock): Was(clock.due, clock.edition) for clock in clocks if clock.state in {"running", "stopped"}}


def date_again(book: Rulebook, entries: Sequence[Entry], before: Before, offices: Offices, now: datetime) -> DatedAgain:
    """Judge a case under the newest edition; `before` says how its open clocks are kept, `entries` its ledger by number.

    What was found on published days and has ended since, and what people have decided, is dated again only where nothing was
    missed by the new day.
    """
    judged = judge(book, entries, offices)
    notes = list(_moved(book, before, judged, offices, now))
    found = list(_found_again(book, entries, judged, offices)) if judged.findings else []
    if not found and all(note.due_at >= note.was_due for note in notes):
        return DatedAgain(notes, judged)
    notes += found
    anew = _judged_with(book, entries, notes, offices, now)
    missed = _settled(judged) & _missed(anew)
    if all(_mark(note) not in missed for note in notes):
        return DatedAgain(notes, anew)
    notes = [note for note in notes if _mark(note) not in missed]
    return DatedAgain(notes, _judged_with(book, entries, notes, offices, now))


def _settled(judged: Judgement) -> set[Mark]:
    """Name what an import does not touch without need: what ended late, and what was decided."""
    late = {_mark(clock) for clock in judged.clocks if clock.state == "late" and not clock.provisional}
    return late | {_mark(found) for found in judged.findings if found.decided_at is not None}


def _missed(judged: Judgement) -> set[Mark]:
    """Name what is missed still: late, or found missed with nothing that moved it ahead."""
    return {_mark(clock) for clock in judged.clocks if clock.state == "late" or (clock.state == "running" and clock.ended_seq is None)}


def _judged_with(book: Rulebook, entries: Sequence[Entry], notes: Sequence[ClockRedated], offices: Offices, now: datetime) -> Judgement:
    """Judge as if the notes were written; of an entry that the auditor writes the judge reads neither body nor hash."""
    last, at = entries[-1], whole(now)
    made = (Entry(last.case_id, seq, at, at, AUDITOR, offices.newest, note, body="") for seq, note in enumerate(notes, last.seq + 1))
    return judge(book, [*entries, *made], offices)


def _moved(book: Rulebook, before: Before, after: Judgement, offices: Offices, now: datetime) -> Iterator[ClockRedated]:
    """Say which running clocks have another due moment than the one that is kept."""
    for clock in after.clocks:
        if clock.state != "running" or clock.edition != offices.newest:
            continue
        old = before.get((clock.rule, clock.start_seq, clock.keys))
        if old is not None and old.due is not None and clock.due is not None and old.due != clock.due:
            due = _told(offices.of(book, clock.party, clock.edition), old.due, clock.due, now)
            yield _redated(clock, old.edition, old.due, due)


def _found_again(book: Rulebook, entries: Sequence[Entry], after: Judgement, offices: Offices) -> Iterator[ClockRedated]:
    """Date those again that keep an older edition because they were found missed under it; never earlier than they were.

    What was excused or withdrawn is over.
    """
    standing = {_mark(found) for found in after.findings if found.state not in {"excused", "withdrawn"}}
    for clock in after.clocks if standing else ():
        if _mark(clock) in standing and _was_found(clock) and clock.edition != offices.newest and clock.due is not None:
            note = _dated_again(book, entries, clock, clock.due, offices)
            if note.due_at > clock.due or (clock.provisional and clock.next_check_at is None):
                yield note


def _was_found(clock: Clock) -> bool:
    """Say whether a finding stands on the clock, or did before what moved its day."""
    return not clock.counted and (clock.state == "running" or (clock.state == "late" and clock.next_check_at is None))


def _dated_again(book: Rulebook, entries: Sequence[Entry], clock: Clock, was_due: datetime, offices: Offices) -> ClockRedated:
    limit = limit_of_clock(book, clock, class_of(Situation(book, entries), clock.start_seq))
    office = offices.of(book, clock.party, offices.newest)
    due = was_due if limit is None else office.due(clock.started, limit, clock.stops) or was_due
    anew = msgspec.structs.replace(clock, edition=offices.newest)
    return _redated(anew, clock.edition, was_due, max(due, was_due))


def _redated(clock: Clock, was_edition: str, was_due: datetime, due: datetime) -> ClockRedated:
    return ClockRedated(
        rule=clock.rule,
        keys=clock.keys,
        started_seq=clock.start_seq,
        was_due=was_due,
        due_at=due,
        was_edition=was_edition,
        because=f"calendar edition {clock.edition} replaces {was_edition}",
    )


def _told(office: OfficeClock, was_due: datetime, due: datetime, now: datetime) -> datetime:
    """Never earlier than the close of the working day after the party is told, nor later than it was for that reason."""
    if due >= was_due:
        return due
    return min(was_due, max(due, office.after_working_days(now, 1)))


def _mark(one: Clock | Finding | ClockRedated) -> Mark:
    return one.rule, one.started_seq if isinstance(one, ClockRedated) else one.start_seq, one.keys
