"""Plans are found by id, city and day, and no two of a city are in force at once."""

import pickle
import re
from datetime import date
from pathlib import Path

import pytest

from domain.refusals import NotCovered
from schemes import NoScheme, SchemeFault, Schemes, load_schemes, parse_scheme, read_scheme
from tests.schemes.plans import DAYE, JINGMEN, TEXT, changed


def later(folder: Path, until: str, day: str = "2026-01-01", slug: str = "jingmen-2026") -> Schemes:
    """The shipped plans with two of a new city: the older one ends on `until`, the newer starts on `day`."""
    text = TEXT["jingmen"].replace('code = "420800", name = "荆门市"', 'code = "429004", name = "仙桃市"')
    old = text.replace('id = "jingmen-2023"', 'id = "xiantao-2023"').replace("entry_margin", f"{until}\nentry_margin", 1)
    new = text.replace('id = "jingmen-2023"', f'id = "{slug}"').replace("in_force_from = 2023-05-12", f"in_force_from = {day}")
    (folder / "a.toml").write_text(old, "utf-8")
    (folder / "b.toml").write_text(new, "utf-8")
    return load_schemes([folder])


def test_the_plan_in_force_is_found_by_the_citys_code_or_name() -> None:
    schemes = load_schemes()
    assert schemes.in_force("420281", date(2026, 6, 3)) == DAYE
    assert schemes.in_force("荆门市", date(2026, 6, 3)) == JINGMEN
    assert [city.name for city in schemes.cities] == ["大冶市", "荆门市"]


def test_a_plan_is_in_force_from_its_first_day_on() -> None:
    schemes = load_schemes()
    assert schemes.in_force("420800", date(2023, 5, 12)) == JINGMEN
    with pytest.raises(NotCovered, match="from 2023-05-12"):
        schemes.in_force("420800", date(2023, 5, 11))


def test_a_city_without_a_plan_is_told_which_have_one() -> None:
    with pytest.raises(NotCovered, match="420281 大冶市, 420800 荆门市"):
        load_schemes().in_force("420100", date(2026, 6, 3))


def test_a_plan_is_found_by_its_id_or_the_known_ones_are_named() -> None:
    assert load_schemes().by_id("jingmen-2023") == JINGMEN
    with pytest.raises(NoScheme, match="daye-2023, jingmen-2023"):
        load_schemes().by_id("jingmen-2022")


def test_a_new_city_is_a_new_file_and_a_later_plan_follows_the_day_after(tmp_path: Path) -> None:
    schemes = later(tmp_path, "until = 2025-12-31")
    assert schemes.in_force("仙桃市", date(2025, 12, 31)).id == "xiantao-2023"
    assert schemes.in_force("仙桃市", date(2026, 1, 1)).id == "jingmen-2026"


@pytest.mark.parametrize("until", ["", "until = 2026-01-01"])
def test_two_plans_of_a_city_are_never_in_force_at_once(tmp_path: Path, until: str) -> None:
    with pytest.raises(SchemeFault, match="while xiantao-2023") as fault:
        later(tmp_path, until)
    assert (fault.value.file, fault.value.path) == (str(tmp_path / "b.toml"), "in_force_from")
    assert "until" in fault.value.mend


def test_two_plans_never_share_an_id(tmp_path: Path) -> None:
    with pytest.raises(SchemeFault, match="'jingmen-2023' is already") as fault:
        later(tmp_path, "until = 2025-12-31", slug="jingmen-2023")
    assert fault.value.path == "id"


def test_a_plan_does_not_end_before_it_begins() -> None:
    data = changed("jingmen", "entry_margin", "until = 2023-05-11\nentry_margin")
    with pytest.raises(SchemeFault, match="before it takes effect"):
        parse_scheme(data, "x.toml")


def test_a_file_or_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemeFault, match="no such folder"):
        load_schemes([tmp_path / "nowhere"])
    with pytest.raises(SchemeFault, match=r"nowhere\.toml.*cannot be read"):
        read_scheme(tmp_path / "nowhere.toml")


def test_a_fault_keeps_all_it_says_between_processes() -> None:
    with pytest.raises(SchemeFault) as fault:
        parse_scheme(b"id = 1", "x.toml")
    copy = pickle.loads(pickle.dumps(fault.value))  # noqa: S301 -- our own bytes
    assert (str(copy), copy.wrongs) == (str(fault.value), fault.value.wrongs)


def test_a_plan_may_say_nothing_of_forms_numbers_surveys_and_persons() -> None:
    text = TEXT["daye"]
    for table in ("forms.demand", "forms.application", "numbering", "survey", "personal_data", "route.together"):
        text = re.sub(rf"^\[{re.escape(table)}\].*\n(?:(?!\[).*\n)*", "", text, flags=re.MULTILINE)
    plan = parse_scheme(text.encode(), "x.toml")
    assert (plan.forms, plan.numbering, plan.survey, plan.personal_data, plan.route.together) == ({}, None, None, None, None)
