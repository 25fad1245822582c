"""The worked cases for lawyers: of each, every deadline and finding that its file works out by hand, and no other."""

from pathlib import Path

import pytest

from tests.domain.worked_cases.worked import FILES, NAMES, check_findings, check_suspicions, read
from tests.domain.worked_cases.worked_desk import WorkedDesk

each = pytest.mark.parametrize("path", FILES, ids=NAMES)


def test_each_city_has_at_least_fifteen_worked_cases() -> None:
    cities = [path.parent.name for path in FILES]
    assert min(cities.count("daye"), cities.count("jingmen")) >= 15


@each
def test_the_deadlines_are_those_of_the_example_and_no_other(path: Path) -> None:
    example = read(path)
    assert sorted(WorkedDesk(example, swept=False).deadlines()) == sorted(example.deadlines)


@each
def test_the_findings_are_those_of_the_example_and_no_other(path: Path) -> None:
    example = read(path)
    check_findings(WorkedDesk(example, swept=True).findings(), example.findings)


@each
def test_what_stands_does_not_depend_on_when_the_auditor_looked(path: Path) -> None:
    example = read(path)
    standing = [one for one in example.findings if one.state != "lapsed"]
    check_findings(WorkedDesk(example, swept=False).findings(), standing)


@each
def test_routes_numbers_endings_and_suspicions_are_those_of_the_example(path: Path) -> None:
    example = read(path)
    desk = WorkedDesk(example, swept=False)
    assert list(desk.ways()) == list(example.routes)
    assert not example.numbers or desk.numbers() == example.numbers
    assert {name: case.state for name, case in desk.cases.items() if case.state != "open"} == example.states
    check_suspicions(desk.suspicions(), example.suspicions)
