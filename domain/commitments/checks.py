"""What the acts of a yearly commitment must be true to: its own two parties, its standard's items, an inspection behind each defect."""

from typing import Any

from domain.acts import Acted, tag_of
from domain.acts.enforcement.supervision import (
    CommitmentRestored,
    CommitmentSuspended,
    ContractorEntrusted,
    DefectFound,
    InspectionHeld,
    OfficerNamed,
    StandardPublished,
)
from domain.cases.context import ActContext
from domain.cases.handlers import checks
from domain.cases.impartiality import check_commitment
from domain.cases.legal_basis import check_basis
from domain.commitments.commitment import found_unmet, is_suspended, standard_of
from domain.refusals import AlreadyDone, Malformed, NotAllowed, OutOfOrder
from words import all_of, listed, sentence


def check_parties_of(asked: ActContext, act: Acted) -> None:
    """Let its own parties alone write of a commitment, but for inspectors, who look at every one."""
    if asked.actor.role != "inspector":
        check_commitment(asked.case, asked.actor, act)


checks(StandardPublished, ContractorEntrusted)(check_parties_of)


@checks(CommitmentSuspended, CommitmentRestored)
def check_eligibility(asked: ActContext, act: CommitmentSuspended | CommitmentRestored) -> None:
    """Suspend or restore eligibility by the commitment's department alone, and only on a law that is named with its article."""
    check_parties_of(asked, act)
    check_basis(act.basis, "basis")
    suspended = is_suspended(asked.entries)
    if suspended is (tag_of(act) == "commitment.suspended"):
        message = (
            sentence("the commitment is suspended already")
            if suspended
            else sentence("the commitment is not suspended; there is nothing to restore")
        )
        raise AlreadyDone(message, act=tag_of(act))


@checks(OfficerNamed)
def check_officer(asked: ActContext, act: OfficerNamed) -> None:
    """Name an officer for one of the two parties of the commitment."""
    parties = (asked.case.subject or "").split("|")[:2]
    if act.party not in parties:
        message = sentence(
            "the commitment is between {parties}; {party} is no party of this commitment", parties=all_of(parties), party=act.party
        )
        raise NotAllowed(message, act=tag_of(act))


@checks(InspectionHeld)
def check_inspection(asked: ActContext, act: InspectionHeld) -> None:
    """Inspect the works of this commitment's utility, by the items that its standard has."""
    check_parties_of(asked, act)
    _check_about(asked, act)
    items = [one.item for one in act.checked]
    if len(set(items)) != len(items):
        message = sentence("an item of the standard is checked twice in one inspection; say once what was found")
        raise Malformed(message, field="checked")
    _check_items(asked, items, "checked")


@checks(DefectFound)
def check_defect(asked: ActContext, act: DefectFound) -> None:
    """Find a defect where an inspection did not find the item met."""
    check_parties_of(asked, act)
    _check_about(asked, act)
    _check_items(asked, [] if act.item is None else [act.item], "item")
    if not found_unmet(asked.entries, act):
        what = sentence("something") if act.item is None else sentence("item {item}", item=act.item)
        where = (
            sentence("no inspection here")
            if act.inspected_seq is None
            else sentence("entry {seq} is no inspection that", seq=act.inspected_seq)
        )
        message = sentence(
            "{where} found {what} not met; a defect rests on an inspection: record inspection.held first", where=where, what=what
        )
        raise OutOfOrder(message, missing=["inspection.held"])
    _refuse_second(asked, act)


def _refuse_second(asked: ActContext, act: DefectFound) -> None:
    """What one inspection found unmet is one defect: written twice, it would be ordered twice, and two orders lead to an interview."""
    rests_on = max((one.occurred_at, one.seq) for one in asked.entries if found_unmet([one], act))
    for entry in asked.entries:
        if _is_same(entry.act, act) and (entry.occurred_at, entry.seq) > rests_on:
            message = sentence(
                "entry {seq} is this defect already, and no inspection since has found it unmet again; order its rectification",
                seq=entry.seq,
            )
            raise AlreadyDone(message, defectSeq=entry.seq)


def _is_same(one: Acted, act: DefectFound) -> bool:
    """One item of the standard is one defect; without an item the words tell."""
    if not isinstance(one, DefectFound) or one.item != act.item:
        return False
    return act.item is not None or one.text == act.text


def _check_about(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- an inspection or a defect
    utility, department = (asked.case.subject or "|").split("|")[:2]
    if (act.utility, act.department) != (utility, department):
        message = sentence(
            "this is the commitment of {utility} to {department}, not of {named_utility} to {named_department}",
            utility=utility,
            department=department,
            named_utility=act.utility,
            named_department=act.department,
        )
        raise Malformed(message, field="utility" if act.utility != utility else "department")


def _check_items(asked: ActContext, items: list[int], field: str) -> None:
    standard = standard_of(asked.entries, asked.standards)
    if standard is None or not standard.items:
        return
    beyond = sorted(item for item in items if item > len(standard.items))
    if beyond:
        message = sentence(
            "the standard {version} has {count} items; there is no item {beyond}",
            version=standard.version,
            count=len(standard.items),
            beyond=listed(beyond),
        )
        raise Malformed(message, field=field)
