"""How a case of supervision is shown: its steps with what came of each, its clock, and the next rung; reads nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from casework.program import Context
from casework.shown import Shown
from domain.acts import tag_of
from domain.acts.enforcement.audit import StepProposed
from domain.case import Case, CaseState
from domain.clock import Clock, shown_state
from domain.ledger import Entry
from domain.printing.gathering import acts_of, printed_forms
from domain.schemes.rulebook import Rulebook
from domain.supervision.next_step import Next, Rung, next_rung
from domain.supervision.state import InPlace, due_of, in_place, order_of

STEPS = (
    "rectification.ordered",
    "rectification.reported",
    "rectification.judged",
    "interview.called",
    "interview.arranged",
    "interview.held",
    "penalty.referred",
    "referral.answered",
)
_WORDS = ("defect", "evidence", "reason", "grounds", "ground", "facts", "outcome")
_FACTS = ("due_on", "accepted", "held_for", "place", "contact", "attended", "authority", "law")


class Seen(NamedTuple):
    """A case as its reader sees it."""

    case: Case
    entries: Sequence[Entry]
    clocks: Sequence[Clock]
    others: Mapping[UUID, Sequence[Entry]]
    """The orders under the same commitments."""
    tells_next: bool
    """The reader may know which rung comes next, and what the auditor proposed."""


class StepShown(Shown, frozen=True, omit_defaults=True):
    """One step; what the step has not is left out."""

    seq: int
    act: str
    happened_at: datetime
    by: str
    text: str
    """The defect, the evidence, the grounds, the facts, or what came of it."""
    due_on: date | None = None
    accepted: bool | None = None
    held_for: datetime | None = None
    place: str | None = None
    contact: str | None = None
    attended: tuple[str, ...] | None = None
    """Nobody is an outcome too: then it is empty."""
    authority: str | None = None
    law: str | None = None
    findings: tuple[UUID, ...] = ()
    documents: tuple[UUID, ...] = ()
    printed: str | None = None
    """The notice or letter that can be printed of it: GET /v1/cases/{caseId}/printed/{printed}?seq={seq}."""


class LimitShown(Shown, frozen=True):
    """The clock of the order's day."""

    due_at: datetime | None
    state: str


class NextShown(Shown, frozen=True):
    """The rung that comes next, which a person takes or leaves."""

    rung: Rung
    ready: bool
    why_not: str | None
    clause: str
    assumption: str | None
    """What the scheme assumes where the plan is silent."""
    proposed_at: datetime | None
    """When the auditor proposed it."""
    proposed: str | None


class SupervisionShown(Shown, frozen=True):
    """An order with what followed, or an interview on another ground."""

    case_id: UUID
    kind: Literal["ladder", "arranged"]
    party: str
    party_name: str
    department: str
    department_name: str
    city: str
    scheme: str
    state: CaseState
    version: int
    opened_at: datetime
    commitment: UUID | None
    defect_seq: int | None
    limit: LimitShown | None
    rectification: InPlace | None
    steps: tuple[StepShown, ...]
    next: NextShown | None
    """Null where nothing more follows, or where it is not the reader's to know."""


def supervision_shown(context: Context, seen: Seen) -> SupervisionShown:
    """Show a case as it stands."""
    case, order = seen.case, order_of(seen.entries)
    book, now = context.book(case.scheme), context.now
    first: Any = seen.entries[0].act
    party, department = (first.utility, first.department) if order else (first.party, first.by)
    return SupervisionShown(
        case_id=case.case_id,
        kind="ladder" if order else "arranged",
        party=party,
        party_name=book.name_of(party),
        department=department,
        department_name=book.name_of(department),
        city=case.city,
        scheme=case.scheme,
        state=case.state,
        version=case.version,
        opened_at=case.opened_at,
        commitment=order.act.commitment if order else None,
        defect_seq=order.act.defect_seq if order else None,
        limit=next((LimitShown(one.due, shown_state(one, now)) for one in seen.clocks if order and one.party == party), None),
        rectification=in_place(seen.entries, due_of(order, seen.clocks), now) if order else None,
        steps=tuple(_step(book, entry) for entry in _in_order(seen.entries)),
        next=_next(book, seen, now) if seen.tells_next and case.state == "open" else None,
    )


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    return sorted((one for one in entries if tag_of(one.act) in STEPS), key=lambda one: (one.occurred_at, one.seq))


def _step(book: Rulebook, entry: Entry) -> StepShown:
    act: Any = entry.act
    said = {name: getattr(act, name, None) for name in _FACTS}
    return StepShown(
        seq=entry.seq,
        act=tag_of(act),
        happened_at=entry.occurred_at,
        by=entry.actor.party,
        text=next(getattr(act, name) for name in _WORDS if hasattr(act, name)),
        findings=tuple(one.finding_id for one in getattr(act, "findings", ())),
        documents=getattr(act, "documents", ()),
        printed=next((form for form in printed_forms(book.scheme) if tag_of(act) in acts_of(book.scheme, form)), None),
        **said,
    )


def _next(book: Rulebook, seen: Seen, now: datetime) -> NextShown | None:
    ladder = book.scheme.ladder
    coming = None if ladder is None else next_rung(ladder, seen.entries, seen.others, seen.clocks, now)
    if ladder is None or coming is None:
        return None
    proposed = _proposed(seen.entries, coming)
    return NextShown(
        rung=coming.rung,
        ready=coming.why_not is None,
        why_not=coming.why_not,
        clause=ladder.cite.clause,
        assumption=book.scheme.assumptions[ladder.assumes].text if ladder.assumes else None,
        proposed_at=proposed.occurred_at if proposed else None,
        proposed=getattr(proposed.act, "text", None) if proposed else None,
    )


def _proposed(entries: Sequence[Entry], coming: Next) -> Entry | None:
    step = {"interview.called": "interview", "penalty.referred": "referral"}.get(coming.rung)
    return next((one for one in entries if isinstance(one.act, StepProposed) and one.act.step == step), None)
