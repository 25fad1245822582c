"""Journeys through Jingmen's connection plan as its officers would live them; each answer is worked out by hand from the text.

16 November 2026 is a Monday; office hours are 08:30-12:00 and 14:30-18:00.
"""

import msgspec
import pytest

from domain.acts.connection import (
    AccessConfirmed,
    ApplicationAccepted,
    ApplicationRefused,
    CaseWithdrawn,
    DemandPushed,
    DemandRegistered,
    ServiceConnected,
    SurveyHeld,
)
from domain.acts.parts import Form, Stretch, Supply, Surveyed
from tests.domain.journeys.jingmen import (
    CITY,
    GAS,
    MARKET,
    MOBILE,
    OFFICE,
    PARKS,
    PLANNERS,
    POWER,
    WATER,
    accept,
    agreed,
    changed,
    pushed,
)
from tests.domain.journeys.journeys import Step, clocks, findings, journey
from tests.domain.stories import Story, accepted, form, said, surveyed

# ── 受理与推送 ──


def test_a_gas_window_takes_five_services_and_reaches_the_last_carrier_a_minute_late() -> None:
    """三3, 四(一)1: any window; at once is 30 minutes; one push is owed, so one finding, against the window that took it in."""
    five = (WATER, GAS, "jm-heat-zhongjing", POWER, MOBILE)
    story = journey(
        CITY,
        ("2026-11-16 09:00", GAS, accepted(*five)),
        ("2026-11-16 09:10", GAS, pushed(WATER, GAS, POWER)),
        ("2026-11-16 09:31", GAS, pushed("jm-heat-zhongjing", MOBILE)),
    )
    assert findings(story, "2026-11-16 18:00") == [("any-window", GAS, "2026-11-16 09:30")]


def test_an_application_of_friday_evening_is_pushed_on_monday_morning() -> None:
    """17:45 to 18:00 are fifteen minutes; the other fifteen run on Monday to 08:45."""
    steps: list[Step] = [("2026-11-20 17:45", OFFICE, accepted(WATER)), ("2026-11-23 08:45", OFFICE, pushed(WATER))]
    assert clocks(journey(CITY, *steps), "any-window") == [("", "2026-11-23 08:45", "met")]


def test_for_an_application_that_came_on_line_at_night_the_window_behind_the_portal_answers() -> None:
    """Saturday 22:00: half an hour from Monday's opening. A web site is no party of the plan: 行政审批局 runs it (八(三))."""
    story = journey(CITY, ("2026-11-21 22:00", "hb-portal", accepted(WATER)))
    assert findings(story, "2026-11-23 10:00") == [("any-window", OFFICE, "2026-11-23 09:00")]


def test_a_push_that_portal_and_window_both_write_down_is_one_push() -> None:
    story = journey(
        CITY,
        ("2026-11-16 09:00", OFFICE, accepted(WATER)),
        ("2026-11-16 09:20", "hb-portal", pushed(WATER)),
        ("2026-11-16 09:20", OFFICE, pushed(WATER)),
    )
    assert findings(story, "2026-11-17 18:00") == []


def test_an_application_refused_before_it_was_pushed_leaves_nothing_owed() -> None:
    """Taken at nine, found at 09:10 to lie outside the network: nothing is to be passed on. Refused at 09:40, the push was missed."""
    no = ApplicationRefused(form=form(WATER), clause="二", reason="管网未覆盖", refused_by=OFFICE)
    early = journey(CITY, ("2026-11-16 09:00", OFFICE, accepted(WATER)), ("2026-11-16 09:10", OFFICE, no))
    late = journey(CITY, ("2026-11-16 09:00", OFFICE, accepted(WATER)), ("2026-11-16 09:40", OFFICE, no))
    assert clocks(early, "any-window") == [("", "2026-11-16 09:30", "void")]
    assert findings(late, "2026-11-17 18:00") == [("any-window", OFFICE, "2026-11-16 09:30")]
    assert said(late.clock("any-window").ended_at) == "2026-11-16 09:40"


