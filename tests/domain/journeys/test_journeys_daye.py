"""Journeys through Daye's plan as its officers would live them; each answer is worked out by hand from the text.

16 November 2026 is a Monday; the plan names no hours, so 08:30-12:00 and 14:30-18:00 are an assumption of the scheme.
"""

import pytest

from domain.acts.connection import (
    AcceptanceHeld,
    ApplicationPushed,
    AppointmentAgreed,
    AppointmentChanged,
    ApprovalPushed,
    CaseWithdrawn,
    ChecklistReturned,
    CommitmentNotified,
    ConditionsDetermined,
    DemandDeferred,
    DemandPushed,
    DemandRegistered,
    EnterpriseInformed,
    MaterialsRefused,
    MaterialsSubmitted,
    OutreachMade,
    PlanIssued,
    ServiceConnected,
    SignoffGiven,
    SurveyHeld,
)
from domain.acts.fact import FeeCharged, FilingRequested, FormDemanded, ReviewMade, VisitRequired
from domain.acts.parts import Surveyed
from domain.acts.stop import ClockStopped
from tests.domain.journeys.journeys import Step, clocks, findings, is_disputed, journey
from tests.domain.stories import Story, accepted, form, said, shanghai, surveyed

CITY = "daye-2023"
LAND, WINDOW, OFFICE = "dy-zgj", "dy-zsj", "dy-cgj"
WATER, POWER, GAS = "dy-water", "dy-power", "dy-gas"
ROADS, POLICE = "dy-jtj", "dy-gaj"
PAIR = f"{WATER}/{ROADS}"


def contract(*utilities: str) -> DemandRegistered:
    return DemandRegistered(occasion="land-contract", form=form(*utilities))


def agreed(day: str, by: str = "customer", *, confirmed: bool = True) -> AppointmentAgreed:
    return AppointmentAgreed(utility=WATER, appointed_for=shanghai(day), chosen_by=by, confirmed=confirmed)  # type: ignore[arg-type]  # either word


def changed(day: str, by: str = "customer") -> AppointmentChanged:
    return AppointmentChanged(utility=WATER, appointed_for=shanghai(day), chosen_by=by, confirmed=True, reason="改期")  # type: ignore[arg-type]  # either word


def signed(outcome: str = "approved") -> SignoffGiven:
    return SignoffGiven(utility=WATER, department=ROADS, outcome=outcome, opinion="意见", signatory="李")  # type: ignore[arg-type]  # either word


CONNECTED = ServiceConnected(utility=WATER)
SUBMITTED = MaterialsSubmitted(utility=WATER, department=ROADS)
NOTIFIED = CommitmentNotified(utility=WATER, departments=(ROADS,), commitment="c")


def accept(*utilities: str, at: str = "2026-11-16 09:00") -> tuple[Step, Step]:
    return (at, WINDOW, accepted(*utilities)), (at, WINDOW, ApplicationPushed(utilities=utilities))


# ── 一口申请：意向登记、传递、上门 ──


def test_the_land_contracts_demand_reaches_the_last_company_a_second_late() -> None:
    """四(一)1 “即时”: signed and filled at 11:50; ten minutes before noon, twenty after 14:30."""
    story = journey(
        CITY,
        ("2026-11-16 11:50", LAND, contract(WATER, POWER)),
        ("2026-11-16 11:40", LAND, EnterpriseInformed()),
        ("2026-11-16 11:55", LAND, DemandPushed(utilities=(WATER,))),
        ("2026-11-16 14:50:01", LAND, DemandPushed(utilities=(POWER,))),
    )
    assert findings(story, "2026-11-16 18:00") == [("demand-push", LAND, "2026-11-16 14:50")]


def test_an_enterprise_told_of_the_reform_only_after_the_form_was_told_too_late() -> None:
    story = journey(
        CITY,
        ("2026-11-16 09:00", LAND, contract(WATER)),
        ("2026-11-16 09:05", LAND, DemandPushed(utilities=(WATER,))),
        ("2026-11-16 09:30", LAND, EnterpriseInformed()),
        ("2026-11-16 10:00", WATER, OutreachMade(utilities=(WATER,))),
    )
    assert findings(story, "2026-11-18 18:00") == [("enterprise-informed", LAND, "2026-11-16 09:00")]


