"""docs/coverage.md answers every sentence of both plans, once, and by names that lead somewhere."""

import subprocess
import sys

import pytest

from schemes import load_schemes
from tests.coverage_of_plans import PAGE, ROOT, SCHEMES, CoverageRow, lost, page, rows, there


def numbers(city: str) -> list[int]:
    return [int(number) for number in rows()[city]]


def test_daye_has_117_sentences_and_jingmen_185() -> None:
    assert (numbers("daye"), numbers("jingmen")) == (list(range(1, 118)), list(range(118, 303)))


def test_every_sentence_has_one_answer_and_every_name_leads_somewhere() -> None:
    assert lost() == []


def test_the_page_is_what_the_rows_say() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_the_command_writes_the_page() -> None:
    said = subprocess.run([sys.executable, "-m", "tests.coverage_of_plans"], cwd=ROOT, capture_output=True, check=True)
    assert said.stdout == PAGE.read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "act outreach.unmade",
        "rule no-such",
        "party jm-none",
        "operation readNothing",
        "command nothing",
        "printed nothing",
        "form demand no_box",
        "form nothing",
        "scheme route.nothing",
        "page docs/nothing.md",
        "nothing at all",
    ],
)
def test_a_name_that_leads_nowhere_is_told(name: str) -> None:
    assert [there(load_schemes().by_id(scheme), name) for scheme in SCHEMES.values()] == [False, False]


@pytest.mark.parametrize("row", [CoverageRow(quote="无"), CoverageRow(quote="无", by=("act case.closed",), none="two answers")])
def test_a_row_without_an_answer_or_with_two_is_told(row: CoverageRow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.coverage_of_plans.rows", lambda: {"daye": {"001": row}})
    assert lost() == ["C-001: one answer, please"]
