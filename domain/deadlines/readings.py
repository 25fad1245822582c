"""What a clock is shown with, whatever became of it: its other due moments, the class that chose its limit; none of it is kept."""

from datetime import datetime
from typing import NamedTuple

from domain.clock import Clock
from domain.judging.audit_marks import AuditMarks
from domain.judging.clocks.ending import Stops
from domain.judging.clocks.measuring import Measured, Owing, others
from domain.judging.clocks.starting import starts_of
from domain.judging.situation import Situation
from domain.offices import Offices
from domain.schemes.program import DeadlineProgram
from domain.schemes.rulebook import Rulebook


def class_of(case: Situation, start_seq: int) -> str | None:
    """Say by which class a clock's limit was chosen: its starting act's own, or that of the matter."""
    start = next((entry for entry in case.entries if entry.seq == start_seq), None)
    return getattr(start and start.act, "class_", None) or case.class_in_force()


def is_by_class(book: Rulebook, rule: str) -> bool:
    """Say whether a rule's limit goes by the class of the matter."""
    program = book.programs[rule]
    return isinstance(program, DeadlineProgram) and program.given is not None and program.given.by is not None


class Readings(NamedTuple):
    """What else a clock's due moment may be read as, and what the law sets."""

    also: datetime | None = None
    statutory: datetime | None = None


def readings_of(case: Situation, clock: Clock, offices: Offices) -> Readings:
    """Work out both under the clock's own edition and with its stops; none while it stands still without an end."""
    program = case.book.programs[clock.rule]
    if not isinstance(program, DeadlineProgram) or clock.due is None:
        return Readings()
    owing = Owing(program, case, AuditMarks(case), offices, Stops(program, case))
    measured = Measured(offices.of(case.book, clock.party, clock.edition), clock.due, clock.stops)
    start = next((one for one in starts_of(program, case) if (one.entry.seq, one.keys) == (clock.start_seq, clock.keys)), None)
    return Readings() if start is None else Readings(*others(owing, start, measured))