def test_friday_afternoon_and_saturday_morning_both_lead_to_monday_evening() -> None:
    """1 个工作日: the day of the push does not count, a rest day never does. Pushed once more, nothing begins anew."""
    story = journey(
        CITY,
        ("2026-11-20 15:30", LAND, contract(WATER, POWER)),
        ("2026-11-20 16:00", LAND, DemandPushed(utilities=(WATER,))),
        ("2026-11-21 11:00", LAND, DemandPushed(utilities=(POWER,))),
        ("2026-11-23 09:00", WINDOW, DemandPushed(utilities=(WATER, POWER))),
    )
    assert clocks(story, "outreach") == [(WATER, "2026-11-23 18:00", "running"), (POWER, "2026-11-23 18:00", "running")]


def test_companies_that_came_together_may_come_again_alone() -> None:
    """三(一) “联合上门”: who was there on Monday and returns on Wednesday does more than it has to, not less."""
    steps: list[Step] = [
        ("2026-11-16 09:00", LAND, contract(WATER, POWER)),
        ("2026-11-16 09:00", LAND, EnterpriseInformed()),
        ("2026-11-16 09:05", LAND, DemandPushed(utilities=(WATER, POWER))),
    ]
    together = journey(
        CITY,
        *steps,
        ("2026-11-16 15:00", WATER, OutreachMade(utilities=(WATER, POWER))),
        ("2026-11-16 15:00", POWER, OutreachMade(utilities=(WATER, POWER))),
        ("2026-11-18 10:00", WATER, OutreachMade(utilities=(WATER,))),
    )
    assert findings(together, "2026-11-20 18:00") == []
    apart = journey(
        CITY,
        *steps,
        ("2026-11-16 15:00", WATER, OutreachMade(utilities=(WATER,))),
        ("2026-11-17 10:00", POWER, OutreachMade(utilities=(WATER, POWER))),
    )
    assert findings(apart, "2026-11-20 18:00") == [("joint-outreach", POWER, "2026-11-17 10:00")]


def test_who_cannot_say_yet_how_much_it_needs_is_visited_all_the_same() -> None:
    """D-32 defers the application, not the outreach: the demand has reached the company."""
    story = journey(
        CITY,
        ("2026-11-16 09:00", LAND, contract(WATER)),
        ("2026-11-16 09:00", LAND, EnterpriseInformed()),
        ("2026-11-16 09:05", LAND, DemandPushed(utilities=(WATER,))),
        ("2026-11-16 09:10", LAND, DemandDeferred(reason="用量未定")),
    )
    assert findings(story, "2026-11-18 18:00") == [("outreach", WATER, "2026-11-17 18:00")]


def test_an_application_that_names_power_no_more_ends_powers_duty_to_call() -> None:
    story = journey(
        CITY,
        ("2026-11-16 09:00", LAND, contract(WATER, POWER)),
        ("2026-11-16 09:00", LAND, EnterpriseInformed()),
        ("2026-11-16 09:05", LAND, DemandPushed(utilities=(WATER, POWER))),
        *accept(WATER, at="2026-11-17 10:00"),
        ("2026-11-17 11:00", WATER, OutreachMade(utilities=(WATER,))),
    )
    assert clocks(story, "outreach") == [(WATER, "2026-11-17 18:00", "met"), (POWER, "2026-11-17 18:00", "void")]
    assert findings(story, "2026-11-20 18:00") == []


# ── 受理、同步推送 ──


def test_taken_in_by_the_little_programme_it_is_the_window_that_has_to_push() -> None:
    """四(一)1 “窗口受理后…实时推送”: “便冶办” is a programme; 政数局 keeps the window."""
    story = journey(CITY, ("2026-11-16 08:00", "dy-bianyeban", accepted(WATER)))
    assert findings(story, "2026-11-16 10:00") == [("application-push", WINDOW, "2026-11-16 09:00")]


def test_the_departments_are_pushed_to_side_by_side_from_the_first_word_that_approval_is_needed() -> None:
    """三(五) “同步推送”: said at ten, so by 10:30; said once more at eleven, it begins nothing anew."""
    needed = ApplicationPushed(utilities=(WATER,), departments=(ROADS, POLICE), approval_needed=True)
    story = journey(
        CITY,
        ("2026-11-16 09:50", WINDOW, accepted(WATER)),
        ("2026-11-16 10:00", WINDOW, needed),
        ("2026-11-16 10:30", WINDOW, ApprovalPushed(departments=(ROADS,))),
        ("2026-11-16 11:00", WINDOW, needed),
        ("2026-11-16 11:10", WINDOW, ApprovalPushed(departments=(POLICE,))),
    )
    assert findings(story, "2026-11-17 18:00") == [("approval-push", WINDOW, "2026-11-16 10:30")]


