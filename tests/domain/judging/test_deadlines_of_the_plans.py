"""Each deadline of the two plans: what starts it, who owes it, when it is due, and that its stop meets it to the second."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest

from domain.acts import Acted
from domain.acts.connection import (
    AcceptanceHeld,
    AccessConfirmed,
    ApplicationPushed,
    AppointmentAgreed,
    ApprovalOpened,
    ApprovalPushed,
    ChecklistReturned,
    CommitmentNotified,
    ConditionsDetermined,
    DemandPushed,
    DemandRegistered,
    MaterialsSubmitted,
    MaterialsSupplemented,
    OutreachMade,
    PlanIssued,
    ResultReturned,
    ServiceConnected,
    SignoffGiven,
)
from domain.acts.enforcement.process import FindingDecided, FindingObjected
from domain.acts.enforcement.supervision import (
    PeriodOpened,
    RectificationOrdered,
    RectificationReported,
    StatementChecked,
    StatementSubmitted,
)
from domain.acts.parts import Approval, Deferred
from domain.acts.service import (
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintReceived,
    EnquiryReceived,
    FeedbackGiven,
    MaterialsFoundIncomplete,
    MatterDone,
    MatterHandedOver,
    MatterRegistered,
    NoticeIssued,
)
from tests.domain.stories import Story, accepted, form, said, shanghai, surveyed

Told = tuple[str, str, Acted]
"""When, by whom, what."""


class DeadlineCase(NamedTuple):
    """One deadline: its obligation, rule and keys, whose and when due, what happened, and what stops it."""

    id: str
    rule: str
    keys: tuple[str, ...]
    party: str
    due: str
    acts: tuple[Told, ...]
    by: str
    stop: Callable[[str], Acted]


def signed(utility: str, department: str) -> SignoffGiven:
    return SignoffGiven(utility=utility, department=department, outcome="approved", opinion="同意", signatory="李")


def agreed(utility: str, day: str, ends: str | None = None) -> AppointmentAgreed:
    slot = shanghai(ends) if ends else None
    return AppointmentAgreed(utility=utility, appointed_for=shanghai(day), slot_ends_at=slot, chosen_by="customer", confirmed=True)


def deferring(utility: str, department: str) -> MaterialsSubmitted:
    later = Deferred(document="竣工图", due_on=date(2026, 11, 20))
    return MaterialsSubmitted(utility=utility, department=department, deferred=(later,))


def objection(party: str, decider: str) -> FindingObjected:
    return FindingObjected(finding_id=FOUND, party=party, text="当日已接入", addressed_to=decider)


def decision(by: str) -> FindingDecided:
    return FindingDecided(finding_id=FOUND, by=by, outcome="upheld", reason="台账与事实相符")


FOUND = UUID(int=7)
DW, DG, DJ, DZ = "dy-water", "dy-gas", "dy-jtj", "dy-zsj"
W, G, C, S = "jm-water", "jm-gas", "jm-cgw", "jm-spj"
DAYE: Told = ("2026-11-13 09:00", DZ, accepted(DW, DG))
JINGMEN: Told = ("2026-11-13 09:00", S, accepted(W, G))
ENQUIRY: Told = (
    "2026-11-16 10:00",
    W,
    EnquiryReceived(channel="窗口", receiver=W, class_="general", reason="类别", subject="进度"),
)
COMPLEX: Told = (
    "2026-11-16 10:00",
    W,
    EnquiryReceived(channel="窗口", receiver=W, class_="complex", reason="类别", subject="进度"),
)
REPORT: Told = (
    "2026-11-16 09:00",
    S,
    ComplaintReceived(form="report", channel="热线", about=W, business_environment=True, class_="complex", subject="收费"),
)
PERIOD: Told = (
    "2026-11-16 09:00",
    "jm-czj",
    PeriodOpened(utility=W, district="jm-dongbao", year=2026, half=2, due_on=date(2026, 12, 11)),
)
OPENED = ApprovalOpened(approvals=(Approval(utility=W, department=C),), works_until=date(2026, 12, 4))

CASES = (
    DeadlineCase("D-01", "outreach", (DW,), DW, "2026-11-17 18:00",
         (DAYE, ("2026-11-16 10:00", "dy-zgj", DemandPushed(utilities=(DW,)))), DW, lambda _: OutreachMade(utilities=(DW,))),
    DeadlineCase("D-02", "appointment-connection", (DW,), DW, "2026-11-19 18:00",
         (DAYE, ("2026-11-16 10:00", DW, agreed(DW, "2026-11-18 10:00"))), DW, lambda _: ServiceConnected(utility=DW)),
    DeadlineCase("D-03", "application-push", (), DZ, "2026-11-13 09:30", (DAYE,), DZ, lambda _: ApplicationPushed(utilities=(DW, DG))),
    DeadlineCase("D-04", "plan", (DW,), DW, "2026-11-18 18:00",
         (DAYE, ("2026-11-16 10:00", DZ, surveyed(DZ, DW)),
          ("2026-11-17 10:00", DW, ConditionsDetermined(utility=DW, met=True))), DW, lambda _: PlanIssued(utility=DW)),
    DeadlineCase("D-05", "commitment-decision", (DW, DJ), DJ, "2026-11-16 10:30",
         (DAYE, ("2026-11-16 10:00", DW, CommitmentNotified(utility=DW, departments=(DJ,), commitment="c"))),
         DJ, lambda _: signed(DW, DJ)),
    DeadlineCase("D-06", "materials-submission", (DW, DJ), DW, "2026-11-17 18:00",
         (DAYE, ("2026-11-16 10:00", DJ, ChecklistReturned(utility=DW, department=DJ))),
         DW, lambda _: MaterialsSubmitted(utility=DW, department=DJ)),
    DeadlineCase("D-07", "joint-approval", (DW, DJ), DJ, "2026-11-17 18:00",
         (DAYE, ("2026-11-16 10:00", DW, MaterialsSubmitted(utility=DW, department=DJ))), DJ, lambda _: signed(DW, DJ)),
    DeadlineCase("D-08", "demand-push", (), "dy-zgj", "2026-11-16 10:30",
         (("2026-11-16 10:00", "dy-zgj", DemandRegistered(occasion="land-contract", form=form(DW, DG))),),
         "dy-zgj", lambda _: DemandPushed(utilities=(DW, DG))),
    DeadlineCase("D-09", "approval-push", (), DZ, "2026-11-13 09:40",
         (DAYE, ("2026-11-13 09:10", DZ, ApplicationPushed(utilities=(DW, DG), departments=(DJ, "dy-gaj"), approval_needed=True))),
         DZ, lambda _: ApprovalPushed(departments=(DJ, "dy-gaj"))),
    DeadlineCase("D-10", "deferred-document", (DW, DJ, "竣工图"), DW, "2026-11-20 18:00",
         (DAYE, ("2026-11-16 10:00", DW, deferring(DW, DJ))),
         DW, lambda _: MaterialsSupplemented(utility=DW, department=DJ, documents=("竣工图",))),
    DeadlineCase("J-01", "half-day-connection", (W,), W, "2026-11-16 16:00",
         (JINGMEN, ("2026-11-16 10:00", W, AccessConfirmed(utility=W))), W, lambda _: ServiceConnected(utility=W)),
    DeadlineCase("J-02", "commitment-decision", (W, C), C, "2026-11-16 10:30",
         (JINGMEN, ("2026-11-16 10:00", W, CommitmentNotified(utility=W, departments=(C,), commitment="c"))),
         C, lambda _: signed(W, C)),
    DeadlineCase("J-03", "materials-submission", (W, C), W, "2026-11-18 18:00",
         (JINGMEN, ("2026-11-16 10:00", S, OPENED)), W, lambda _: MaterialsSubmitted(utility=W, department=C)),
    DeadlineCase("J-04", "joint-approval", (W, C), C, "2026-11-19 18:00",
         (JINGMEN, ("2026-11-16 10:00", W, MaterialsSubmitted(utility=W, department=C))), C, lambda _: signed(W, C)),
    DeadlineCase("J-05", "general-feedback", (), W, "2026-11-17 10:00", (ENQUIRY,), W,
         lambda at: FeedbackGiven(to_customer_at=shanghai(at), to_receiver_at=shanghai("2026-11-16 11:00"))),
    DeadlineCase("J-06", "complex-feedback", (), W, "2026-11-19 18:00", (COMPLEX,), W,
         lambda at: FeedbackGiven(to_customer_at=shanghai(at), to_receiver_at=shanghai("2026-11-16 11:00"))),
    DeadlineCase("J-07", "registered-matter", (), W, "2026-11-17 11:00",
         (ENQUIRY, ("2026-11-16 11:00", W, MatterRegistered(class_="general", reason="需核实"))),
         W, lambda at: MatterDone(outcome="已办结", replied_at=shanghai(at))),
    DeadlineCase("J-08", "one-time-notice", ("扩容",), W, "2026-11-16 11:30",
         (ENQUIRY, ("2026-11-16 11:00", W, MaterialsFoundIncomplete(matter="扩容", missing=("图纸",)))),
         W, lambda _: NoticeIssued(matter="扩容")),
    DeadlineCase("J-09", "report-handling", (S,), S, "2026-11-19 18:00",
         (REPORT, ("2026-11-16 10:00", S, ComplaintAccepted(body=S))), S, lambda _: ComplaintAnswered(body=S, answer="已查处")),
    DeadlineCase("J-10", "rectification", (W,), W, "2026-11-20 18:00",
         (("2026-11-16 10:00", C, RectificationOrdered(utility=W, department=C, defect="沉降", due_on=date(2026, 11, 20))),),
         W, lambda _: RectificationReported(utility=W, evidence="照片")),
    DeadlineCase("J-11", "appointment", (W,), W, "2026-11-18 11:00",
         (JINGMEN, ("2026-11-16 10:00", W, agreed(W, "2026-11-18 10:00", "2026-11-18 11:00"))),
         W, lambda _: ServiceConnected(utility=W)),
    DeadlineCase("J-12", "settlement-statement", (W,), W, "2026-12-11 18:00", (PERIOD,), W,
         lambda _: StatementSubmitted(utility=W, amount=1)),
    DeadlineCase("J-12", "settlement-check", ("jm-dongbao",), "jm-dongbao", "2026-12-11 18:00", (PERIOD,), "jm-dongbao",
         lambda _: StatementChecked(district="jm-dongbao", accepted=True)),
    DeadlineCase("J-13", "growth-demand-push", (), "jm-baolian", "2026-11-16 10:30",
         (("2026-11-16 10:00", "jm-baolian", DemandRegistered(occasion="growth", form=form(W, G))),),
         "jm-baolian", lambda _: DemandPushed(utilities=(W, G))),
    DeadlineCase("J-14", "plan-at-survey", (W,), W, "2026-11-16 18:00",
         (JINGMEN, ("2026-11-16 10:00", S, surveyed(S, W))), W, lambda _: PlanIssued(utility=W)),
    DeadlineCase("J-15", "approval-push", (W,), W, "2026-11-18 18:00",
         (JINGMEN, ("2026-11-16 10:00", S, OPENED)), W, lambda _: ApprovalPushed(utility=W, departments=(C,))),
    DeadlineCase("J-16", "on-the-spot", (), G, "2026-11-16 11:30",
         (ENQUIRY, ("2026-11-16 11:00", W, MatterHandedOver(to=G, complete=True))), G, lambda _: MatterDone(outcome="已办结")),
    DeadlineCase("J-17", "works-period", (W,), W, "2026-12-04 18:00",
         (JINGMEN, ("2026-11-16 10:00", S, OPENED), ("2026-11-19 10:00", C, signed(W, C))), W, lambda _: AcceptanceHeld(utilities=(W,))),
    DeadlineCase("J-18", "result-return", (W, C), C, "2026-11-17 10:30",
         (JINGMEN, ("2026-11-16 10:00", W, MaterialsSubmitted(utility=W, department=C)), ("2026-11-17 10:00", C, signed(W, C))),
         C, lambda _: ResultReturned(utility=W, department=C)),
    DeadlineCase("J-19", "deferred-document", (W, C, "竣工图"), W, "2026-11-20 18:00",
         (JINGMEN, ("2026-11-16 10:00", W, deferring(W, C))),
         W, lambda _: MaterialsSupplemented(utility=W, department=C, documents=("竣工图",))),
    DeadlineCase("J-22", "any-window", (), S, "2026-11-13 09:30", (JINGMEN,), S, lambda _: ApplicationPushed(utilities=(W, G))),
    # A finding of the same case is objected to on Tuesday 17 November; ten working days on is Tuesday 1 December.
    DeadlineCase("D-51", "objection-decision", (str(FOUND),), "dy-cgj", "2026-12-01 18:00",
         (DAYE, ("2026-11-17 10:00", DW, objection(DW, "dy-cgj"))), "dy-cgj", lambda _: decision("dy-cgj")),
    DeadlineCase("J-62", "objection-decision", (str(FOUND),), S, "2026-12-01 18:00",
         (JINGMEN, ("2026-11-17 10:00", W, objection(W, S))), S, lambda _: decision(S)),
)  # fmt: skip
NAMES = [f"{case.id} {case.rule}" for case in CASES]


def told(case: DeadlineCase) -> Story:
    story = Story("daye-2023" if case.id.startswith("D") else "jingmen-2023")
    for at, by, act in case.acts:
        story.at(at).does(act, by=by)
    return story


def test_every_deadline_of_the_plans_is_here() -> None:
    ids = {case.id for case in CASES}
    assert ids == {f"D-{n:02}" for n in range(1, 11)} | {f"J-{n:02}" for n in range(1, 20)} | {"J-22", "D-51", "J-62"}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_it_is_owed_and_due_as_the_plan_says(case: DeadlineCase) -> None:
    story = told(case)
    clock = story.clock(case.rule, *case.keys)
    assert (clock.keys, clock.party, said(clock.due), clock.state) == (case.keys, case.party, case.due, "running")
    assert case.id in story.book.rules[case.rule].carries_out


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_its_stop_on_the_second_is_in_time_and_a_second_later_is_late(case: DeadlineCase) -> None:
    for at, state in ((f"{case.due}:00", "met"), (f"{case.due}:01", "late")):
        story = told(case)
        story.at(at).does(case.stop(at), by=case.by)
        assert story.state(case.rule, *case.keys) == state


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_left_undone_it_is_found_against_who_owes_it(case: DeadlineCase) -> None:
    found = [(one.keys, one.party, said(one.due_at)) for one in told(case).swept("2026-12-31 10:00") if one.rule == case.rule]
    assert found == [(case.keys, case.party, case.due)]
