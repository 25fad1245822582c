"""Due moments under the other reading and by statute, of any clock, also one that was met in time; kept nowhere, for whoever asks."""

from datetime import datetime
from typing import NamedTuple

from domain.clock import Clock
from domain.ending import Stops
from domain.flags import Flags
from domain.measuring import Measured, Owing, others
from domain.offices import Offices
from domain.program import DeadlineProgram
from domain.situation import Situation
from domain.starting import starts_of


class Readings(NamedTuple):
    """What else a clock's due moment may be read as, and what the law sets."""

    also: datetime | None = None
    statutory: datetime | None = None


def readings_of(case: Situation, clock: Clock, offices: Offices) -> Readings:
    """Work out both under the clock's own edition and with its stops; none while it stands still without an end."""
    program = case.book.programs[clock.rule]
    if not isinstance(program, DeadlineProgram) or clock.due is None:
        return Readings()
    owing = Owing(program, case, Flags(case), offices, Stops(program, case))
    measured = Measured(offices.of(case.book, clock.party, clock.edition), clock.due, clock.stops)
    start = next((one for one in starts_of(program, case) if (one.entry.seq, one.keys) == (clock.start_seq, clock.keys)), None)
    return Readings() if start is None else Readings(*others(owing, start, measured))