def test_the_demand_of_a_new_firm_has_to_reach_the_bureau_before_the_survey() -> None:
    """四(一)1 names 行政审批部门 and the utilities; 市场监管局 forgot the bureau. Where the bureau itself took the demand, it knows."""

    def told(collector: str) -> Story:
        return journey(
            CITY,
            ("2026-11-16 09:00", collector, DemandRegistered(occasion="licence", form=form(WATER))),
            ("2026-11-16 09:10", collector, DemandPushed(utilities=(WATER,))),
            ("2026-11-18 09:00", OFFICE, surveyed(OFFICE, WATER)),
        )

    ours = ("plan-at-survey",)
    assert findings(told(MARKET), "2026-11-20 18:00", *ours) == [("demand-reaches-all", MARKET, "2026-11-18 09:00")]
    assert findings(told(OFFICE), "2026-11-20 18:00", *ours) == []


# ── 踏勘、方案 ──


def test_only_a_company_with_works_to_build_owes_a_plan_at_the_survey() -> None:
    """三4: gas cannot be supplied there, power needs nothing built; water owes its plan by six of the same day."""
    found = SurveyHeld(
        called_by=OFFICE,
        participants=(OFFICE, PARKS, PLANNERS, WATER, GAS, POWER),
        surveyed=(
            Surveyed(utility=WATER, feasible=True),
            Surveyed(utility=GAS, feasible=False),
            Surveyed(utility=POWER, feasible=True, works_needed=False),
        ),
        works=(Stretch(place="工业路", utilities=(WATER,), metres=120, does=("pavement-excavation",)),),
    )
    story = journey(CITY, *accept(WATER, GAS, POWER), ("2026-11-16 10:00", OFFICE, found))
    assert clocks(story, "plan-at-survey") == [(WATER, "2026-11-16 18:00", "running")]


@pytest.mark.parametrize(("held", "due"), [("2026-11-20 17:59", "2026-11-20 18:00"), ("2026-11-20 18:00", "2026-11-23 18:00")])
def test_a_survey_that_ends_as_the_office_closes_leaves_the_next_office_day(held: str, due: str) -> None:
    story = journey(CITY, *accept(WATER), (held, OFFICE, surveyed(OFFICE, WATER)))
    assert clocks(story, "plan-at-survey") == [(WATER, due, "running")]


def test_a_survey_that_two_parties_write_down_alike_is_one_survey() -> None:
    """三4 “一次到位”: a second survey is a breach; a second record of the same one is not."""
    held = surveyed(OFFICE, WATER)
    once = journey(CITY, *accept(WATER), ("2026-11-16 10:00", OFFICE, held), ("2026-11-16 10:00", WATER, held))
    assert findings(once, "2026-11-16 17:00") == []
    twice = journey(CITY, *accept(WATER), ("2026-11-16 10:00", OFFICE, held), ("2026-11-16 15:00", OFFICE, held))
    assert findings(twice, "2026-11-16 17:00") == [("one-survey", OFFICE, "2026-11-16 15:00")]


# ── 接入 ──


def test_the_half_day_runs_from_the_later_of_access_and_application_over_a_weekend() -> None:
    """Ready since Thursday, applied for on Friday at 17:00: one hour on Friday, two and a half on Monday, 11:00."""
    story = journey(
        CITY,
        ("2026-11-19 09:00", OFFICE, DemandRegistered(occasion="other", form=form(WATER))),
        ("2026-11-19 10:00", WATER, AccessConfirmed(utility=WATER)),
        *accept(WATER, at="2026-11-20 17:00"),
    )
    assert clocks(story, "half-day-connection") == [(WATER, "2026-11-23 11:00", "running")]


def test_connected_before_access_was_confirmed_is_in_time() -> None:
    story = journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 10:00", WATER, ServiceConnected(utility=WATER)),
        ("2026-11-16 11:00", WATER, AccessConfirmed(utility=WATER)),
    )
    assert clocks(story, "half-day-connection") == [(WATER, "2026-11-16 17:00", "met")]


