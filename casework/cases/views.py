"""A case as it is shown, with its deadlines in brief."""

from datetime import datetime
from typing import Any
from uuid import UUID

from casework.access.caller import Caller
from casework.access.visibility import sees_clock
from casework.program import Context
from casework.shown import Shown
from domain.acts.kinds import CaseKind
from domain.case import Case, CaseState
from domain.clock import Clock, shown_state
from domain.intake.numbering import number_text


class DeadlineBrief(Shown, frozen=True):
    """A clock in short."""

    rule: str
    keys: tuple[str, ...]
    party: str
    due_at: datetime | None
    state: str


class CaseBrief(Shown, frozen=True):
    """A case without its deadlines."""

    case_id: UUID
    kind: CaseKind
    scheme: str
    city: str
    district: str | None
    number: str | None
    """联合报装编号 or 编号, as the city's form prints it; a case gets it with the act that the plan names."""
    subject: str | None
    state: CaseState
    opened_at: datetime
    parties: tuple[str, ...]
    version: int


class CaseShown(CaseBrief, frozen=True):
    """A case with its deadlines, and what is doubtful about its data where it was just opened."""

    deadlines: tuple[DeadlineBrief, ...]
    doubts: tuple[str, ...] = ()


def number_of(context: Context, case: Case) -> str | None:
    """Write the running number as the city's form prints it."""
    book = context.books.get(case.scheme)
    return None if case.number is None or book is None else number_text(book.scheme, case.year, case.number)


def _brief(context: Context, case: Case) -> dict[str, Any]:
    return {
        "case_id": case.case_id,
        "kind": case.kind,
        "scheme": case.scheme,
        "city": case.city,
        "district": case.district,
        "number": number_of(context, case),
        "subject": case.subject,
        "state": case.state,
        "opened_at": case.opened_at,
        "parties": case.parties,
        "version": case.version,
    }


def case_brief(context: Context, case: Case) -> CaseBrief:
    """Show a case as a list does."""
    return CaseBrief(**_brief(context, case))


def case_shown(
    context: Context, case: Case, clocks: tuple[Clock, ...] | list[Clock], caller: Caller, doubts: tuple[str, ...] = ()
) -> CaseShown:
    now, book = context.now, context.book(case.scheme)
    deadlines = tuple(
        DeadlineBrief(clock.rule, clock.keys, clock.party, clock.due, state_for(caller, clock, now))
        for clock in clocks
        if not clock.counted and sees_clock(caller, book, clock)
    )
    return CaseShown(**_brief(context, case), deadlines=deadlines, doubts=doubts)


def state_for(caller: Caller, clock: Clock, now: datetime) -> str:
    """Name a clock's state; what was missed is no portal's to see."""
    state = shown_state(clock, now)
    if caller.role != "portal":
        return state
    return {"breached": "running", "late": "ended", "met": "ended"}.get(state, state)
