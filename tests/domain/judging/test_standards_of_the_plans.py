"""Each counted standard of the two plans: what they still allow, the act that is one too many, and who answers for it."""

from typing import NamedTuple

import pytest

from domain.acts import Acted
from domain.acts.connection import (
    AcceptanceHeld,
    CommitmentNotified,
    DemandPushed,
    DemandRegistered,
    OutreachMade,
    SignoffGiven,
)
from domain.acts.fact import FeeCharged, FilingRequested, FormDemanded, MaterialRequested, ReviewMade, VisitRequired
from domain.acts.service import CaseClosed, EnquiryReceived, FeedbackGiven, NoticeIssued
from tests.domain.stories import Story, accepted, form, said, shanghai, surveyed

Told = tuple[str, str, Acted]
"""When, by whom, what."""


class StandardCase(NamedTuple):
    """One standard: its obligation and rule, who answers, what is still allowed, and the act that is not."""

    id: str
    rule: str
    party: str
    allowed: tuple[Told, ...]
    broken: Told


PORTAL, AT = "hb-portal", "2026-11-17 10:00"
DW, DG, DJ, DZ, DR = "dy-water", "dy-gas", "dy-jtj", "dy-zsj", "dy-zgj"
W, G, C, S, M = "jm-water", "jm-gas", "jm-cgw", "jm-spj", "jm-sjj"
DAYE: Told = ("2026-11-13 09:00", DZ, accepted(DW, DG))
JINGMEN: Told = ("2026-11-13 09:00", S, accepted(W, G))
ENQUIRY: Told = (
    "2026-11-16 10:00",
    W,
    EnquiryReceived(channel="窗口", receiver=W, class_="general", reason="类别", subject="进度"),
)
LICENCE: Told = ("2026-11-16 10:00", M, DemandRegistered(occasion="licence", form=form(W, G)))
REPLIED = FeedbackGiven(to_customer_at=shanghai("2026-11-16 11:00"), to_receiver_at=shanghai("2026-11-16 11:00"))


def notified(utility: str, department: str) -> CommitmentNotified:
    return CommitmentNotified(utility=utility, departments=(department,), commitment="年度承诺")


def signed(utility: str, department: str) -> SignoffGiven:
    return SignoffGiven(utility=utility, department=department, outcome="approved", opinion="同意", signatory="李")


def review(utility: str, department: str) -> ReviewMade:
    return ReviewMade(utility=utility, department=department)


