"""Journeys through Jingmen's approvals: by commitment, jointly, both at once; each answer is worked out by hand from the text.

16 November 2026 is a Monday; office hours are 08:30-12:00 and 14:30-18:00.
"""

from datetime import date
from typing import Literal

import pytest
from msgspec.structs import replace

from domain.acts.connection import (
    AcceptanceHeld,
    ApplicationPushed,
    ApprovalNotNeeded,
    ApprovalOpened,
    ApprovalPushed,
    CommitmentNotified,
    MaterialsSupplemented,
    PlanIssued,
    ResultReturned,
)
from domain.acts.parts import Approval, Deferred
from tests.domain.journeys.jingmen import (
    CITY,
    OFFICE,
    PARKS,
    PLANNERS,
    WATER,
    accept,
    handed_in,
    refused,
    signed,
)
from tests.domain.journeys.journeys import clocks, findings, is_disputed, journey
from tests.domain.stories import Story, accepted, opened, said, surveyed

# ── 行政审批 ──


def mixed() -> Story:
    """Parks by commitment, planners jointly: one survey, two ways for one company."""
    return journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 09:10", OFFICE, surveyed(OFFICE, WATER, metres=200, does=("pavement-excavation",))),
        ("2026-11-16 09:30", WATER, PlanIssued(utility=WATER)),
        ("2026-11-16 10:00", WATER, CommitmentNotified(utility=WATER, departments=(PARKS,), commitment="c")),
        ("2026-11-16 10:00", OFFICE, opened((WATER, PLANNERS))),
    )


def test_each_department_has_the_limit_of_the_way_that_its_permit_goes() -> None:
    story = mixed()
    assert clocks(story, "commitment-decision") == [(f"{WATER}/{PARKS}", "2026-11-16 10:30", "running")]
    assert clocks(story, "materials-submission") == [(f"{WATER}/{PLANNERS}", "2026-11-18 18:00", "running")]
    story.at("2026-11-16 10:25").does(signed(PARKS), by=PARKS)
    story.at("2026-11-16 10:30").does(ResultReturned(utility=WATER, department=PARKS), by=PARKS)
    story.at("2026-11-18 18:00").does(ApprovalPushed(utility=WATER, departments=(PLANNERS,)), by=WATER)
    story.at("2026-11-18 18:00").does(handed_in(PLANNERS), by=WATER)
    story.at("2026-11-23 18:00:01").does(signed(PLANNERS), by=PLANNERS)
    assert findings(story, "2026-11-23 18:10") == [("joint-approval", PLANNERS, "2026-11-23 18:00")]
    assert is_disputed(story, "joint-approval", "2026-11-23 18:10")


def test_a_decision_of_the_same_day_on_a_commitment_is_late_and_disputed() -> None:
    """Notified at 17:50: ten minutes, and twenty more, to 08:50; decided at 17:00. Read as “当日”, that day ends at 18:00."""
    story = journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 17:50", WATER, CommitmentNotified(utility=WATER, departments=(PARKS,), commitment="c")),
        ("2026-11-17 17:00", PARKS, signed()),
    )
    assert clocks(story, "commitment-decision") == [(f"{WATER}/{PARKS}", "2026-11-17 08:50", "late")]
    assert is_disputed(story, "commitment-decision", "2026-11-17 18:00")


def joint(*departments: str) -> Story:
    """Opened on Monday at ten: push and materials are due on Wednesday at six."""
    return journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 09:10", OFFICE, surveyed(OFFICE, WATER)),
        ("2026-11-16 09:30", WATER, PlanIssued(utility=WATER)),
        ("2026-11-16 10:00", OFFICE, opened(*((WATER, one) for one in departments))),
    )


