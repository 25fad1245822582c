"""Standards that are counted: the act that passes the count is one finding for each party that answers."""

import pytest

from domain.acts.connection import (
    AcceptanceHeld,
    ApplicationAccepted,
    CommitmentNotified,
    DemandPushed,
    DemandRegistered,
    EnterpriseInformed,
    OutreachMade,
    SignoffGiven,
)
from domain.acts.enforcement.audit import FindingLapsed
from domain.acts.fact import FeeCharged, FilingRequested, FormDemanded, MaterialRequested, ReviewMade, VisitRequired
from domain.acts.service import CaseClosed, EnquiryReceived, EnquiryTransferred, FeedbackGiven, NoticeIssued
from tests.domain.stories import Story, accepted, connection, form, said, shanghai, surveyed, with_rules

WATER, GAS, BUREAU = "jm-water", "jm-gas", "jm-cgw"


def broken(story: Story) -> list[tuple[str, str, str | None]]:
    """Each broken standard with who answers for it and when the count was passed."""
    return [(clock.rule, clock.party, said(clock.due)) for clock in story.judged().clocks if clock.counted]


def case(*utilities: str) -> Story:
    return connection("jingmen-2023", *(utilities or (WATER,)))


def test_one_visit_is_one_too_many_and_a_second_is_the_same_finding() -> None:
    story = case()
    story.at("2026-11-16 10:00").does(VisitRequired(required_by=WATER), by="hb-portal")
    story.at("2026-11-16 11:00").does(VisitRequired(required_by=WATER), by="hb-portal")
    story.at("2026-11-16 12:00").does(VisitRequired(required_by=GAS), by="hb-portal")
    assert broken(story) == [("no-visits", WATER, "2026-11-16 10:00"), ("no-visits", GAS, "2026-11-16 12:00")]


def test_fees_are_added_up_over_off_site_works_alone() -> None:
    story = case()
    story.at("2026-11-16 10:00").does(FeeCharged(charged_by=WATER, amount=0, works="off-site"), by="hb-portal")
    story.at("2026-11-16 11:00").does(FeeCharged(charged_by=WATER, amount=50, works="in-plot"), by="hb-portal")
    assert broken(story) == []
    story.at("2026-11-16 12:00").does(FeeCharged(charged_by=WATER, amount=1, works="off-site"), by="hb-portal")
    assert broken(story) == [("no-fees", WATER, "2026-11-16 12:00")]


def test_a_document_asked_for_by_two_parties_is_no_repetition() -> None:
    story = case()
    for at, who, what in (("10", WATER, "执照"), ("11", GAS, "执照"), ("12", WATER, "图纸")):
        story.at(f"2026-11-16 {at}:00").does(MaterialRequested(requested_by=who, document=what), by="hb-portal")
    assert [one for one in broken(story) if one[0] == "no-document-twice"] == []
    story.at("2026-11-16 15:00").does(MaterialRequested(requested_by=WATER, document="执照"), by="hb-portal")
    assert story.clock("no-document-twice").keys == (WATER, "执照")


def test_a_second_survey_without_a_reason_answers_to_who_called_it() -> None:
    story = case()
    story.at("2026-11-16 10:00").does(surveyed("jm-spj", WATER), by="jm-spj")
    story.at("2026-11-17 10:00").does(surveyed("jm-spj", WATER, reason="暴雨"), by="jm-spj")
    assert broken(story) == []
    story.at("2026-11-18 10:00").does(surveyed(WATER, WATER), by=WATER)
    assert broken(story) == [("one-survey", WATER, "2026-11-18 10:00")]