# ── 一个方案 ──


def test_no_plan_is_owed_where_supply_is_not_feasible_or_the_conditions_are_not_met() -> None:
    """四(一)3: water can be planned from Tuesday 17:59, so by Wednesday at six; gas was never feasible; power waits for its conditions."""
    held = SurveyHeld(
        called_by=WINDOW,
        participants=(WINDOW, WATER, POWER, GAS),
        surveyed=(
            Surveyed(utility=WATER, feasible=True),
            Surveyed(utility=GAS, feasible=False),
            Surveyed(utility=POWER, feasible=True),
        ),
    )
    story = journey(
        CITY,
        *accept(WATER, POWER, GAS),
        ("2026-11-16 15:00", WINDOW, held),
        ("2026-11-16 16:00", GAS, ConditionsDetermined(utility=GAS, met=True)),
        ("2026-11-16 16:00", POWER, ConditionsDetermined(utility=POWER, met=False)),
        ("2026-11-17 17:59", WATER, ConditionsDetermined(utility=WATER, met=True)),
    )
    assert clocks(story, "plan") == [(WATER, "2026-11-18 18:00", "running")]
    story.at("2026-11-19 10:00").does(ConditionsDetermined(utility=POWER, met=True), by=POWER)
    assert clocks(story, "plan")[1] == (POWER, "2026-11-20 18:00", "running")


def test_a_plan_drawn_up_at_the_survey_is_early_and_in_time() -> None:
    story = journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 15:00", WINDOW, surveyed(WINDOW, WATER)),
        ("2026-11-16 15:30", WATER, PlanIssued(utility=WATER)),
        ("2026-11-18 10:00", WATER, ConditionsDetermined(utility=WATER, met=True)),
    )
    assert clocks(story, "plan") == [(WATER, "2026-11-19 18:00", "met")]


# ── 预约接入 ──


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-11-19 10:00", "2026-11-20 18:00"),
        ("2026-11-20 10:00", "2026-11-23 18:00"),
        ("2026-11-21 10:00", "2026-11-23 18:00"),
        ("2026-09-30 10:00", "2026-10-08 18:00"),
        ("2026-10-09 10:00", "2026-10-10 18:00"),
    ],
)
def test_one_working_day_from_the_agreed_time(day: str, due: str) -> None:
    """Thursday to Friday; over a weekend; from a Saturday; over National Day's week; to the make-up Saturday of 10 October."""
    story = journey(CITY, *accept(WATER, at="2026-09-21 09:00"), ("2026-09-21 10:00", WATER, agreed(day)))
    assert clocks(story, "appointment-connection") == [(WATER, due, "running")]


def test_an_appointment_that_the_customer_never_confirmed_binds_nobody() -> None:
    story = journey(CITY, *accept(WATER), ("2026-11-16 10:00", WATER, agreed("2026-11-18 10:00", "utility", confirmed=False)))
    assert clocks(story, "appointment-connection") == []


def test_changed_twice_by_different_sides_the_customers_word_counts() -> None:
    """Wednesday agreed (due Thursday); the company moves to Friday: nothing moves; the customer to Monday 23rd: due Tuesday 24th."""
    story = journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 10:00", WATER, agreed("2026-11-18 10:00")),
        ("2026-11-17 10:00", WATER, changed("2026-11-20 10:00", "utility")),
        ("2026-11-18 09:00", WATER, changed("2026-11-23 10:00")),
        ("2026-11-24 18:00:01", WATER, CONNECTED),
    )
    assert clocks(story, "appointment-connection") == [(WATER, "2026-11-19 18:00", "void"), (WATER, "2026-11-24 18:00", "late")]


def test_connected_on_the_evening_of_the_last_day_is_found_and_disputed() -> None:
    """At nine in the evening: after the hours that the scheme assumes, before midnight."""
    story = journey(CITY, *accept(WATER), ("2026-11-16 10:00", WATER, agreed("2026-11-18 10:00")), ("2026-11-19 21:00", WATER, CONNECTED))
    assert findings(story, "2026-11-20 10:00") == [("appointment-connection", WATER, "2026-11-19 18:00")]
    assert is_disputed(story, "appointment-connection", "2026-11-20 10:00")


