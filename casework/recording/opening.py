"""Opening a case in the caller's own transaction: the first act taken, judged and kept."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from calendars import local_day
from casework.access.caller import Caller
from casework.program import Context
from casework.recording.appending import keep_opened
from casework.recording.recording import actor_of
from casework.recording.references import read_references
from domain.acts import Acted
from domain.case import Case
from domain.cases.moments import check_moment
from domain.people.particulars import sealing
from domain.recording.opening import Opened
from domain.recording.opening import open_case as opened_by
from storage.people.sealing import KeyRing, NewSeal
from storage.postgres.transaction import Tx
from storage.projections import Judged


class NewCase(NamedTuple):
    """A case that is to be opened: in which city, by which act, where and when."""

    city: str
    act: Acted
    district: str | None = None
    occurred_at: datetime | None = None
    """Aware; now, where it is left out."""


async def begin_case(tx: Tx, context: Context, ring: KeyRing, caller: Caller, new: NewCase, case_id: UUID) -> Case:
    """Open a case under an id that is given; another open one about its subject refuses it (`SubjectTaken`)."""
    opened, seal = await open_new(tx, context, ring, caller, new, case_id)
    return (await keep_new(tx, context, opened, seal)).case


async def open_new(tx: Tx, context: Context, ring: KeyRing, caller: Caller, new: NewCase, case_id: UUID) -> tuple[Opened, NewSeal]:
    """Check the first act and make the case that it opens; nothing is kept yet."""
    now = context.now
    at = check_moment(new.occurred_at or now, now, "occurredAt")
    seal = NewSeal(ring, case_id)
    book = context.book_in_force(new.city, local_day(at))
    opened = opened_by(
        book,
        new.act,
        case_id=case_id,
        occurred_at=at,
        recorded_at=now,
        actor=actor_of(caller),
        edition=context.offices.newest,
        district=new.district,
        seal=sealing(seal.seal),
        origin=context.origin,
        offices=context.offices,
        other_cases=(await read_references(tx, book, new.act, None, at)).other_cases,
    )
    return opened, seal


async def keep_new(tx: Tx, context: Context, opened: Opened, seal: NewSeal) -> Judged:
    """Judge the new case, and keep it with its clocks and what follows."""
    return await keep_opened(tx, context, opened.case, opened.entries, numbered=opened.numbered, key=seal.kept)