def test_a_department_that_says_no_permit_is_needed_is_owed_neither_push_nor_materials() -> None:
    story = joint(PARKS, PLANNERS)
    story.at("2026-11-16 15:00").does(ApprovalNotNeeded(utility=WATER, department=PLANNERS, reason="不涉及规划"), by=PLANNERS)
    story.at("2026-11-17 10:00").does(ApprovalPushed(utility=WATER, departments=(PARKS,)), by=WATER)
    story.at("2026-11-17 10:00").does(handed_in(), by=WATER)
    story.at("2026-11-20 18:00").does(signed(), by=PARKS)
    story.at("2026-11-23 09:00").does(ResultReturned(utility=WATER, department=PARKS), by=PARKS)
    assert findings(story, "2026-12-01 10:00") == []


def test_where_no_department_needs_a_permit_nothing_has_to_be_pushed() -> None:
    story = joint(PARKS)
    story.at("2026-11-16 15:00").does(ApprovalNotNeeded(utility=WATER, department=PARKS, reason="不涉及"), by=PARKS)
    assert findings(story, "2026-12-01 10:00") == []


def test_a_push_is_owed_to_the_departments_that_were_opened_not_to_those_once_thought_of() -> None:
    """The window thought at first of parks and planners; after the survey only parks was opened."""
    thought = ApplicationPushed(utilities=(WATER,), departments=(PARKS, PLANNERS), approval_needed=True)
    story = journey(
        CITY,
        ("2026-11-16 09:00", OFFICE, accepted(WATER)),
        ("2026-11-16 09:00", OFFICE, thought),
        ("2026-11-16 10:00", OFFICE, opened((WATER, PARKS))),
        ("2026-11-17 10:00", WATER, ApprovalPushed(utility=WATER, departments=(PARKS,))),
    )
    assert clocks(story, "approval-push") == [(WATER, "2026-11-18 18:00", "met")]


def test_rejected_on_the_last_day_and_handed_in_again_the_three_days_run_anew() -> None:
    """Handed in on Tuesday, rejected on Friday at six: in time. Again on Monday the 23rd: to Thursday the 26th."""
    story = joint(PARKS)
    story.at("2026-11-17 10:00").does(handed_in(), by=WATER)
    story.at("2026-11-20 18:00").does(signed(outcome="rejected"), by=PARKS)
    story.at("2026-11-23 09:00").does(handed_in(), by=WATER)
    pair = f"{WATER}/{PARKS}"
    assert clocks(story, "joint-approval") == [(pair, "2026-11-20 18:00", "met"), (pair, "2026-11-26 18:00", "running")]


@pytest.mark.parametrize(
    ("noticed", "recorded", "state"),
    [
        ("2026-11-16 10:05", "2026-11-16 10:05", "void"),
        ("2026-11-23 18:00", "2026-11-23 18:00", "void"),
        ("2026-11-24 09:00", "2026-11-24 09:00", "late"),
        (None, "2026-11-16 10:05", "late"),
    ],
)
def test_a_refusal_needs_its_notice_within_five_working_days(noticed: str | None, recorded: str, state: str) -> None:
    """Art. 32: handed in on Monday, the fifth working day is Monday the 23rd; on the sixth, or without notice, it was accepted."""
    story = joint(PARKS)
    story.at("2026-11-16 10:00").does(handed_in(), by=WATER)
    story.at(recorded).does(refused(noticed), by=PARKS)
    story.at("2026-11-25 10:00").does(signed(), by=PARKS)
    assert clocks(story, "joint-approval") == [(f"{WATER}/{PARKS}", "2026-11-19 18:00", state)]


@pytest.mark.parametrize(("came", "state"), [("2026-11-21 18:00", "met"), ("2026-11-21 18:00:01", "late")])
def test_a_deferred_document_promised_for_a_saturday_is_due_on_that_saturday(came: str, state: str) -> None:
    """The day recorded is the day promised: it ends with its office hours and is not moved."""
    story = joint(PARKS)
    story.at("2026-11-16 11:00").does(handed_in(PARKS, Deferred(document="红线图", due_on=date(2026, 11, 21))), by=WATER)
    story.at(came).does(MaterialsSupplemented(utility=WATER, department=PARKS, documents=("红线图",)), by=WATER)
    assert clocks(story, "deferred-document") == [(f"{WATER}/{PARKS}/红线图", "2026-11-21 18:00", state)]


