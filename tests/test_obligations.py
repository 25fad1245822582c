"""What `./just obligations` answers is whole and true: every id, no carrier unknown to the catalogue, no test that is not there."""

import subprocess
import sys
from typing import Any

import msgspec
import pytest

from tests.obligations import ROOT, Obligation, carried, catalogue, coverage, lost


def ids(letter: str, *numbers: int) -> list[str]:
    return [f"{letter}-{number:02}" for number in numbers]


OPEN: list[str] = []
"""Of supervision and accountability, what this version does not carry out whole; nothing else may be open."""
WHOLE = [
    *ids("D", *range(1, 12), *range(20, 27), *range(30, 36), *range(40, 45), 50, 51, 52, 53),
    *ids("J", *range(1, 35), *range(40, 45), 50, 51, *range(60, 72)),
]
"""Acts, forms, records, rules, routing and parties of both plans, and Jingmen's warnings, complaints, officers, records and assessment."""

ROWS = catalogue()


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tests.obligations", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def answered() -> subprocess.CompletedProcess[str]:
    return command("--json")


@pytest.fixture(scope="module")
def told(answered: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in msgspec.json.decode(answered.stdout)}


def test_the_catalogue_has_every_obligation_of_both_plans() -> None:
    assert sorted(ROWS) == sorted(WHOLE + OPEN)


def test_every_id_that_a_scheme_carries_out_is_in_the_catalogue() -> None:
    assert set(carried()) <= set(ROWS)


@pytest.mark.parametrize("each", WHOLE)
def test_an_obligation_is_carried_out_whole_and_shown_by_a_test(each: str, told: dict[str, dict[str, Any]]) -> None:
    assert set(told[each]["covered_by"]) >= set(carried().get(each, ()))
    assert told[each]["covered_by"]
    assert told[each]["shown_by"]
    assert not told[each]["missing"]


@pytest.mark.parametrize("each", sorted(carried()))
def test_every_rule_that_carries_an_obligation_is_shown_by_a_test_of_its_own(each: str) -> None:
    rules = {what.split()[1] for what in carried()[each] if what.startswith(("deadline ", "standard "))}
    shown = {test.rpartition(" ")[2].rstrip("]") for test in ROWS[each].shown_by if "_of_the_plans.py" in test}
    assert rules <= shown


def test_everything_that_the_catalogue_names_is_there(answered: subprocess.CompletedProcess[str]) -> None:
    assert answered.stderr == ""


def test_the_answer_is_no_while_an_obligation_is_open_and_says_what_is_missing(
    answered: subprocess.CompletedProcess[str], told: dict[str, dict[str, Any]]
) -> None:
    assert [each for each, row in told.items() if row["missing"]] == OPEN
    assert answered.returncode == (1 if OPEN else 0)


def test_a_test_or_act_that_is_not_there_covers_nothing_and_is_told() -> None:
    rows = {"D-01": Obligation(clause="四(一)1", title="", by=("act outreach.unmade",), shown_by=("tests/test_none.py::test_none",))}
    assert [row.covered for row in coverage(rows, {"D-01": ("deadline outreach",)}, set())] == [False]
    assert lost(rows, set()) == ["D-01 names act outreach.unmade", "D-01 names tests/test_none.py::test_none"]


def test_other_words_are_refused() -> None:
    refused = command("--xml")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--json" in refused.stderr