CASES = (
    StandardCase("D-11", "enterprise-informed", DR, (), (AT, DR, DemandRegistered(occasion="land-contract", form=form(DW)))),
    StandardCase("D-20", "no-visits", DW, (DAYE,), (AT, PORTAL, VisitRequired(required_by=DW))),
    StandardCase("D-20", "no-fees", DW,
         (DAYE, ("2026-11-16 09:00", PORTAL, FeeCharged(charged_by=DW, amount=50_000, works="in-plot"))),
         (AT, PORTAL, FeeCharged(charged_by=DW, amount=1, works="off-site"))),
    StandardCase("D-21", "no-extra-forms", DG, (DAYE,), (AT, PORTAL, FormDemanded(demanded_by=DG))),
    StandardCase("D-22", "one-survey", DZ,
         (DAYE, ("2026-11-16 09:00", DZ, surveyed(DZ, DW)), ("2026-11-16 10:00", DZ, surveyed(DZ, DW, reason="暴雨"))),
         (AT, DZ, surveyed(DZ, DW))),
    StandardCase("D-23", "no-review-before-decision", DJ,
         (DAYE, ("2026-11-16 09:00", DJ, review(DW, DJ)), ("2026-11-16 10:00", DW, notified(DW, DJ)),
          ("2026-11-18 10:00", DJ, signed(DW, DJ)), ("2026-11-18 11:00", DJ, review(DW, DJ))),
         (AT, DJ, review(DW, DJ))),
    StandardCase("D-24", "no-filing-by-applicant", DW, (DAYE,), (AT, PORTAL, FilingRequested(requested_by=DW))),
    StandardCase("D-25", "joint-acceptance", DG, (DAYE, ("2026-11-16 09:00", DW, AcceptanceHeld(utilities=(DW,)))),
         (AT, DG, AcceptanceHeld(utilities=(DG,)))),
    StandardCase("D-26", "joint-outreach", DG, (DAYE, ("2026-11-16 09:00", DW, OutreachMade(utilities=(DW,)))),
         (AT, DG, OutreachMade(utilities=(DG,)))),
    StandardCase("J-20", "no-visits", W, (JINGMEN,), (AT, PORTAL, VisitRequired(required_by=W))),
    StandardCase("J-20", "no-materials", W, (JINGMEN,), (AT, PORTAL, MaterialRequested(requested_by=W, document="执照"))),
    StandardCase("J-20", "no-fees", W, (JINGMEN,), (AT, PORTAL, FeeCharged(charged_by=W, amount=1, works="off-site"))),
    StandardCase("J-20", "no-extra-forms", G, (JINGMEN,), (AT, PORTAL, FormDemanded(demanded_by=G))),
    StandardCase("J-21", "no-fees", W,
         (JINGMEN, ("2026-11-16 09:00", PORTAL, FeeCharged(charged_by=W, amount=50_000, works="in-plot"))),
         (AT, PORTAL, FeeCharged(charged_by=W, amount=1, works="off-site"))),
    StandardCase("J-23", "reply-before-close", W, (ENQUIRY,), (AT, W, CaseClosed(outcome="已办结"))),
    StandardCase("J-23", "outcome-before-close", W, (ENQUIRY, ("2026-11-16 11:00", W, REPLIED)), (AT, W, CaseClosed())),
    StandardCase("J-24", "one-survey", S,
         (JINGMEN, ("2026-11-16 09:00", S, surveyed(S, W)), ("2026-11-16 10:00", S, surveyed(S, W, reason="暴雨"))),
         (AT, S, surveyed(S, W))),
    StandardCase("J-25", "no-document-twice", W,
         (JINGMEN, ("2026-11-16 09:00", PORTAL, MaterialRequested(requested_by=W, document="执照"))),
         (AT, PORTAL, MaterialRequested(requested_by=W, document="执照"))),
    StandardCase("J-26", "no-review-before-decision", C,
         (JINGMEN, ("2026-11-16 09:00", C, review(W, C)), ("2026-11-16 10:00", W, notified(W, C)),
          ("2026-11-18 10:00", C, signed(W, C)), ("2026-11-18 11:00", C, review(W, C))),
         (AT, C, review(W, C))),
    StandardCase("J-27", "no-filing-by-applicant", W, (JINGMEN,), (AT, PORTAL, FilingRequested(requested_by=W))),
    StandardCase("J-28", "one-notice", W,
         (ENQUIRY, ("2026-11-16 11:00", W, NoticeIssued(matter="扩容", materials=("平面图",))),
          ("2026-11-16 11:10", W, NoticeIssued(matter="过户", materials=("委托书",)))),
         (AT, W, NoticeIssued(matter="扩容", materials=("授权书",)))),
    StandardCase("J-29", "demand-reaches-all", M, (LICENCE, ("2026-11-16 10:05", M, DemandPushed(utilities=(W, G)))),
         (AT, S, surveyed(S, W, G))),
)  # fmt: skip
NAMES = [f"{case.id} {case.rule}" for case in CASES]


def broken(case: StandardCase, *acts: Told) -> list[tuple[str, str | None]]:
    """Who answers for the standard once these acts have happened, and from when on."""
    story = Story("daye-2023" if case.id.startswith("D") else "jingmen-2023")
    for at, by, act in acts:
        story.at(at).does(act, by=by)
    return [(clock.party, said(clock.due)) for clock in story.clocks(case.rule)]


def test_every_counted_standard_of_the_plans_is_here() -> None:
    ids = {case.id for case in CASES}
    assert ids == {"D-11"} | {f"D-{n}" for n in range(20, 27)} | {f"J-{n}" for n in (20, 21, *range(23, 30))}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_what_the_plan_allows_is_not_counted(case: StandardCase) -> None:
    assert broken(case, *case.allowed) == []


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_act_that_is_one_too_many_is_found_against_who_answers_for_it(case: StandardCase) -> None:
    assert broken(case, *case.allowed, case.broken) == [(case.party, AT)]
