"""What a new calendar edition does to an open clock: its new due moment, and the ledger's note of the old one."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from calendars import OfficeClock
from domain.acts.audit import ClockRedated
from domain.clock import Clock
from domain.offices import Offices
from domain.plan.rulebook import Rulebook
from domain.showing.explain import limit_of_clock


def redates(book: Rulebook, before: Iterable[Clock], after: Iterable[Clock], offices: Offices, now: datetime) -> list[ClockRedated]:
    """Say which open clocks the newest edition moves; `before` are the clocks as kept, `after` as judged anew."""
    kept = {(clock.rule, clock.start_seq, clock.keys): clock for clock in before}
    found: list[ClockRedated] = []
    for clock in after:
        old = kept.get((clock.rule, clock.start_seq, clock.keys))
        if clock.state != "running" or old is None or old.due is None or clock.due is None or old.due == clock.due:
            continue
        found.append(_redated(clock, old, old.due, _told(offices.of(book, clock.party, clock.edition), old.due, clock.due, now)))
    return found + [_dated_again(book, clock, clock.due, offices) for clock in kept_found(after, offices) if clock.due is not None]


def kept_found(clocks: Iterable[Clock], offices: Offices) -> list[Clock]:
    """Pick those that were found missed while the days were not published, and are not dated by the newest edition yet."""
    missed = (clock for clock in clocks if clock.state in {"running", "late"} and clock.look_at is None)
    return [clock for clock in missed if clock.provisional and clock.edition != offices.newest]


def _dated_again(book: Rulebook, clock: Clock, was_due: datetime, offices: Offices) -> ClockRedated:
    """Say what the published days make of a provisional finding; they never make it earlier."""
    limit = limit_of_clock(book, clock, None)
    office = offices.of(book, clock.party, offices.newest)
    due = was_due if limit is None else office.due(clock.started, limit, clock.stops) or was_due
    anew = msgspec.structs.replace(clock, edition=offices.newest)
    return _redated(anew, clock, was_due, max(due, was_due))


def _redated(clock: Clock, old: Clock, was_due: datetime, due: datetime) -> ClockRedated:
    return ClockRedated(
        rule=clock.rule,
        keys=clock.keys,
        started_seq=clock.start_seq,
        was_due=was_due,
        due_at=due,
        was_edition=old.edition,
        because=f"calendar edition {clock.edition} replaces {old.edition}",
    )


def _told(office: OfficeClock, was_due: datetime, due: datetime, now: datetime) -> datetime:
    """Never earlier than the close of the working day after the party is told, nor later than it was for that reason."""
    if due >= was_due:
        return due
    return min(was_due, max(due, office.after_working_days(now, 1)))