def test_a_filing_a_form_and_a_second_notice_are_found_against_who_asked() -> None:
    story = case()
    story.at("2026-11-16 10:00").does(FilingRequested(requested_by=WATER), by="hb-portal")
    story.at("2026-11-16 11:00").does(FormDemanded(demanded_by=GAS), by="hb-portal")
    story.at("2026-11-16 12:00").does(NoticeIssued(matter="扩容", materials=("平面图",)), by="jm-spj")
    story.at("2026-11-16 15:00").does(NoticeIssued(matter="过户", materials=("委托书",)), by="jm-spj")
    story.at("2026-11-17 12:00").does(NoticeIssued(matter="扩容", materials=("平面图", "授权书")), by=WATER)
    assert sorted(broken(story)) == [
        ("no-extra-forms", GAS, "2026-11-16 11:00"),
        ("no-filing-by-applicant", WATER, "2026-11-16 10:00"),
        ("one-notice", WATER, "2026-11-17 12:00"),
    ]


def review(at: str, story: Story, department: str = BUREAU) -> None:
    story.at(at).does(ReviewMade(utility=WATER, department=department), by=department)


def test_a_review_counts_between_notice_and_decision_of_the_same_permit_alone() -> None:
    story = case()
    review("2026-11-16 10:00", story)
    notified = CommitmentNotified(utility=WATER, departments=(BUREAU,), commitment="c")
    story.at("2026-11-16 11:00").does(notified, by=WATER)
    review("2026-11-16 11:10", story, "jm-zgj")
    signed = SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")
    story.at("2026-11-16 11:20").does(signed, by=BUREAU)
    review("2026-11-16 11:30", story)
    assert broken(story) == []
    review("2026-11-16 11:15", story)
    assert broken(story) == [("no-review-before-decision", BUREAU, "2026-11-16 11:15")]


def test_outreach_and_acceptance_one_by_one_answer_to_each_that_came_apart() -> None:
    story = connection("daye-2023", "dy-water", "dy-gas", "dy-power")
    story.at("2026-11-16 10:00").does(OutreachMade(utilities=("dy-water",)), by="dy-water")
    story.at("2026-11-16 11:00").does(OutreachMade(utilities=("dy-gas", "dy-power")), by="dy-gas")
    story.at("2026-11-17 10:00").does(AcceptanceHeld(utilities=("dy-water", "dy-gas", "dy-power")), by="dy-gas")
    assert broken(story) == [
        ("joint-outreach", "dy-gas", "2026-11-16 11:00"),
        ("joint-outreach", "dy-power", "2026-11-16 11:00"),
    ]


def registered(occasion: str) -> DemandRegistered:
    return DemandRegistered(occasion=occasion, form=form(WATER, GAS))  # type: ignore[arg-type]  # words of the plans


def test_an_enterprise_is_to_be_informed_before_its_demand_is_taken_with_the_land_contract() -> None:
    for occasion, found in (("land-contract", ["enterprise-informed"]), ("growth", [])):
        story = Story("daye-2023")
        act = DemandRegistered(occasion=occasion, form=form("dy-water"))  # type: ignore[arg-type]  # words of the plans
        story.at("2026-11-16 10:00").does(act, by="dy-zgj")
        assert [rule for rule, _, _ in broken(story)] == found


def test_that_it_was_informed_may_be_written_within_two_office_hours() -> None:
    story = Story("daye-2023")
    act = DemandRegistered(occasion="land-contract", form=form("dy-water"))
    story.at("2026-11-16 10:00").does(act, by="dy-zgj")
    assert said(story.clock("enterprise-informed").next_check_at) == "2026-11-16 10:01"
    assert [one.rule for one in story.swept("2026-11-16 10:10")] == ["enterprise-informed"]
    story.at("2026-11-16 09:50", written="2026-11-16 11:50").does(EnterpriseInformed(), by="dy-zgj")
    found = [one for one in story.swept("2026-11-16 12:00") if one.rule == "enterprise-informed"]
    assert [one.state for one in found] == ["lapsed"]
    assert [act.because_seq for act in story.written(FindingLapsed)] == [3]


def test_that_it_was_informed_counts_for_nothing_written_a_second_later_still() -> None:
    story = Story("daye-2023")
    act = DemandRegistered(occasion="land-contract", form=form("dy-water"))
    story.at("2026-11-16 10:00").does(act, by="dy-zgj")
    story.at("2026-11-16 09:50", written="2026-11-16 11:50:01").does(EnterpriseInformed(), by="dy-zgj")
    assert [rule for rule, _, _ in broken(story)] == ["enterprise-informed"]


