"""The acts of an approval held to one another: one opinion on one submission, and nothing that contradicts what stands."""

import pytest

from domain.acts import Acted
from domain.acts.connection import (
    ApplicationPushed,
    AppointmentAgreed,
    AppointmentChanged,
    ApprovalNotNeeded,
    CommitmentNotified,
    MaterialsRefused,
    MaterialsSubmitted,
    MaterialsSupplemented,
    SignoffGiven,
    WorksStarted,
)
from domain.acts.enforcement.audit import SuspicionRaised
from domain.acts.parts import Deferred
from domain.recording.recording import Recorded
from domain.refusals import AlreadyDone, Malformed, OutOfOrder, Refusal
from tests.domain.desk import Desk, applied, commitment, joint, signed
from tests.domain.journeys.jingmen import agreed, changed
from tests.domain.stories import accepted, opened, shanghai, surveyed

WATER, PARKS, PLANNERS = "jm-water", "jm-cgw", "jm-zgj"


def handed_in(*deferred: str, department: str = PARKS) -> MaterialsSubmitted:
    named = tuple(Deferred(document=one, due_on=shanghai("2026-11-20 00:00").date()) for one in deferred)
    return MaterialsSubmitted(utility=WATER, department=department, deferred=named)


def refused(noticed: str | None) -> MaterialsRefused:
    return MaterialsRefused(utility=WATER, department=PARKS, reason="图纸不符", noticed_at=shanghai(noticed) if noticed else None)


def spared() -> ApprovalNotNeeded:
    return ApprovalNotNeeded(utility=WATER, department=PARKS, reason="不占道")


def outcome(word: str) -> SignoffGiven:
    return SignoffGiven(utility=WATER, department=PARKS, outcome=word, opinion="意见", signatory="李")  # type: ignore[arg-type]  # either word


def refusal(desk: Desk, act: Acted, by: str, at: str, kind: type[Refusal]) -> str:
    with pytest.raises(kind) as told:
        desk.records(act, by=by, at=at)
    return told.value.message


def suspected(recorded: Recorded) -> list[str]:
    return [one.act.about for one in recorded.entries if isinstance(one.act, SuspicionRaised)]


def test_an_opinion_is_given_once_and_again_on_new_materials() -> None:
    desk = joint()
    desk.records(outcome("rejected"), by=PARKS, at="2026-11-16 11:00")
    assert "a new one follows new materials" in refusal(desk, signed(), PARKS, "2026-11-16 11:05", AlreadyDone)
    desk.records(handed_in(), by=WATER, at="2026-11-16 15:00")
    desk.records(signed(), by=PARKS, at="2026-11-16 16:00")
    # the new submission has its own three working days: Thursday's close
    assert [(clock.state, clock.start_seq) for clock in desk.story.clocks("joint-approval")] == [("met", 7), ("met", 9)]


def test_refused_materials_are_signed_only_once_they_come_again() -> None:
    desk = joint()
    desk.records(refused("2026-11-16 11:00"), by=PARKS, at="2026-11-16 11:00")
    assert desk.story.state("joint-approval") == "void"
    assert "an opinion follows new materials" in refusal(desk, signed(), PARKS, "2026-11-16 11:30", OutOfOrder)
    assert "refused these materials" in refusal(desk, refused("2026-11-16 11:30"), PARKS, "2026-11-16 11:30", AlreadyDone)
    desk.records(handed_in(), by=WATER, at="2026-11-16 15:00")
    desk.records(signed(), by=PARKS, at="2026-11-16 16:00")
    assert "cannot be refused any more" in refusal(desk, refused("2026-11-16 17:00"), PARKS, "2026-11-16 17:00", AlreadyDone)


def test_a_refusal_without_its_notice_is_none_and_one_that_came_too_late_leaves_the_opinion_owed() -> None:
    desk = joint()
    desk.records(refused(None), by=PARKS, at="2026-11-16 11:00")
    desk.records(signed(), by=PARKS, at="2026-11-16 11:30")
    late = joint()
    # five working days from Monday 16 November end with Monday 23 November; the notice comes on Tuesday
    late.records(refused("2026-11-24 10:00"), by=PARKS, at="2026-11-24 10:00")
    late.records(signed(), by=PARKS, at="2026-11-24 11:00")
    assert late.story.state("joint-approval") == "late"


def test_nothing_is_signed_where_no_permit_is_needed_until_it_is_opened_again() -> None:
    desk = joint()
    desk.records(spared(), by=PARKS, at="2026-11-16 11:00")
    assert "needs no permit" in refusal(desk, signed(), PARKS, "2026-11-16 11:30", OutOfOrder)
    assert "recorded already" in refusal(desk, spared(), PARKS, "2026-11-16 11:30", AlreadyDone)
    desk.records(opened((WATER, PARKS)), by="jm-spj", at="2026-11-16 15:00")
    desk.records(signed(), by=PARKS, at="2026-11-16 16:00")
    assert "cannot say now that none was needed" in refusal(desk, spared(), PARKS, "2026-11-16 17:00", AlreadyDone)


