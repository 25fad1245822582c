"""Joint surveys: who calls and attends them, and what counts together with works of other cases at the same place."""

from uuid import UUID

import msgspec
import pytest

from domain.acts.connection import ApplicationPushed, SurveyHeld
from domain.acts.parts import Stretch, Surveyed
from domain.case import Case
from domain.cases.context import ActContext
from domain.cases.other_cases import Dug
from domain.ledger import AUDITOR_PARTY, Actor
from domain.schemes.rulebook import compile_scheme
from domain.works.combined_works import beside_survey
from domain.works.places import dug_by, one_place, places_of
from domain.works.survey import doubts_of_survey
from tests.domain.desk import applied
from tests.domain.stories import CASE, Story, book, connection, shanghai, surveyed

OTHER, THIRD = UUID(int=2), UUID(int=3)
AT = "2026-11-16 10:00"


def stretch(metres: int, *utilities: str, place: str = "工业路") -> Stretch:
    return Stretch(place=place, utilities=utilities or ("jm-water",), metres=metres, does=("pavement-excavation",))


def held(*works: Stretch, came: tuple[str, ...] = ("jm-spj", "jm-cgw", "jm-zgj", "jm-water"), reason: str | None = None) -> SurveyHeld:
    found = (Surveyed(utility="jm-water", feasible=True),)
    return SurveyHeld(called_by="jm-spj", participants=came, surveyed=found, works=works, reason=reason)


def dug(metres: int, on: str, case: UUID = OTHER, utility: str = "jm-water", place: str = "工业路") -> Dug:
    return Dug(case, 2, place, utility, metres, shanghai(on))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("工业路１２号", "工业路12号"),
        (" 工业路 12号。", "工业路12号"),
        ("Industry Rd.", "industryrd"),
        ("——", "——"),
        ("工业路12号", "工业路12号"),
    ],
)
def test_one_place_is_written_one_way(written: str, key: str) -> None:
    assert one_place(written) == key


def test_a_survey_names_each_of_its_places_once() -> None:
    assert places_of(held(stretch(10), stretch(20, place="工业 路"), stretch(30, place="他路"))) == {"工业路", "他路"}


def test_a_sign_that_unfolds_into_many_makes_no_endless_key() -> None:
    assert len(one_place("\ufdfa" * 300)) == 300


def test_what_is_dug_is_what_the_last_survey_says_each_stretch_once_for_each_company() -> None:
    story = connection("jingmen-2023", "jm-water")
    assert dug_by(story.entries) == ()
    story.at("2026-11-17 10:00").does(held(stretch(80, "jm-water", "jm-gas"), stretch(20), stretch(9, place="他路")), by="jm-spj")
    story.at("2026-11-16 10:00").does(held(stretch(500)), by="jm-spj")
    assert [(one.seq, one.place, one.utility, one.metres) for one in dug_by(story.entries)] == [
        (3, "他路", "jm-water", 9),
        (3, "工业路", "jm-gas", 80),
        (3, "工业路", "jm-water", 100),
    ]


def test_works_of_other_cases_count_towards_the_threshold_and_a_person_is_asked() -> None:
    desk = applied("jm-water")
    made = desk.records(held(stretch(150)), by="jm-spj", at=AT, nearby=[dug(100, "2026-06-01 09:00"), dug(60, "2026-11-20 09:00", THIRD)])
    assert [(type(one.act).__name__, one.actor.party) for one in made.entries[1:]] == [
        ("WorksCountedTogether", AUDITOR_PARTY),
        ("WorksCountedTogether", AUDITOR_PARTY),
        ("SuspicionRaised", AUDITOR_PARTY),
    ]
    # 1 June to 16 November are 168 days (29 + 31 + 31 + 30 + 31 + 16); 16 to 20 November are four.
    assert [getattr(one.act, "days", None) for one in made.entries[1:3]] == [168, 4]
    assert getattr(made.entries[3].act, "seqs", None) == (3, 4, 5)
    route = desk.story.situation().route("jm-water")
    assert (route.route, route.metres) == ("joint", 310)
    assert route.because == "与其他办件在同一地点的施工（100、60 米）合并计算，本办件 150 米，合计 310 米；施工长度 310 米，超过 300 米"


def test_a_later_survey_counts_anew() -> None:
    desk = applied("jm-water")
    desk.records(held(stretch(150)), by="jm-spj", at=AT, nearby=[dug(100, "2026-11-01 09:00")])
    assert desk.story.situation().route("jm-water").metres == 250
    desk.records(held(stretch(40), reason="改线"), by="jm-spj", at="2026-11-17 10:00")
    assert desk.story.situation().route("jm-water").metres == 40