def test_an_appointment_moved_by_the_company_stays_and_one_moved_by_the_customer_does_not() -> None:
    """Friday's slot ends at eleven. The company would rather come on Monday: that moves nothing. The customer then asks for Tuesday."""
    story = journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 09:30", WATER, agreed("2026-11-20 10:00", "2026-11-20 11:00")),
        ("2026-11-16 10:00", WATER, AccessConfirmed(utility=WATER)),
        ("2026-11-18 10:00", WATER, changed("2026-11-23 10:00", "2026-11-23 11:00", by="utility")),
    )
    assert clocks(story, "half-day-connection") == [(WATER, "2026-11-16 16:00", "void")]
    assert clocks(story, "appointment") == [(WATER, "2026-11-20 11:00", "running")]
    story.at("2026-11-19 10:00").does(changed("2026-11-24 10:00", "2026-11-24 11:00"), by=WATER)
    story.at("2026-11-24 11:00:01").does(ServiceConnected(utility=WATER), by=WATER)
    assert findings(story, "2026-11-25 10:00") == [("appointment", WATER, "2026-11-24 11:00")]


def test_an_appointment_that_the_customer_wants_sooner_than_half_a_day_keeps_both_promises() -> None:
    story = journey(
        CITY,
        *accept(WATER),
        ("2026-11-16 09:30", WATER, AccessConfirmed(utility=WATER)),
        ("2026-11-16 09:40", WATER, agreed("2026-11-16 14:30", "2026-11-16 15:00")),
        ("2026-11-16 15:00", WATER, ServiceConnected(utility=WATER)),
    )
    assert clocks(story, "half-day-connection") == [(WATER, "2026-11-16 15:30", "met")]
    assert clocks(story, "appointment") == [(WATER, "2026-11-16 15:00", "met")]


def test_a_customer_who_takes_another_carrier_or_drops_gas_is_owed_nothing_by_those_left_out() -> None:
    """Form one: water, gas, mobile; ready at ten. Form two at eleven: water and telecom."""
    story = journey(
        CITY,
        *accept(WATER, GAS, MOBILE),
        *(("2026-11-16 10:00", one, AccessConfirmed(utility=one)) for one in (WATER, GAS, MOBILE)),
        ("2026-11-16 11:00", OFFICE, ApplicationAccepted(form=_with_telecom())),
        ("2026-11-16 11:05", OFFICE, pushed(WATER, "jm-telecom")),
        ("2026-11-16 16:00", WATER, ServiceConnected(utility=WATER)),
    )
    assert sorted(clocks(story, "half-day-connection")) == [
        (GAS, "2026-11-16 16:00", "void"),
        (MOBILE, "2026-11-16 16:00", "void"),
        (WATER, "2026-11-16 16:00", "met"),
    ]
    assert findings(story, "2026-11-20 18:00") == []


def _with_telecom() -> Form:
    supplies = (Supply(service="water", utility=WATER), Supply(service="network", utility="jm-telecom"))
    return msgspec.structs.replace(form(WATER), supplies=supplies)


def test_what_was_missed_before_a_company_was_dropped_stays_missed_and_runs_no_longer() -> None:
    story = journey(
        CITY,
        *accept(WATER, GAS),
        ("2026-11-16 10:00", GAS, AccessConfirmed(utility=GAS)),
        *accept(WATER, at="2026-11-17 09:00"),
    )
    assert findings(story, "2026-11-20 18:00") == [("half-day-connection", GAS, "2026-11-16 16:00")]
    assert said(story.clock("half-day-connection").ended_at) == "2026-11-17 09:00"


def test_withdrawn_at_four_on_the_second_nothing_was_missed() -> None:
    """Withdrawal voids what is not yet due; on the second, it is not yet missed."""
    for at, state in (("2026-11-16 16:00:00", "void"), ("2026-11-16 16:00:01", "late")):
        story = journey(
            CITY, *accept(WATER), ("2026-11-16 10:00", WATER, AccessConfirmed(utility=WATER)), (at, OFFICE, CaseWithdrawn(proof="申请"))
        )
        assert clocks(story, "half-day-connection") == [(WATER, "2026-11-16 16:00", state)]