# ── 行政审批 ──


def test_eight_in_the_morning_begins_with_the_office() -> None:
    """Notified at 08:00: half an hour from 08:30. Decided at 17:00 of that day: late, and disputed (“当日”)."""
    story = journey(CITY, *accept(WATER), ("2026-11-16 08:00", WATER, NOTIFIED), ("2026-11-16 17:00", ROADS, signed()))
    assert clocks(story, "commitment-decision") == [(PAIR, "2026-11-16 09:00", "late")]
    assert is_disputed(story, "commitment-decision", "2026-11-16 18:00")


def test_a_review_is_counted_between_each_notice_and_its_decision_and_at_no_other_time() -> None:
    """四(二)1 “不再进行批前审查”: rejected on Monday, notified again on Tuesday, reviewed before that decision: a breach."""
    review = ReviewMade(utility=WATER, department=ROADS)
    story = journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 10:00", WATER, NOTIFIED),
        ("2026-11-16 10:10", ROADS, signed("rejected")),
        ("2026-11-16 15:00", ROADS, review),
    )
    assert findings(story, "2026-11-16 18:00") == []
    story.at("2026-11-17 10:00").does(NOTIFIED, by=WATER)
    story.at("2026-11-17 10:05").does(review, by=ROADS)
    story.at("2026-11-17 10:10").does(signed(), by=ROADS)
    assert findings(story, "2026-11-17 18:00") == [("no-review-before-decision", ROADS, "2026-11-17 10:05")]


def test_each_departments_checklist_has_a_day_of_its_own() -> None:
    story = journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 10:00", ROADS, ChecklistReturned(utility=WATER, department=ROADS)),
        ("2026-11-17 10:00", POLICE, ChecklistReturned(utility=WATER, department=POLICE)),
        ("2026-11-17 18:00", WATER, SUBMITTED),
        ("2026-11-18 18:00:01", WATER, MaterialsSubmitted(utility=WATER, department=POLICE)),
        ("2026-11-18 18:00:01", POLICE, SignoffGiven(utility=WATER, department=POLICE, outcome="approved", opinion="同意", signatory="张")),
        ("2026-11-18 18:00", ROADS, signed()),
    )
    assert findings(story, "2026-11-20 18:00") == [("materials-submission", WATER, "2026-11-18 18:00")]


def test_a_hearing_counts_from_the_day_on_which_the_applicant_was_told() -> None:
    """Handed in on Monday at ten, due on Tuesday. The hearing began on Monday at eleven, the applicant was told on Tuesday at 15:00,
    until Wednesday 15:00: Tuesday and Wednesday are touched, seven office hours are one day: due on Wednesday.
    """
    stop = ClockStopped(
        rule="joint-approval",
        keys=(WATER, ROADS),
        reason="art-45",
        basis="听证",
        needed_until=shanghai("2026-11-18 15:00"),
        told_at=shanghai("2026-11-17 15:00"),
    )
    story = journey(CITY, *accept(WATER), ("2026-11-16 10:00", WATER, SUBMITTED), ("2026-11-16 11:00", ROADS, stop))
    assert clocks(story, "joint-approval") == [(PAIR, "2026-11-18 18:00", "running")]


def test_refused_on_the_third_day_with_a_notice_is_lawful_and_what_was_found_lapses() -> None:
    """The promise's day was over on Tuesday; art. 32 leaves until Monday the 23rd. The next submission has a day of its own."""
    story = journey(CITY, *accept(WATER), ("2026-11-16 10:00", WATER, SUBMITTED))
    assert findings(story, "2026-11-18 10:00") == [("joint-approval", ROADS, "2026-11-17 18:00")]
    no = MaterialsRefused(utility=WATER, department=ROADS, reason="缺图", noticed_at=shanghai("2026-11-19 10:00"))
    story.at("2026-11-19 10:00").does(no, by=ROADS)
    assert findings(story, "2026-11-20 10:00") == []
    story.at("2026-11-20 10:00").does(SUBMITTED, by=WATER)
    assert findings(story, "2026-11-24 10:00") == [("joint-approval", ROADS, "2026-11-23 18:00")]