def beside(scheme: str, act: SurveyHeld, *nearby: Dug) -> list[str]:
    plan = book(scheme).scheme
    acts = beside_survey(plan.route, plan.suspicions, act, 3, shanghai(AT), nearby)
    return [getattr(one, "about", "counted") for one in acts]


def test_only_the_same_company_at_the_same_place_within_the_days_counts() -> None:
    works = held(stretch(100))
    assert beside("jingmen-2023", works, dug(100, "2026-05-20 09:00")) == ["counted"]
    # 20 May to 16 November are 180 days (11 + 30 + 31 + 31 + 30 + 31 + 16), from the 19th one more.
    assert beside("jingmen-2023", works, dug(100, "2026-05-19 09:00")) == []
    assert beside("jingmen-2023", works, dug(100, AT, utility="jm-gas"), dug(100, AT, place="他路")) == []


def test_works_that_are_long_alone_are_not_split() -> None:
    assert beside("jingmen-2023", held(stretch(320)), dug(100, AT)) == ["counted"]
    assert beside("jingmen-2023", held(stretch(100)), dug(100, AT)) == ["counted"]
    assert beside("jingmen-2023", held(stretch(200)), dug(100, AT)) == ["counted", "split-works", "length-at-threshold"]


@pytest.mark.parametrize(("metres", "told"), [(194, False), (195, True), (199, True), (200, True), (201, False)])
def test_a_length_at_or_just_under_the_threshold_is_told(metres: int, told: bool) -> None:  # noqa: FBT001 -- pytest passes it by name
    assert beside("daye-2023", held(stretch(metres))) == ["length-at-threshold"] * told


def test_a_scheme_without_such_a_rule_counts_nothing_together() -> None:
    routes = msgspec.structs.replace(book("jingmen-2023").scheme.route, together=None)
    assert beside_survey(routes, None, held(stretch(100)), 3, shanghai(AT), [dug(100, AT)]) == ()


def test_a_scheme_that_names_no_signs_asks_about_no_length() -> None:
    assert beside_survey(book("daye-2023").scheme.route, None, held(stretch(200)), 3, shanghai(AT), []) == ()


def doubts(story: Story, act: SurveyHeld) -> tuple[str, ...]:
    at = shanghai(AT)
    case = Case(
        case_id=CASE, kind="connection", scheme=story.book.id, city=story.book.scheme.city.code, district=None, subject=None,
        number=None, year=2026, state="open", opened_at=at, opened_by="jm-spj", parties=(), seq=len(story.entries), head=b"",
    )  # fmt: skip
    asked = ActContext(story.book, case, story.entries, at, at, Actor("jm-spj", "coordinator", "x"), (), (), story.offices)
    return tuple(doubts_of_survey(asked, act))


def test_a_survey_as_the_plan_has_it_raises_no_doubt() -> None:
    assert doubts(connection("jingmen-2023", "jm-water"), held(stretch(100))) == ()


def test_who_was_missing_from_a_survey_is_told() -> None:
    story = connection("jingmen-2023", "jm-water", "jm-gas")
    [missing] = doubts(story, held(stretch(100), came=("jm-water",)))
    assert "held without 荆门市城市管理委员会、中石油昆仑燃气有限公司、荆门市自然资源和规划局, who come to it (四(一)2)" in missing


def test_without_works_no_department_has_to_come_and_to_a_second_survey_only_whom_it_is_about() -> None:
    story = connection("jingmen-2023", "jm-water", "jm-gas")
    assert doubts(story, held(came=("jm-water", "jm-gas"))) == ()
    assert doubts(story, held(came=("jm-water",), reason="改线")) == ()


def test_daye_expects_the_departments_that_the_project_was_pushed_to() -> None:
    story = Story("daye-2023")
    story.at("2026-11-16 09:00").does(connection("daye-2023", "dy-water").entries[0].act, by="dy-zsj")
    pushed = ApplicationPushed(utilities=("dy-water",), departments=("dy-jtj",), approval_needed=True)
    story.at("2026-11-16 09:00").does(pushed, by="dy-zsj")
    [missing, nobody] = doubts(story, surveyed("dy-zsj", "dy-water", metres=100))
    assert "held without 大冶市交通运输局" in missing
    assert "no approving department came" in nobody
    [called, *_] = doubts(story, surveyed("dy-water", "dy-water", metres=100))
    assert "the plan has 大冶市政数局 call it (四(一)2)" in called


def test_a_scheme_that_says_nothing_about_surveys_doubts_none() -> None:
    silent = compile_scheme(msgspec.structs.replace(book("jingmen-2023").scheme, survey=None))
    assert doubts(Story(silent), held(stretch(100))) == ()