def test_a_supplement_is_named_as_it_was_deferred() -> None:
    desk = applied()
    desk.records(surveyed("jm-spj", WATER), by="jm-spj", at="2026-11-16 09:10")
    desk.records(opened((WATER, PARKS)), by="jm-spj", at="2026-11-16 09:20")
    desk.records(handed_in("施工图"), by=WATER, at="2026-11-16 10:00")
    wrong = MaterialsSupplemented(utility=WATER, department=PARKS, documents=("图纸",))
    assert "图纸 was not deferred" in refusal(desk, wrong, WATER, "2026-11-17 10:00", Malformed)
    desk.records(MaterialsSupplemented(utility=WATER, department=PARKS, documents=("施工图",)), by=WATER, at="2026-11-17 10:00")
    assert desk.story.state("deferred-document") == "met"


def test_materials_for_a_department_that_was_not_opened_are_marked() -> None:
    desk = applied(WATER, "jm-gas")
    desk.records(surveyed("jm-spj", WATER, "jm-gas"), by="jm-spj", at="2026-11-16 09:10")
    desk.records(opened((WATER, PARKS), ("jm-gas", PLANNERS)), by="jm-spj", at="2026-11-16 09:20")
    assert suspected(desk.records(handed_in(), by=WATER, at="2026-11-16 10:00")) == []
    assert suspected(desk.records(handed_in(department=PLANNERS), by=WATER, at="2026-11-16 10:00")) == ["out-of-order"]


def test_opening_an_approval_without_works_is_told() -> None:
    desk = applied()
    desk.records(surveyed("jm-spj", WATER, needed=False), by="jm-spj", at="2026-11-16 09:10")
    made = desk.records(opened((WATER, PARKS)), by="jm-spj", at="2026-11-16 09:20")
    assert made.doubts == ("the survey found no off-site works of jm-water: 没有外线工程，不设审批环节",)


def test_works_that_start_before_every_department_approved_are_a_question() -> None:
    desk = joint()
    desk.records(opened((WATER, PLANNERS), ("jm-gas", PARKS)), by="jm-spj", at="2026-11-16 10:30")
    desk.records(signed(), by=PARKS, at="2026-11-16 11:00")
    started = desk.records(WorksStarted(utility=WATER), by=WATER, at="2026-11-16 12:00")
    assert suspected(started) == ["works-before-approval"]
    assert getattr(started.entries[1].act, "seqs", None) == (10, 8)
    planners = ApprovalNotNeeded(utility=WATER, department=PLANNERS, reason="不涉及")
    desk.records(planners, by=PLANNERS, at="2026-11-16 14:00")
    assert suspected(desk.records(WorksStarted(utility=WATER), by=WATER, at="2026-11-16 15:00")) == []


def test_works_that_start_on_a_rejection_are_a_question_too() -> None:
    desk = applied()
    desk.records(surveyed("jm-spj", WATER, metres=100, does=["pavement-excavation"]), by="jm-spj", at="2026-11-16 09:10")
    notice = CommitmentNotified(utility=WATER, departments=(PARKS,), commitment="c")
    desk.records(notice, by=WATER, at="2026-11-16 09:20", commitments=[commitment(WATER, PARKS, 2026)])
    desk.records(outcome("rejected"), by=PARKS, at="2026-11-16 09:30")
    assert suspected(desk.records(WorksStarted(utility=WATER), by=WATER, at="2026-11-16 10:00")) == ["works-before-approval"]


def confirmed(desk: Desk, act: AppointmentAgreed | AppointmentChanged, by: str, at: str) -> list[str]:
    return suspected(desk.records(act, by=by, at=at))


def test_a_customers_choice_that_the_company_tells_itself_is_a_question_where_it_releases_it() -> None:
    desk = applied()
    first = agreed("2026-11-18 09:00", "2026-11-18 11:00")
    assert confirmed(desk, first, WATER, "2026-11-16 10:00") == []
    later = changed("2026-11-25 09:00", "2026-11-25 11:00")
    assert confirmed(desk, later, WATER, "2026-11-17 10:00") == ["choice-told-by-debtor"]
    again = changed("2026-11-26 09:00", "2026-11-26 11:00")
    assert confirmed(desk, again, "jm-spj", "2026-11-18 10:00") == []
    own = changed("2026-11-27 09:00", "2026-11-27 11:00", by="utility")
    assert confirmed(desk, own, WATER, "2026-11-19 10:00") == []


def test_an_appointment_within_the_half_day_releases_nobody() -> None:
    from domain.acts.connection import AccessConfirmed  # noqa: PLC0415 -- of this test alone

    for day, told in (("2026-11-16 11:00", []), ("2026-11-18 09:00", ["choice-told-by-debtor"])):
        desk = Desk()
        desk.opens(accepted(WATER), by="jm-spj", at="2026-11-16 09:00")
        desk.records(ApplicationPushed(utilities=(WATER,)), by="jm-spj", at="2026-11-16 09:05")
        desk.records(AccessConfirmed(utility=WATER), by=WATER, at="2026-11-16 09:10")
        # half a working day from 09:10 ends at 15:10
        assert confirmed(desk, agreed(day, day.replace(":00", ":30")), WATER, "2026-11-16 09:20") == told
