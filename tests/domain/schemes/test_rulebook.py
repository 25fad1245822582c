"""A scheme is made ready once, and a rule that cannot be followed is named with what is wrong."""

import msgspec
import pytest

from domain.acts.connection import MaterialsSubmitted, PlanIssued
from domain.acts.parts import Deferred
from domain.acts.service import EnquiryReceived, EnquiryReclassified, EnquiryTransferred, MatterHandedOver
from domain.schemes.rule import Rule
from domain.schemes.rulebook import BadRule, compile_scheme
from tests.domain.stories import Story, accepted, approval, book, shanghai, surveyed, with_rules

DEADLINE = """
[deadline]
case = "connection"
starts = {starts}
stops = {stops}
owed_by = {owed_by}
limit = "1wd"
per = {per}
"""


def deadline(starts: str = '"plan.issued"', stops: str = '"service.connected"', owed_by: str = '"actor"', per: str = "[]") -> str:
    return DEADLINE.format(starts=starts, stops=stops, owed_by=owed_by, per=per)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (deadline(starts='"plan.isued"'), "there is no act 'plan.isued'"),
        (deadline(starts="{ when = { met = true } }"), "there is no act None"),
        (deadline(starts='{ act = "plan.issued", when = { feasible = true } }'), "plan.issued has no field 'feasible'; it has utility"),
        (deadline(owed_by='"holders"'), "plan.issued has no field 'holders'"),
        (deadline(starts='{ act = "plan.issued", each = "supplies" }'), "plan.issued has no list 'supplies'"),
        (deadline(starts='{ act = "application.accepted", each = "stretches" }'), "application.accepted has no list 'stretches'"),
        (deadline(per='["department"]'), "plan.issued has no field 'department'"),
        (deadline(starts='"enterprise.informed"', per='["utility"]'), "enterprise.informed has no field 'utility'; it has none"),
        (deadline().replace('"1wd"', '"1.25000h"'), "1.25000h"),
        ("", "has neither a deadline nor a standard"),
        (deadline(starts='{ act = "survey.held", each = "works", when = { depth = 1 } }'), "survey.held has no field 'depth'"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_named(table: str, why: str) -> None:
    with pytest.raises(BadRule) as fault:
        with_rules(table)
    assert (fault.value.slug, why in fault.value.why) == ("made-up", True), fault.value.why
    assert str(fault.value).startswith("rule made-up: ")


def test_a_scheme_compiles_to_its_rules_by_kind_of_case() -> None:
    plan = book("jingmen-2023").scheme
    ready = compile_scheme(plan)
    assert {program.slug for program in ready.deadlines["complaint"]} == {"report-handling", "objection-decision"}
    assert "one-time-notice" in {program.slug for program in ready.deadlines["enquiry"]}
    assert ready.rule("J-04").id == ready.rule("joint-approval").id == "joint-approval"


def test_an_inspector_sees_the_suppliers_of_what_its_plan_gives_it_to_inspect() -> None:
    # 七: 住建局对用水、用气、用热……进行检查督办; 发改委对……联动接入方案落实情况
    jingmen = book("jingmen-2023")
    assert jingmen.inspected_by("jm-zjj") == ("jm-water", "jm-gas", "jm-heat-zhongjing", "jm-heat-zhongran")
    assert jingmen.inspected_by("jm-fgw") is None
    assert jingmen.inspected_by("nobody") is None


def test_a_party_keeps_its_own_office_hours_where_it_has_some() -> None:
    ready = book("jingmen-2023")
    assert ready.sessions_of("jm-hall-duodao") == ((30_600, 43_200), (52_200, 64_800))
    assert ready.sessions_of("jm-cgw") == ((30_600, 43_200), (52_200, 64_800))


def test_a_rule_names_all_its_citations_even_when_there_is_one() -> None:
    assert [len(book("jingmen-2023").rules[slug].cites) for slug in ("joint-approval", "half-day-connection")] == [1, 2]


def test_a_key_may_be_read_off_the_act_and_another_off_each_of_its_elements() -> None:
    story = approval()
    deferred = tuple(Deferred(document=one, due_on=shanghai("2026-11-20 09:00").date()) for one in ("图纸", "照片"))
    act = MaterialsSubmitted(utility="jm-gas", department="jm-cgw", deferred=deferred)
    story.at("2026-11-16 11:00").does(act, by="jm-gas")
    keys = [clock.keys for clock in story.clocks("deferred-document")]
    assert keys == [("jm-gas", "jm-cgw", "图纸"), ("jm-gas", "jm-cgw", "照片")]


def test_whoever_an_element_names_may_owe_the_clock() -> None:
    table = deadline(starts='{ act = "application.accepted", each = "supplies" }', owed_by='"utility"', per='["service"]')
    story = Story(with_rules(table.replace('stops = "service.connected"', 'stops = "demand.pushed"')))
    story.at("2026-11-16 09:00").does(accepted("jm-water", "jm-gas"), by="jm-spj")
    assert [(clock.keys, clock.party) for clock in story.clocks("made-up")] == [(("water",), "jm-water"), (("gas",), "jm-gas")]


def test_the_holder_owes_and_the_recorder_where_nobody_holds() -> None:
    story = Story(with_rules(deadline(starts='"application.accepted"', owed_by='"holder"')))
    story.at("2026-11-16 09:00").does(accepted("jm-water"), by="jm-spj")
    assert story.clock("made-up").party == "jm-spj"


CLASSED = """
[deadline]
case = "enquiry"
starts = { act = "enquiry.transferred", when = { class = "complex" } }
stops = { act = "matter.handed_over", when = { complete = true } }
owed_by = "to"
limit = "1wd"
"""


def test_a_condition_may_ask_for_the_class_in_force() -> None:
    for class_, found in (("complex", 1), ("general", 0)):
        story = Story(with_rules(CLASSED))
        act = EnquiryReceived(channel="窗口", receiver="jm-water", class_=class_, reason="类别", subject="进度")  # type: ignore[arg-type]  # either word
        story.at("2026-11-16 10:00").does(act, by="jm-water")
        story.at("2026-11-16 11:00").does(EnquiryTransferred(to="jm-gas"), by="jm-water")
        assert len(story.clocks("made-up")) == found


def test_a_matter_that_was_found_to_be_complex_takes_its_limit_from_that() -> None:
    story = Story(with_rules(CLASSED))
    act = EnquiryReceived(channel="窗口", receiver="jm-water", class_="general", reason="类别", subject="进度")
    story.at("2026-11-16 10:00").does(act, by="jm-water")
    story.at("2026-11-16 10:30").does(EnquiryReclassified(class_="complex", reason="改造", by="赵"), by="jm-water")
    story.at("2026-11-16 11:00").does(EnquiryTransferred(to="jm-gas"), by="jm-water")
    assert story.due("made-up") == "2026-11-17 18:00"


def test_an_act_that_does_not_meet_the_condition_stops_nothing() -> None:
    story = Story(with_rules(CLASSED))
    act = EnquiryReceived(channel="窗口", receiver="jm-water", class_="complex", reason="类别", subject="进度")
    story.at("2026-11-16 10:00").does(act, by="jm-water")
    story.at("2026-11-16 11:00").does(EnquiryTransferred(to="jm-gas"), by="jm-water")
    story.at("2026-11-16 12:00").does(MatterHandedOver(to="jm-water", complete=False), by="jm-gas")
    assert story.state("made-up") == "running"
    story.at("2026-11-16 15:00").does(MatterHandedOver(to="jm-water", complete=True), by="jm-gas")
    assert story.state("made-up") == "met"


@pytest.mark.parametrize(("metres", "expected"), [(None, []), (400, [("jm-water",)])])
def test_a_clock_may_be_started_on_one_route_alone(metres: int | None, expected: list[tuple[str, ...]]) -> None:
    table = deadline(starts='{ act = "plan.issued", when = { route = "joint" } }', per='["utility"]', owed_by='"utility"')
    story = Story(with_rules(table))
    story.at("2026-11-16 09:00").does(accepted("jm-water"), by="jm-spj")
    if metres:
        story.at("2026-11-16 09:10").does(surveyed("jm-spj", "jm-water", metres=metres), by="jm-spj")
    story.at("2026-11-16 10:00").does(PlanIssued(utility="jm-water"), by="jm-water")
    assert [clock.keys for clock in story.clocks("made-up")] == expected


def test_a_reclassification_without_an_enquiry_before_it_starts_nothing() -> None:
    story = Story("jingmen-2023")
    act = EnquiryReceived(channel="窗口", receiver="jm-water", class_="general", reason="类别", subject="进度")
    story.at("2026-11-16 10:00").does(act, by="jm-water")
    story.at("2026-11-16 09:00").does(EnquiryReclassified(class_="complex", reason="改造", by="赵"), by="jm-water")
    assert story.clocks("complex-feedback") == []


def test_a_rule_says_nothing_that_it_was_not_told() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({"id": "a", "hint": "b"}, Rule)
