"""`lianban simulate` as a person types it: what it writes, and which words it refuses."""

import json
from pathlib import Path
from random import Random

import pytest

from cli.main import run
from simulation.people import id_number
from tests.cli.conftest import ENGLISH

SIMULATE = ("simulate", "--scheme", "jingmen-2023", "--cases", "5", "--seed", "1")


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in (ENGLISH | {"LIANBAN_DATA": str(tmp_path / "data")}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LIANBAN_DATABASE_URL", raising=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--breach-rate", "2"), "between 0 and 1"),
        (("--breach-rate", "many"), "between 0 and 1"),
        (("--breach-rate", "1/0"), "between 0 and 1"),
        (("--to", "2040-01-01"), "is not over yet"),
        (("--from", "2020-01-01", "--to", "2020-06-30"), "takes effect, on 2023-05-12"),
        (("--from", "2026-02-02", "--to", "2026-02-01"), "comes after"),
        (("--follow", "10"), "not in the range"),
        (("--to", "2026-06-01", "--follow", "700"), "are not over yet"),
        (("--from", "2024-01-02", "--to", "2024-06-30", "--follow", "200", "--live", "3"), "do not go together"),
        (("--answers", "/nowhere/answers.jsonl"), "cannot be written"),
        (("--scheme", "elsewhere-2023"), "elsewhere-2023"),
    ],
)
def test_words_that_do_not_fit_are_refused_in_one_line(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*SIMULATE, *words]) == 2
    assert said in capsys.readouterr().err


def test_the_answers_are_written_a_json_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.jsonl"
    words = (*SIMULATE, "--cases", "60", "--breach-rate", "0.3", "--from", "2026-01-05", "--to", "2026-06-30", "--answers", str(answers))
    assert run(words) == 0
    lines = [json.loads(line) for line in answers.read_text().splitlines()]
    assert lines
    assert all(set(line) == {"caseId", "rule", "keys", "party", "dueAt"} for line in lines)
    assert f"breaches to be found {len(lines)}" in capsys.readouterr().out
    assert run(words) == 1
    assert "another --seed" in capsys.readouterr().err
    assert len(answers.read_text().splitlines()) == len(lines)
    assert run((*words[:-1], str(tmp_path / "more.jsonl"))) == 1
    assert not (tmp_path / "more.jsonl").exists(), "nothing is left of what was refused"


@pytest.mark.slow("a year of a city, day by day")
def test_what_follows_is_written_beside_the_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = ("--from", "2024-07-01", "--to", "2025-06-30", "--follow", "300")
    assert run([*SIMULATE, "--cases", "40", *days, "--answers", str(tmp_path / "answers.jsonl")]) == 0
    lines = [json.loads(line) for line in (tmp_path / "answers.following.jsonl").read_text().splitlines()]
    assert all(set(line) == {"what", "state", "count"} for line in lines)
    assert {"finding", "rung", "credit", "settled", "city-share", "sealed", "oversight"} <= {line["what"] for line in lines}
    assert capsys.readouterr().out.startswith("cases ")


def test_a_window_too_short_for_a_case_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    saturday = "2026-06-06"
    assert run([*SIMULATE, "--cases", "20", "--from", saturday, "--to", saturday]) == 2
    assert "too short" in capsys.readouterr().err


def test_the_number_of_nobody_has_a_check_digit_that_fits() -> None:
    # ISO 7064 mod 11-2: the last digit weighs 1, each before it twice as much, and all add up to 1 modulo 11.
    for seed in range(20):
        number = id_number(Random(seed))  # noqa: S311 -- repeatable numbers, not secrets
        assert sum((10 if digit == "X" else int(digit)) * 2**place for place, digit in enumerate(reversed(number))) % 11 == 1
