"""Opening a case in the caller's own transaction: the first act taken, judged and kept."""

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from api.program import Running
from casework.access.caller import Caller
from casework.recording.projections import follow
from casework.recording.recording import actor_of, with_debtors
from casework.recording.references import beside
from domain.acts import BY_OPERATION, KINDS, Acted, union_of
from domain.case import Case
from domain.cases.moments import check_moment
from domain.clock import Clock
from domain.judging.judge import judge
from domain.people.particulars import sealing
from domain.recording.opening import OPENS, Opened
from domain.recording.opening import open_case as opened_by
from storage.cases.opening import open_with
from storage.people.sealing import NewSeal
from storage.postgres.transaction import Tx

if TYPE_CHECKING:
    OpeningAct = Acted
else:
    OpeningAct = union_of(tuple(KINDS[act] for act in OPENS if act not in BY_OPERATION))
from api.v1.cases.opening import CaseOpening


async def begin_case(tx: Tx, running: Running, caller: Caller, asked: CaseOpening, case_id: UUID) -> Case:
    """Open a case under an id that is given; another open one about its subject refuses it (`SubjectTaken`)."""
    opened, seal = await _opened(tx, running, caller, asked, case_id)
    case, _ = await _kept(tx, running, opened, seal)
    return case


async def _opened(tx: Tx, running: Running, caller: Caller, asked: CaseOpening, case_id: UUID) -> tuple[Opened, NewSeal]:
    now = running.now()
    at = check_moment(asked.occurred_at or now, now, "occurredAt")
    seal = NewSeal(running.ring, case_id)
    opened = opened_by(
        running.book_in_force(asked.city, at),
        asked.body,
        case_id=case_id,
        occurred_at=at,
        recorded_at=now,
        actor=actor_of(caller),
        edition=running.offices.newest,
        district=asked.district,
        seal=sealing(seal.seal),
        offices=running.offices,
        beside=await beside(tx, asked.body, asked.city),
    )
    return opened, seal


async def _kept(tx: Tx, running: Running, opened: Opened, seal: NewSeal) -> tuple[Case, tuple[Clock, ...]]:
    clocks = judge(running.book(opened.case.scheme), opened.entries, running.offices).clocks
    case = with_debtors(opened.case, clocks)
    number = await open_with(tx, case, opened.entries, clocks, numbered=opened.numbered, key=seal.kept)
    case = msgspec.structs.replace(case, number=number)
    await follow(tx, case, opened.entries)
    return case, clocks