def test_a_demand_taken_with_the_licence_reaches_the_bureau_and_every_utility_before_the_survey() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 10:00").does(registered("licence"), by="jm-sjj")
    story.at("2026-11-16 10:05").does(DemandPushed(utilities=(WATER, GAS)), by="jm-sjj")
    story.at("2026-11-17 10:00").does(surveyed("jm-spj", WATER, GAS), by="jm-spj")
    assert broken(story) == [("demand-reaches-all", "jm-sjj", "2026-11-17 10:00")]
    story.at("2026-11-17 09:00").does(DemandPushed(departments=("jm-spj",)), by="jm-sjj")
    assert broken(story) == []


def test_a_demand_of_growth_need_not_reach_the_bureau() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 10:00").does(registered("growth"), by="jm-baolian")
    story.at("2026-11-17 10:00").does(surveyed("jm-spj", WATER), by="jm-spj")
    assert broken(story) == []


def test_a_survey_that_came_before_the_demand_does_not_answer_for_the_push() -> None:
    story = case()
    story.at("2026-11-16 10:00").does(surveyed("jm-spj", WATER), by="jm-spj")
    story.at("2026-11-16 11:00").does(registered("licence"), by="jm-sjj")
    assert broken(story) == []
    story.at("2026-11-17 11:00").does(CaseClosed(outcome="结案"), by="jm-spj")
    assert broken(story) == [("demand-reaches-all", "jm-sjj", "2026-11-17 11:00")]


def enquiry() -> Story:
    story = Story("jingmen-2023")
    act = EnquiryReceived(channel="窗口", receiver=WATER, class_="general", reason="类别", subject="进度")
    story.at("2026-11-16 10:00").does(act, by=WATER)
    story.at("2026-11-16 11:00").does(EnquiryTransferred(to=GAS), by=WATER)
    return story


def test_nothing_ends_without_a_reply_and_an_outcome() -> None:
    story = enquiry()
    story.at("2026-11-16 12:00").does(CaseClosed(), by=GAS)
    assert sorted(broken(story)) == [
        ("outcome-before-close", GAS, "2026-11-16 12:00"),
        ("reply-before-close", GAS, "2026-11-16 12:00"),
    ]


def test_a_reply_to_the_receiver_alone_is_no_reply() -> None:
    story = enquiry()
    story.at("2026-11-16 11:30").does(FeedbackGiven(to_receiver_at=shanghai("2026-11-16 11:30")), by=GAS)
    story.at("2026-11-16 12:00").does(CaseClosed(outcome="已办结"), by=GAS)
    assert [rule for rule, _, _ in broken(story)] == ["reply-before-close"]
    story.at("2026-11-16 11:40").does(FeedbackGiven(to_customer_at=shanghai("2026-11-16 11:40")), by=GAS)
    assert broken(story) == []


def test_an_opened_finding_stays_where_it_is_when_an_earlier_breach_comes_to_light() -> None:
    story = case()
    story.at("2026-11-16 11:00").does(VisitRequired(required_by=WATER), by="hb-portal")
    story.swept("2026-11-16 11:10")
    story.at("2026-11-16 10:00", written="2026-11-16 12:00").does(VisitRequired(required_by=WATER), by="hb-portal")
    found = [one for one in story.swept("2026-11-16 12:30") if one.rule == "no-visits"]
    assert [(one.state, said(one.due_at)) for one in found] == [("open", "2026-11-16 11:00")]


