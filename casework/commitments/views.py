"""Inspections and defects as they are shown."""

from datetime import datetime
from uuid import UUID

from casework.shown import Shown
from domain.acts.enforcement.supervision import DefectFound, InspectionHeld
from domain.ledger import Entry


class CheckedShown(Shown, frozen=True):
    """One item of the standard as it was found."""

    item: int
    met: bool
    remark: str | None


class DefectShown(Shown, frozen=True):
    """What fell short of the commitment."""

    seq: int
    found_at: datetime
    item: int | None
    text: str
    inspected_seq: int | None


class InspectionShown(Shown, frozen=True):
    """One inspection."""

    case_id: UUID
    seq: int
    held_at: datetime
    held_by: str
    """The party that wrote it down."""
    utility: str
    department: str
    project: str | None
    place: str | None
    inspectors: tuple[str, ...]
    checked: tuple[CheckedShown, ...]
    unmet: int
    documents: tuple[UUID, ...]
    defects: tuple[DefectShown, ...] = ()
    """Those that name this inspection."""


def inspection_shown(entry: Entry, act: InspectionHeld) -> InspectionShown:
    """Show an inspection without the defects that name it."""
    return InspectionShown(
        case_id=entry.case_id,
        seq=entry.seq,
        held_at=entry.occurred_at,
        held_by=entry.actor.party,
        utility=act.utility,
        department=act.department,
        project=act.project,
        place=act.place,
        inspectors=act.inspectors,
        checked=tuple(CheckedShown(one.item, one.met, one.remark) for one in act.checked),
        unmet=sum(not one.met for one in act.checked),
        documents=act.documents,
    )


def defect_shown(entry: Entry, act: DefectFound) -> DefectShown:
    """Show a defect."""
    return DefectShown(entry.seq, entry.occurred_at, act.item, act.text, act.inspected_seq)