def test_over_national_day_the_one_working_day_is_the_eighth() -> None:
    story = journey(CITY, *accept(WATER, at="2026-09-28 09:00"), ("2026-09-30 10:00", WATER, SUBMITTED))
    assert clocks(story, "joint-approval") == [(PAIR, "2026-10-08 18:00", "running")]


# ── 计数的标准 ──


def test_each_standard_is_found_against_whoever_broke_it() -> None:
    story = journey(
        CITY,
        *accept(WATER, POWER),
        ("2026-11-16 10:00", "hb-portal", VisitRequired(required_by=WATER)),
        ("2026-11-16 10:00", "hb-portal", VisitRequired(required_by=POWER)),
        ("2026-11-16 11:00", "dy-ysb", FeeCharged(charged_by=POWER, amount=1, works="off-site")),
        ("2026-11-16 11:00", "dy-ysb", FeeCharged(charged_by=WATER, amount=900, works="in-plot")),
        ("2026-11-16 11:30", WINDOW, FormDemanded(demanded_by=POWER)),
        ("2026-11-16 11:40", "hb-portal", FilingRequested(requested_by=WATER)),
    )
    assert findings(story, "2026-11-17 18:00") == [
        ("no-extra-forms", POWER, "2026-11-16 11:30"),
        ("no-fees", POWER, "2026-11-16 11:00"),
        ("no-filing-by-applicant", WATER, "2026-11-16 11:40"),
        ("no-visits", POWER, "2026-11-16 10:00"),
        ("no-visits", WATER, "2026-11-16 10:00"),
    ]


def test_what_failed_together_may_be_accepted_again_and_only_who_comes_apart_is_found() -> None:
    story = journey(
        CITY,
        *accept(WATER, POWER, GAS),
        ("2026-11-25 10:00", WATER, AcceptanceHeld(utilities=(WATER, POWER))),
        ("2026-11-27 10:00", WATER, AcceptanceHeld(utilities=(WATER, POWER))),
    )
    assert findings(story, "2026-11-27 18:00") == []
    story.at("2026-11-30 10:00").does(AcceptanceHeld(utilities=(GAS,)), by=GAS)
    assert findings(story, "2026-11-30 18:00") == [("joint-acceptance", GAS, "2026-11-30 10:00")]


def test_no_rule_of_jingmen_is_found_in_daye() -> None:
    """Daye promises no half day after access is confirmed, no return of results, no period of works."""
    story = journey(
        CITY, *accept(WATER), ("2026-11-16 10:00", ROADS, signed()), ("2026-12-16 10:00", WATER, AcceptanceHeld(utilities=(WATER,)))
    )
    assert findings(story, "2027-01-15 10:00") == []


def test_withdrawn_on_the_day_nothing_more_is_owed_and_what_was_missed_ends_there() -> None:
    story = journey(
        CITY,
        ("2026-11-16 09:00", WINDOW, accepted(WATER)),
        ("2026-11-16 10:00", WATER, SUBMITTED),
        ("2026-11-17 17:00", WINDOW, CaseWithdrawn(proof="申请")),
    )
    assert clocks(story, "joint-approval") == [(PAIR, "2026-11-17 18:00", "void")]
    assert findings(story, "2026-12-31 18:00") == [("application-push", WINDOW, "2026-11-16 09:30")]
    assert said(story.clock("application-push").ended_at) == "2026-11-17 17:00"


def test_a_late_word_of_the_outreach_is_marked_and_a_person_decides() -> None:
    """Made on Tuesday at 15:00, it is said, and written on Thursday at nine: the finding of Tuesday 18:01 stays, as a late entry."""
    story = Story(CITY)
    story.at("2026-11-16 09:00").does(contract(WATER), by=LAND)
    story.at("2026-11-16 09:00").does(EnterpriseInformed(), by=LAND)
    story.at("2026-11-16 09:05").does(DemandPushed(utilities=(WATER,)), by=LAND)
    story.at("2026-11-17 15:00", written="2026-11-19 09:00").does(OutreachMade(utilities=(WATER,)), by=WATER)
    found = story.swept("2026-11-19 10:00")
    assert [(one.rule, one.late_entry, said(one.ended_at)) for one in found] == [("outreach", True, "2026-11-17 15:00")]
