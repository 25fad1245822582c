"""What stands of a yearly commitment: its standard, its officers, its inspections, and the defects that are still open."""

from uuid import UUID

import pytest

from domain.acts import Acted
from domain.acts.enforcement.supervision import (
    Checked,
    CommitmentRestored,
    CommitmentSigned,
    CommitmentSuspended,
    ContractorEntrusted,
    DefectFound,
    InspectionHeld,
    OfficerNamed,
    StandardPublished,
)
from domain.acts.fact import DocumentAttached
from domain.commitments.commitment import commitment_of, is_suspended
from domain.ledger import Entry
from domain.refusals import AlreadyDone, Malformed, NotAllowed, OutOfOrder
from tests.domain.desk import Desk

WATER, PARKS = "jm-water", "jm-cgw"


def standard(*items: str, version: str = "2026 版", department: str = PARKS, title: str | None = None) -> StandardPublished:
    return StandardPublished(department=department, version=version, items=items, title=title)


def inspected(*found: tuple[int, bool]) -> InspectionHeld:
    checked = tuple(Checked(item=item, met=met) for item, met in found)
    return InspectionHeld(department=PARKS, utility=WATER, inspectors=("赵四",), checked=checked)


def defect(item: int | None = None, seq: int | None = None) -> DefectFound:
    return DefectFound(department=PARKS, utility=WATER, item=item, text="路面沉降", inspected_seq=seq)


def uploaded(document: UUID, name: str) -> DocumentAttached:
    return DocumentAttached(document_id=document, name=name, media_type="application/pdf", size=9, sha256="0" * 64)


@pytest.fixture
def desk() -> Desk:
    """A commitment for 2026, signed in January."""
    made = Desk()
    signed = CommitmentSigned(utility=WATER, department=PARKS, year=2026, standard="2026版", document="告知承诺书")
    made.opens(signed, by=WATER, at="2026-01-05 09:00")
    return made


def days(desk: Desk, *acts: tuple[str, Acted]) -> None:
    for number, (by, act) in enumerate(acts):
        desk.records(act, by=by, at=f"2026-03-{number + 2:02d} 10:00")


def entries(desk: Desk) -> list[Entry]:
    return desk.story.entries


def test_the_signed_paper_is_what_was_uploaded_to_its_case_and_belongs_to_no_other_act(desk: Desk) -> None:
    paper, contract = UUID(int=1), UUID(int=2)
    days(desk, (WATER, uploaded(paper, "承诺书.pdf")), (WATER, uploaded(contract, "合同.pdf")))
    assert commitment_of(entries(desk), "open", 2026).documents == (paper, contract)
    days(desk, (WATER, ContractorEntrusted(contractor="某某管道工程公司", documents=(contract,))))
    assert commitment_of(entries(desk), "open", 2026).documents == (paper,)


def test_a_commitment_is_in_force_for_its_year_unless_it_is_suspended_or_closed(desk: Desk) -> None:
    assert commitment_of(entries(desk), "open", 2026).state == "in-force"
    assert commitment_of(entries(desk), "open", 2027).state == "ended"
    assert commitment_of(entries(desk), "closed", 2026).state == "ended"
    days(desk, (PARKS, CommitmentSuspended(basis="《某某条例》第九条")))
    assert commitment_of(entries(desk), "open", 2026).state == "suspended"
    desk.records(CommitmentRestored(basis="《某某条例》第十条"), by=PARKS, at="2026-04-01 10:00")
    assert not is_suspended(entries(desk))


def test_the_standard_is_the_one_that_the_commitment_names(desk: Desk) -> None:
    assert commitment_of(entries(desk), "open", 2026).standard is None
    elsewhere = [standard("甲"), standard(version="2025 版"), standard(department="jm-zgj")]
    assert commitment_of(entries(desk), "open", 2026, elsewhere).standard == elsewhere[0]
    here = standard("乙", version="版", title="2026")
    days(desk, (PARKS, here))
    assert commitment_of(entries(desk), "open", 2026, elsewhere).standard == here


def test_every_officer_and_contractor_that_was_named_is_kept(desk: Desk) -> None:
    days(
        desk,
        (WATER, OfficerNamed(party=WATER, name="王一")),
        (PARKS, OfficerNamed(party=PARKS, name="陈三")),
        (WATER, OfficerNamed(party=WATER, name="王二")),
        (WATER, ContractorEntrusted(contractor="某公司")),
    )
    stands = commitment_of(entries(desk), "open", 2026)
    assert [act.name for _, act in stands.officers] == ["王一", "陈三", "王二"]
    assert [act.contractor for _, act in stands.contractors] == ["某公司"]


