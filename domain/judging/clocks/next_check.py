"""When the auditor has to act on a clock next, and what of it was written late; judges no limit itself."""

from datetime import datetime

from calendars import Measure
from domain.clock import State
from domain.judging.audit_marks import Mark
from domain.judging.clocks.ending import Ending
from domain.judging.clocks.measuring import Measured, Owing, latest_writing, limit_from
from domain.judging.clocks.starting import Started
from domain.judging.clocks.stopping import stops_of
from domain.judging.warning import sent_at
from domain.ledger import Entry

DONE = frozenset({"met", "void"})


def told_late(owing: Owing, start: Started, measured: Measured) -> bool:
    """Say whether the act that started the clock was written later than a late entry may be."""
    told = start.entry
    return told.recorded_at > told.occurred_at and told.recorded_at > latest_writing(owing, measured.office, told.occurred_at)


def cleared_by(owing: Owing, start: Started, about: tuple[Mark, str], measured: Measured) -> Entry | None:
    """Name the stop or new date, written after a finding, by which the limit that was found missed lay ahead again."""
    if about not in owing.flags.opened:
        return None
    opened = owing.flags.first[about[0]]
    again = owing.flags.again.get(about[0])
    told = [entry for _, entry in stops_of(owing.program, owing.case, start.keys)] + ([again] if again else [])
    due = measured.due
    ahead = (one for one in told if one.seq > opened.seq and (due is None or due + owing.case.book.margin > one.recorded_at))
    return max(ahead, key=lambda one: one.seq, default=None)


def sends(owing: Owing, start: Started, measured: Measured, warn: datetime | None) -> datetime | None:
    """Say when a warning is sent, the share of the time having gone at `warn`."""
    if warn is None or measured.due is None:
        return None
    limit = limit_from(owing, start)
    return sent_at(measured.office, limit.measure if limit else Measure.OFFICE, warn, measured.due)


def next_check_at(
    owing: Owing,
    about: tuple[Mark, str],
    state: State,
    end: Ending | None,
    measured: Measured,
    warn: datetime | None,
    cleared: Entry | None,
) -> datetime | None:
    """Say when the auditor has to act on the clock next, a warning being sent at `warn`; null once there is nothing more to do."""
    due, flags = measured.due, owing.flags
    if flags.opened and flags.stands(about):
        return None if flags.ended_of(flags.opened[about]) else _no_longer(flags.opened[about], state, end, cleared)
    if state == "late":
        return due
    if state != "running" or due is None or measured.reminder:
        return None
    if warn is not None and about[0] not in flags.warned and about not in flags.opened and warn < due:
        return warn
    return due + owing.case.book.margin


def _no_longer(opened: Entry, state: State, end: Ending | None, cleared: Entry | None) -> datetime | None:
    """Say when it was written, after this finding, that what was found is not missed; never, where it still is."""
    if end is not None:
        return max(entry.recorded_at for _, entry in end.told) if state in DONE else None
    return cleared.recorded_at if cleared and cleared.seq > opened.seq else None