REQUIRED = """
[standard]
case = "connection"
requires = { act = "outreach.made", all_of = ["utility"], when = {} }
before = ["survey.held"]
owed_by = "called_by"
"""
DEMANDED = """
[standard]
case = "connection"
counts = "application.accepted"
at_most = 0
owed_by = "demanded_by"
"""
ON_ROUTE = """
[standard]
case = "connection"
counts = "review.made"
when = { route = "joint" }
per = ["utility"]
owed_by = "utility"
"""
ON_ELEMENT = """
[standard]
case = "connection"
counts = "survey.held"
when = { works_needed = true, route = "joint" }
per = ["utility"]
owed_by = "called_by"
"""
BETWEEN_OTHERS = """
[standard]
case = "connection"
counts = "visit.required"
between = ["commitment.notified", "signoff.given"]
owed_by = "required_by"
"""
CONDITIONAL = """
[standard]
case = "connection"
requires = { act = "demand.registered", when = { occasion = "licence" } }
before = ["survey.held"]
owed_by = "called_by"
"""


def test_everyone_that_the_case_has_may_be_required_before_an_act() -> None:
    story = Story(with_rules(REQUIRED))
    story.at("2026-11-16 09:00").does(accepted(WATER, GAS), by="jm-spj")
    story.at("2026-11-16 09:10").does(OutreachMade(utilities=(WATER,)), by=WATER)
    story.at("2026-11-16 10:00").does(surveyed("jm-spj", WATER), by="jm-spj")
    assert broken(story) == [("made-up", "jm-spj", "2026-11-16 10:00")]
    story.at("2026-11-16 09:20").does(OutreachMade(utilities=(GAS,)), by=GAS)
    assert broken(story) == []


def test_an_act_of_the_wrong_kind_does_not_fulfil_what_is_required() -> None:
    story = Story(with_rules(CONDITIONAL))
    story.at("2026-11-16 09:00").does(registered("growth"), by="jm-baolian")
    story.at("2026-11-16 10:00").does(surveyed("jm-spj", WATER), by="jm-spj")
    assert broken(story) == [("made-up", "jm-spj", "2026-11-16 10:00")]


def test_where_the_act_names_nobody_nobody_answers() -> None:
    story = Story(with_rules(DEMANDED))
    story.at("2026-11-16 09:00").does(accepted(WATER), by="jm-spj")
    assert broken(story) == []
    story.at("2026-11-16 10:00").does(ApplicationAccepted(form=form(WATER), demanded_by=GAS), by="jm-spj")
    assert broken(story) == [("made-up", GAS, "2026-11-16 10:00")]


@pytest.mark.parametrize(("notified", "found"), [(True, []), (False, [WATER])])
def test_a_standard_may_hold_on_one_route_alone(notified: bool, found: list[str]) -> None:  # noqa: FBT001 -- either case
    story = Story(with_rules(ON_ROUTE))
    story.at("2026-11-16 09:00").does(accepted(WATER), by="jm-spj")
    story.at("2026-11-16 09:10").does(surveyed("jm-spj", WATER), by="jm-spj")
    if notified:
        act = CommitmentNotified(utility=WATER, departments=(BUREAU,), commitment="c")
        story.at("2026-11-16 09:20").does(act, by=WATER)
    review("2026-11-16 10:00", story)
    assert [party for _, party, _ in broken(story)] == found


def test_a_standard_may_be_counted_for_each_element_of_an_act() -> None:
    story = Story(with_rules(ON_ELEMENT))
    story.at("2026-11-16 09:00").does(accepted(WATER, GAS), by="jm-spj")
    story.at("2026-11-16 09:10").does(surveyed("jm-spj", WATER, GAS), by="jm-spj")
    assert [clock.keys for clock in story.clocks("made-up")] == [(WATER,), (GAS,)]


def test_an_act_without_utility_and_department_lies_between_no_two_of_a_permit() -> None:
    story = Story(with_rules(BETWEEN_OTHERS))
    story.at("2026-11-16 09:00").does(accepted(WATER), by="jm-spj")
    story.at("2026-11-16 09:10").does(CommitmentNotified(utility=WATER, departments=(BUREAU,), commitment="c"), by=WATER)
    story.at("2026-11-16 10:00").does(VisitRequired(required_by=WATER), by="hb-portal")
    assert broken(story) == []