def test_a_defect_is_open_until_an_inspection_finds_it_mended(desk: Desk) -> None:
    days(desk, (PARKS, inspected((1, False), (2, True))), (PARKS, defect(1, 2)), (PARKS, defect()), (PARKS, inspected((2, True))))
    # the last inspection met everything that it looked at, and did not look at item 1
    assert [act.item for _, act in commitment_of(entries(desk), "open", 2026).defects] == [1]
    desk.records(inspected((1, True)), by=PARKS, at="2026-04-01 10:00")
    assert commitment_of(entries(desk), "open", 2026).defects == ()


def test_an_inspection_names_items_that_the_standard_has(desk: Desk) -> None:
    desk.records(inspected((9, True)), by=PARKS, at="2026-03-01 10:00")
    with pytest.raises(Malformed, match="has 1 items; there is no item 2, 3"):
        desk.records(inspected((1, True), (3, True), (2, True)), by=PARKS, at="2026-03-02 10:00", standards=[standard("甲")])
    days(desk, (PARKS, standard("甲", "乙")))
    desk.records(inspected((2, True)), by=PARKS, at="2026-03-04 10:00")
    with pytest.raises(Malformed, match="checked twice"):
        desk.records(inspected((2, True), (2, False)), by=PARKS, at="2026-03-04 10:00")
    with pytest.raises(Malformed, match="there is no item 3"):
        desk.records(defect(3), by=PARKS, at="2026-03-04 10:00")


def test_a_defect_rests_on_an_inspection_that_did_not_find_the_item_met(desk: Desk) -> None:
    with pytest.raises(OutOfOrder):
        desk.records(defect(1), by=PARKS, at="2026-03-01 10:00")
    days(desk, (PARKS, inspected((1, True), (2, False))))
    with pytest.raises(OutOfOrder, match="no inspection here found item 1 not met"):
        desk.records(defect(1), by=PARKS, at="2026-03-05 10:00")
    with pytest.raises(OutOfOrder, match="entry 1 is no inspection that found something not met"):
        desk.records(defect(None, 1), by=PARKS, at="2026-03-05 10:00")
    desk.records(defect(2, 2), by=PARKS, at="2026-03-05 10:00")


def test_a_commitment_is_written_of_by_its_own_parties_and_inspected_by_inspectors_too(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="is no party of this commitment"):
        desk.records(standard(department="jm-zgj"), by="jm-zgj", at="2026-03-01 10:00")
    with pytest.raises(NotAllowed, match="is no party of this commitment"):
        desk.records(OfficerNamed(party="jm-gas", name="某"), by="jm-gas", at="2026-03-01 10:00")
    desk.records(inspected((1, True)), by="jm-zjj", at="2026-03-01 10:00")
    other = InspectionHeld(department=PARKS, utility="jm-gas", inspectors=("赵四",))
    with pytest.raises(Malformed, match="commitment of jm-water to jm-cgw, not of jm-gas to jm-cgw"):
        desk.records(other, by=PARKS, at="2026-03-01 10:00")
    with pytest.raises(Malformed, match="not of jm-water to jm-zgj"):
        desk.records(InspectionHeld(department="jm-zgj", utility=WATER, inspectors=("赵四",)), by="jm-zjj", at="2026-03-01 10:00")


def test_what_one_inspection_found_unmet_is_one_defect(desk: Desk) -> None:
    """Written twice it would be ordered twice, and two orders are what an interview takes."""
    days(desk, (PARKS, inspected((1, False), (2, False))), (PARKS, defect(1)), (PARKS, defect(2)), (PARKS, defect()))
    for again in (defect(1), defect(1, 2), defect(2), defect()):
        with pytest.raises(AlreadyDone, match="is this defect already"):
            desk.records(again, by=PARKS, at="2026-03-06 10:00")
    other = DefectFound(department=PARKS, utility=WATER, text="没有围挡")
    desk.records(other, by=PARKS, at="2026-03-06 10:00")
    desk.records(inspected((1, False), (2, True)), by=PARKS, at="2026-03-09 10:00")
    desk.records(defect(1), by=PARKS, at="2026-03-09 11:00")
    with pytest.raises(AlreadyDone, match="is this defect already"):
        desk.records(defect(2), by=PARKS, at="2026-03-09 11:00")


def test_a_commitment_is_suspended_and_restored_once_each_in_turn(desk: Desk) -> None:
    law = "《某某条例》第九条"
    desk.records(CommitmentSuspended(basis=law), by=PARKS, at="2026-03-02 10:00")
    with pytest.raises(AlreadyDone, match="is suspended already"):
        desk.records(CommitmentSuspended(basis=law), by=PARKS, at="2026-03-02 11:00")
    desk.records(CommitmentRestored(basis=law), by=PARKS, at="2026-03-03 10:00")
    with pytest.raises(AlreadyDone, match="is not suspended"):
        desk.records(CommitmentRestored(basis=law), by=PARKS, at="2026-03-03 11:00")
