"""Which way works are approved, and who may apply: on the plans' own thresholds and words."""

from collections.abc import Sequence

import pytest

from domain.acts.connection import CommitmentNotified
from domain.acts.parts import Applicant, Form, Stretch, Supply
from domain.intake.scope import district_of, out_of_scope
from domain.judging.route import route_of, works_for
from tests.domain.stories import Story, accepted, book, connection, form, surveyed

ROUTES = {city: book(city).scheme.route for city in ("daye-2023", "jingmen-2023")}


def stretch(metres: int, *does: str, utilities: Sequence[str] = ("a",)) -> Stretch:
    return Stretch(place="工业路", utilities=tuple(utilities), metres=metres, does=tuple(does))  # type: ignore[arg-type]  # words of the plans


@pytest.mark.parametrize(
    ("city", "metres", "does", "expected"),
    [
        ("daye-2023", 199, ["road-excavation"], "commitment"),
        ("daye-2023", 200, ["road-excavation"], "joint"),
        ("daye-2023", 201, ["road-excavation"], "joint"),
        ("daye-2023", 150, ["green-occupation"], "commitment"),
        ("daye-2023", 150, ["pavement-excavation"], "commitment"),
        ("daye-2023", 150, ["changes-planning-use"], "joint"),
        ("daye-2023", 150, [], "joint"),
        ("jingmen-2023", 299, ["pavement-excavation"], "commitment"),
        ("jingmen-2023", 300, ["pavement-excavation"], "joint"),
        ("jingmen-2023", 301, ["pavement-excavation"], "joint"),
        ("jingmen-2023", 100, ["pavement-excavation", "green-occupation"], "commitment"),
        ("jingmen-2023", 100, ["road-excavation"], "joint"),
        ("jingmen-2023", 100, ["pavement-excavation", "road-excavation"], "joint"),
        ("jingmen-2023", 100, ["pavement-excavation", "crosses-major-works"], "joint"),
    ],
)
def test_the_route_follows_from_length_and_kind(city: str, metres: int, does: list[str], expected: str) -> None:
    assert route_of(ROUTES[city], [stretch(metres, *does)]).route == expected


def test_works_of_exactly_the_threshold_say_why_they_go_the_joint_route() -> None:
    route = route_of(ROUTES["jingmen-2023"], [stretch(300, "pavement-excavation")])
    assert "恰好300米" in route.because


def test_stretches_add_up_and_a_shared_one_counts_once() -> None:
    works = [
        stretch(150, "pavement-excavation", utilities=("water", "gas")),
        stretch(100, "pavement-excavation", utilities=("water",)),
        stretch(149, "green-occupation", utilities=("gas",)),
    ]
    assert route_of(ROUTES["jingmen-2023"], works_for(works, "water")).metres == 250
    assert route_of(ROUTES["jingmen-2023"], works_for(works, "gas")).metres == 299
    assert route_of(ROUTES["jingmen-2023"], works).metres == 399


def test_without_off_site_works_there_is_no_approval() -> None:
    route = route_of(ROUTES["daye-2023"], [])
    assert (route.route, route.metres) == ("none", 0)
    assert route.cite is not None


def test_the_route_of_a_case_follows_its_last_survey_and_what_the_department_was_told() -> None:
    story = connection("jingmen-2023", "jm-water")
    assert story.situation().route_taken("jm-water", "jm-cgw") == "none"
    story.at("2026-11-16 10:00").does(surveyed("jm-spj", "jm-water", metres=400), by="jm-spj")
    assert story.situation().route_taken("jm-water", "jm-cgw") == "joint"
    again = surveyed("jm-spj", "jm-water", metres=100, does=["pavement-excavation"], reason="改线")
    story.at("2026-11-17 10:00").does(again, by="jm-spj")
    assert story.situation().route("jm-water").route == "commitment"
    notified = CommitmentNotified(utility="jm-water", departments=("jm-cgw",), commitment="c")
    story.at("2026-11-17 11:00").does(notified, by="jm-water")
    assert story.situation().route_taken("jm-water", "jm-cgw") == "commitment"
    assert story.situation().route_taken("jm-water", "jm-zgj") == "joint"
    assert story.situation().field("route", {}) == "none"


def asking(
    city: str, kind: str = "enterprise", zone: str | None = "ziling", *, covered: bool = True, installable: bool = True
) -> str | None:
    applicant = Applicant(name="甲", kind=kind)  # type: ignore[arg-type]  # words of the plans
    supplies = (Supply(service="water", utility="jm-water"),)
    asked = Form(applicant=applicant, supplies=supplies, address="某路", zone=zone, covered=covered, installable=installable)
    return out_of_scope(book(city).scheme, asked)


def test_jingmen_takes_enterprises_and_no_developers() -> None:
    assert asking("jingmen-2023") is None
    for kind in ("developer", "resident", "other-non-resident"):
        refused = asking("jingmen-2023", kind)
        assert refused is not None
        assert refused.startswith("本方案适用于企业，不适用于")


def test_daye_takes_developers_too_and_no_residents() -> None:
    assert asking("daye-2023", "developer", None) is None
    assert asking("daye-2023", "resident", None) is not None


def test_jingmen_asks_for_place_coverage_and_possibility() -> None:
    assert asking("jingmen-2023", zone="elsewhere") == "接入地点不在适用范围内（主城区、子陵、牌楼、团林、麻城、漳河）"
    assert asking("jingmen-2023", zone=None) == "未注明接入地点所在区域；适用范围为主城区、子陵、牌楼、团林、麻城、漳河"
    assert asking("jingmen-2023", covered=False) == "接入地点不在公共管网覆盖区域内"
    assert asking("jingmen-2023", installable=False) == "不具备安装条件"


def test_a_form_says_in_which_district_it_lies() -> None:
    scheme = book("jingmen-2023").scheme
    assert district_of(scheme, form("jm-water")) == "jm-dongbao"
    assert district_of(book("daye-2023").scheme, form("dy-water")) is None


def test_nobody_holds_a_connection() -> None:
    story = Story("jingmen-2023")
    entry = story.at("2026-11-16 09:00").does(accepted("jm-water"), by="jm-spj")
    assert story.situation().holder(entry.occurred_at) is None
    assert story.situation().class_in_force() is None
