"""What a door does with an act that opens a case or goes into one: taken, kept as refused, or led to the case that has it already."""

from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec

from casework.access.caller import Caller
from casework.access.numbering import newly_told
from casework.program import Context
from casework.recording.duplicate_applications import awaits_application, first_about, first_applied_for, second_form
from casework.recording.opening import NewCase, keep_new, open_new
from casework.recording.recording import locked, write_act
from domain.acts import Acted
from domain.acts.connection import ApplicationAccepted, ApplicationRefused
from domain.case import Case
from domain.clock import Clock
from domain.ledger import Entry
from domain.refusals import NotCovered, Refusal
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Tx
from words import sentence


class Taken(NamedTuple):
    """The case after an act was taken: its clocks, what was written, and what is doubtful about it."""

    case: Case
    clocks: tuple[Clock, ...]
    entries: tuple[Entry, ...]
    doubts: tuple[str, ...]
    before: int
    """The number of the case's last entry before."""


async def open_case(tx: Tx, context: Context, ring: KeyRing, caller: Caller, new: NewCase) -> Taken | Refusal:
    """Open a case, or take the act into the open one that waits for it; a refusal that is given back is kept, not raised."""
    opened, seal = await open_new(tx, context, ring, caller, new, uuid4())
    first = await first_about(tx, opened.case)
    if first is not None:
        return await _into_first(tx, context, ring, caller, first, new)
    kept = await keep_new(tx, context, opened, seal)
    return _covered(
        new.act, Taken(newly_told(caller, kept.case, opened.entries), kept.judgement.clocks, tuple(opened.entries), opened.doubts, 0)
    )


async def _into_first(tx: Tx, context: Context, ring: KeyRing, caller: Caller, first: Case, new: NewCase) -> Taken | Refusal:
    """An application that a demand waits for goes into its case, at whatever window it is handed in; any other form is a second one."""
    held = await awaits_application(tx, ring, first, new.act)
    if held is None:
        return await second_form(tx, context, ring, caller, first, new.act)
    located = msgspec.structs.replace(held, district=held.district or new.district)
    made, clocks = await write_act(tx, context, ring, caller, located, new.act, new.occurred_at)
    return Taken(made.case, clocks, tuple(made.entries), made.doubts, held.seq)


async def record_act(
    tx: Tx, context: Context, ring: KeyRing, caller: Caller, about: tuple[UUID, str | None], new: NewCase
) -> Taken | Refusal:
    """Record an act in a case, named by its id and the version that the caller read; refusals as above."""
    case = await locked(tx, caller, *about)
    first = await first_applied_for(tx, case, new.act) if isinstance(new.act, ApplicationAccepted) else None
    if first is not None:
        return await second_form(tx, context, ring, caller, first, new.act)
    made, clocks = await write_act(tx, context, ring, caller, case, new.act, new.occurred_at)
    return _covered(new.act, Taken(made.case, clocks, tuple(made.entries), made.doubts, case.seq))


def _covered(asked: Acted, taken: Taken) -> Taken | Refusal:
    """An application that the plan does not cover was kept as refused; the refusal says by which clause, and where it is kept."""
    kept = taken.entries[0].act
    if not isinstance(asked, ApplicationAccepted) or not isinstance(kept, ApplicationRefused):
        return taken
    message = sentence(
        "{reason} ({clause}). The application is kept as refused; tell the applicant the clause and the reason.",
        reason=kept.reason,
        clause=kept.clause,
    )
    return NotCovered(message, caseId=str(taken.case.case_id), clause=kept.clause, reason=kept.reason)
