"""An act recorded, and what it made of its case as whoever recorded it may see it."""

from typing import NamedTuple
from uuid import UUID

from casework.access.caller import Caller
from casework.access.visibility import sees_clock
from casework.cases.entries import EntryShown, entry_shown
from casework.cases.views import DeadlineBrief, number_of, state_for
from casework.people.masking import shown_masked
from casework.program import Context
from casework.recording.intake import Taken, record_act
from casework.recording.opening import NewCase
from casework.shown import Shown
from domain.access.visibility import visible
from domain.case import Case, CaseState
from domain.refusals import Refusal
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Tx


class ActRecorded(Shown, frozen=True):
    """The entries that an act made (the auditor's suspicions of it are the office's to see), and the case after it."""

    version: int
    state: CaseState
    number: str | None
    """The case's running number, which this act may have given it."""
    items: tuple[EntryShown, ...]
    deadlines: tuple[DeadlineBrief, ...]
    doubts: tuple[str, ...]


class Recorded(NamedTuple):
    """The case after the act, the number of its last entry before, and what is shown of it."""

    case: Case
    before: int
    shown: ActRecorded


async def record_and_show(
    tx: Tx, context: Context, ring: KeyRing, caller: Caller, about: tuple[UUID, str | None], new: NewCase
) -> Recorded | Refusal:
    """Record an act in a case, named by its id and the version that the caller read; what is refused and kept comes back."""
    taken = await record_act(tx, context, ring, caller, about, new)
    if isinstance(taken, Refusal):
        return taken
    items = await shown_masked(tx, ring, caller, visible(caller.audience, taken.entries))
    return Recorded(taken.case, taken.before, _shown(context, caller, taken, tuple(entry_shown(caller, entry) for entry in items)))


def _shown(context: Context, caller: Caller, taken: Taken, items: tuple[EntryShown, ...]) -> ActRecorded:
    book, now = context.book(taken.case.scheme), context.now
    seeing = (one for one in taken.clocks if not one.counted and sees_clock(caller, book, one))
    deadlines = tuple(DeadlineBrief(c.rule, c.keys, c.party, c.due, state_for(caller, c, now)) for c in seeing)
    return ActRecorded(taken.case.version, taken.case.state, number_of(context, taken.case), items, deadlines, taken.doubts)