def test_a_result_signed_at_twenty_to_six_is_returned_by_twenty_to_nine() -> None:
    story = joint(PARKS)
    story.at("2026-11-16 11:00").does(handed_in(), by=WATER)
    story.at("2026-11-16 17:40").does(signed(), by=PARKS)
    assert clocks(story, "result-return") == [(f"{WATER}/{PARKS}", "2026-11-17 08:40", "running")]


def test_one_period_of_works_on_two_sheets_is_one_limit() -> None:
    """Parks by notice, planners jointly, both until the 30th: water's acceptance is missed once, not twice."""
    until = date(2026, 11, 30)
    story = journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 10:00", WATER, CommitmentNotified(utility=WATER, departments=(PARKS,), commitment="c", works_until=until)),
        ("2026-11-16 10:05", PARKS, signed(PARKS)),
        ("2026-11-16 10:10", PARKS, ResultReturned(utility=WATER, department=PARKS)),
        ("2026-11-16 11:00", OFFICE, ApprovalOpened(approvals=(Approval(utility=WATER, department=PLANNERS),), works_until=until)),
        ("2026-11-17 10:00", PLANNERS, signed(PLANNERS)),
        ("2026-12-01 09:00", WATER, AcceptanceHeld(utilities=(WATER,))),
    )
    assert clocks(story, "works-period") == [(WATER, "2026-11-30 18:00", "void"), (WATER, "2026-11-30 18:00", "late")]


@pytest.mark.parametrize(
    ("decided", "outcome", "stands"),
    [
        ("2026-11-30 18:00", "approved", (WATER, "2026-11-30 18:00", "late")),
        ("2026-11-30 18:00:01", "approved", (WATER, None, "met")),
        ("2026-11-20 10:00", "rejected", (WATER, None, "met")),
        (None, "approved", (WATER, None, "met")),
    ],
)
def test_nobody_is_late_with_works_that_were_not_permitted_by_their_day(
    decided: str | None, outcome: Literal["approved", "rejected"], stands: tuple[str, str | None, str]
) -> None:
    """四(三) 在规定时限内完成施工: without the permit there is nothing to build on; whoever decided late answers for that."""
    opened = ApprovalOpened(approvals=(Approval(utility=WATER, department=PARKS),), works_until=date(2026, 11, 30))
    steps = [*accept(WATER), ("2026-11-16 10:00", OFFICE, opened)]
    if decided:
        steps.append((decided, PARKS, replace(signed(PARKS), outcome=outcome)))
    steps.append(("2026-12-04 09:00", WATER, AcceptanceHeld(utilities=(WATER,))))
    story = journey(CITY, *steps)
    assert clocks(story, "works-period") == [stands]


def test_works_stand_still_until_they_are_permitted() -> None:
    opened = ApprovalOpened(approvals=(Approval(utility=WATER, department=PARKS),), works_until=date(2026, 11, 30))
    story = journey(CITY, *accept(WATER), ("2026-11-16 10:00", OFFICE, opened))
    assert clocks(story, "works-period") == [(WATER, None, "stopped")]
    story.at("2026-11-19 10:00").does(signed(PARKS), by=PARKS)
    assert clocks(story, "works-period") == [(WATER, "2026-11-30 18:00", "running")]
    assert ("works-period", WATER, "2026-11-30 18:00") in findings(story, "2026-12-01 12:00")


def test_at_the_turn_of_the_year_a_finding_says_that_its_day_is_not_known_yet() -> None:
    """Handed in on Friday, 25 December: the third working day is Wednesday the 30th, past the 28th, so provisional."""
    story = joint(PARKS)
    story.at("2026-12-25 10:00").does(handed_in(), by=WATER)
    found = next(one for one in story.swept("2026-12-31 10:00") if one.rule == "joint-approval")
    assert (said(found.due_at), found.provisional) == ("2026-12-30 18:00", True)
