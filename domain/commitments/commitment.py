"""年度承诺: what stands of a utility's yearly commitment to a department, from its ledger; it judges no works by itself."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, TypeVar
from uuid import UUID

from msgspec import Struct

from domain.acts import Acted
from domain.acts.enforcement.supervision import (
    CommitmentRestored,
    CommitmentSigned,
    CommitmentSuspended,
    ContractorEntrusted,
    DefectFound,
    InspectionHeld,
    OfficerNamed,
    StandardPublished,
)
from domain.case import CaseState
from domain.documents import named_by_none
from domain.ledger import Entry
from domain.works.places import one_place

A = TypeVar("A", bound=Acted)
CommitmentState = Literal["in-force", "suspended", "ended"]


class Commitment(Struct, frozen=True, kw_only=True):
    """One commitment; each act with its entry, in the order in which they happened."""

    signed: tuple[Entry, CommitmentSigned]
    state: CommitmentState
    standard: StandardPublished | None
    """What it rests on, where that has been published."""
    contractors: tuple[tuple[Entry, ContractorEntrusted], ...]
    officers: tuple[tuple[Entry, OfficerNamed], ...]
    """Everybody who was named, the first first; of each party the last is in office."""
    inspections: tuple[tuple[Entry, InspectionHeld], ...]
    defects: tuple[tuple[Entry, DefectFound], ...]
    """Those that no later inspection has found mended."""
    documents: tuple[UUID, ...]
    """The signed paper and what goes with it: uploaded once the case is open, and named by no other act of it."""


def commitment_of(entries: Sequence[Entry], state: CaseState, year: int, standards: Iterable[StandardPublished] = ()) -> Commitment:
    """Put together what stands; `year` is the local year of the day on which one looks, `standards` the department's others."""
    signed = _each(entries, CommitmentSigned)[0]
    return Commitment(
        signed=signed,
        state="ended" if state != "open" or signed[1].year < year else "suspended" if is_suspended(entries) else "in-force",
        standard=standard_of(entries, standards),
        contractors=_each(entries, ContractorEntrusted),
        officers=_each(entries, OfficerNamed),
        inspections=_each(entries, InspectionHeld),
        defects=open_defects(entries),
        documents=named_by_none(entries),
    )


def is_suspended(entries: Iterable[Entry]) -> bool:
    """Say whether the commitment's last word is that it is suspended: no works go under it meanwhile."""
    steps = [entry for entry in entries if isinstance(entry.act, CommitmentSuspended | CommitmentRestored)]
    last = max(steps, key=_order, default=None)
    return last is not None and isinstance(last.act, CommitmentSuspended)


def standard_of(entries: Iterable[Entry], standards: Iterable[StandardPublished] = ()) -> StandardPublished | None:
    """Find the standard that the commitment names by its version: the last published here, else elsewhere by its department."""
    entries = tuple(entries)
    named = [act for _, act in _each(entries, CommitmentSigned)]
    published = [*standards, *(act for _, act in _each(entries, StandardPublished))]
    fits = [one for one in published if any(_is(one, act) for act in named)]
    return fits[-1] if fits else None


def _is(standard: StandardPublished, signed: CommitmentSigned) -> bool:
    """Say whether a commitment means this standard: its version, or its title with it."""
    if standard.department != signed.department:
        return False
    meant = one_place(signed.standard)
    return meant in {one_place(standard.version), one_place(f"{standard.title or ''}{standard.version}")}


def open_defects(entries: Sequence[Entry]) -> tuple[tuple[Entry, DefectFound], ...]:
    """Give the defects that no later inspection has found mended: their item met, or, without an item, everything met."""
    inspections = _each(entries, InspectionHeld)
    return tuple(
        (entry, defect)
        for entry, defect in _each(entries, DefectFound)
        if not any(_order(later) > _order(entry) and _mends(act, defect) for later, act in inspections)
    )


def _mends(inspection: InspectionHeld, defect: DefectFound) -> bool:
    looked = [one for one in inspection.checked if defect.item in {None, one.item}]
    return bool(looked) and all(one.met for one in looked)


def found_unmet(entries: Iterable[Entry], defect: DefectFound) -> bool:
    """Say whether an inspection, the one that is named where one is, did not find what is said to be defective met."""
    held = [act for entry, act in _each(entries, InspectionHeld) if defect.inspected_seq in {None, entry.seq}]
    return any(not one.met for act in held for one in act.checked if defect.item in {None, one.item})


def _each(entries: Iterable[Entry], kind: type[A]) -> tuple[tuple[Entry, A], ...]:
    found = [(entry, entry.act) for entry in entries if isinstance(entry.act, kind)]
    return tuple(sorted(found, key=lambda one: _order(one[0])))


def _order(entry: Entry) -> tuple[datetime, int]:
    return entry.occurred_at, entry.seq
