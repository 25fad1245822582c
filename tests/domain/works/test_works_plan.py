"""The one plan of a case: parts by company, a shared trench dug once, and what could be shared and is not."""

from uuid import UUID

from domain.acts.connection import PlanIssued, SurveyHeld
from domain.acts.parts import Stretch, Surveyed
from domain.works.plan import Plan, plan_of
from tests.domain.stories import Story, connection

DOCUMENT = UUID(int=5)


def stretch(metres: int, *utilities: str, place: str = "工业路") -> Stretch:
    return Stretch(place=place, utilities=utilities, metres=metres, does=("pavement-excavation",))


def planned(*works: Stretch, plans: tuple[PlanIssued, ...] = ()) -> Plan:
    story = connection("jingmen-2023", "jm-water", "jm-gas")
    found = tuple(Surveyed(utility=one, feasible=True, works_needed=one == "jm-water") for one in ("jm-water", "jm-gas"))
    survey = SurveyHeld(called_by="jm-spj", participants=("jm-spj", "jm-water", "jm-gas"), surveyed=found, works=works)
    story.at("2026-11-16 10:00").does(survey, by="jm-spj")
    for number, plan in enumerate(plans):
        story.at(f"2026-11-16 11:0{number}").does(plan, by=plan.utility)
    return plan_of(story.situation())


def shares(*others: str) -> PlanIssued:
    return PlanIssued(utility="jm-gas", shares_trench_with=others)


def test_before_a_survey_there_are_parts_and_nothing_else() -> None:
    plan = plan_of(connection("jingmen-2023", "jm-water").situation())
    assert (plan.survey, plan.trenches, plan.together, plan.metres_named, plan.metres_dug) == (None, (), (), 0, 0)
    assert [(part.utility, part.feasible, part.works_needed, part.metres, part.route.route) for part in plan.parts] == [
        ("jm-water", None, None, 0, "none")
    ]
    assert plan_of(Story("jingmen-2023").situation()).parts == ()


def test_each_part_says_what_its_company_found_and_issued_last() -> None:
    first = PlanIssued(utility="jm-water", standard="旧")
    last = PlanIssued(utility="jm-water", standard="CJJ 101-2016", documents=(DOCUMENT,))
    plan = planned(stretch(100, "jm-water"), plans=(first, last))
    gas, water = plan.parts
    assert (water.feasible, water.works_needed, water.metres, water.standard, water.documents, water.seq) == (
        True,
        True,
        100,
        "CJJ 101-2016",
        (DOCUMENT,),
        5,
    )
    assert (gas.works_needed, gas.issued_at, gas.standard, gas.documents) == (False, None, None, ())
    assert plan.survey is not None
    assert plan.survey.seq == 3


def test_a_trench_that_companies_share_is_dug_once() -> None:
    plan = planned(stretch(100, "jm-water", "jm-gas"), stretch(50, "jm-water"))
    assert (plan.metres_named, plan.metres_dug, plan.could_share) == (250, 150, ())


def test_trenches_named_apart_at_one_place_could_be_shared() -> None:
    plan = planned(stretch(100, "jm-water"), stretch(60, "jm-gas", place="工业 路"), stretch(30, "jm-gas", place="他路"))
    assert plan.metres_dug == 190
    assert [(one.place, one.utilities, one.metres) for one in plan.could_share] == [("工业路", ("jm-gas", "jm-water"), 60)]


def test_what_is_shared_already_is_not_offered_again() -> None:
    works = stretch(100, "jm-water"), stretch(90, "jm-gas"), stretch(40, "jm-water", "jm-gas")
    [offer] = planned(*works).could_share
    assert (offer.utilities, offer.metres) == (("jm-gas", "jm-water"), 90)


def test_companies_whose_plan_says_so_dig_together() -> None:
    plan = planned(stretch(100, "jm-water"), stretch(60, "jm-gas"), stretch(30, "jm-gas", place="他路"), plans=(shares("jm-water"),))
    assert (plan.metres_named, plan.metres_dug, plan.could_share) == (190, 130, ())
    assert [one.together_with for one in plan.trenches] == [("jm-gas",), ("jm-water",), ()]


def test_stretches_of_one_company_lie_one_behind_the_other() -> None:
    plan = planned(stretch(100, "jm-water"), stretch(80, "jm-water"), stretch(60, "jm-gas"), plans=(shares("jm-water"),))
    # the gas pipe goes into one of the two trenches of the water company
    assert plan.metres_dug == 180
