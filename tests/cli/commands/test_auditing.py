"""`lianban audit`, `findings` and `verify` on a simulated city: what must be found is found, and a changed ledger shows."""

import asyncio
import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

import schemes
from tests.cli.conftest import Saying, process
from tests.database import Urls, execute

_SEEDS = count(1)


class City(Struct, frozen=True):
    """What was simulated, and the breaches in it."""

    answers: list[dict[str, Any]]


@pytest.fixture
def on_database(named: dict[str, str]) -> Saying:
    """In processes of their own, for the log is set up there."""
    return lambda *words: process(*words, settings=named)


@pytest.fixture
def city(on_database: Saying, tmp_path: Path) -> City:
    """Forty cases of Jingmen; each test that asks adds forty more, of a seed of its own."""
    file = tmp_path / "answers.jsonl"
    seed = str(next(_SEEDS))
    said = on_database(
        "simulate", "--scheme", "jingmen-2023", "--cases", "40", "--seed", seed, "--to", "2026-09-18", "--answers", str(file)
    )
    assert said.status == 0, said.err
    return City([json.loads(line) for line in file.read_text().splitlines()])


def named(item: dict[str, Any]) -> tuple[Any, ...]:
    return item["caseId"], item["rule"], sorted(item["keys"].items()), item["party"], item["dueAt"]


def test_every_breach_is_found_and_nothing_else(on_database: Saying, city: City) -> None:
    first = on_database("audit", "--json")
    assert (first.status, first.err) == (0, "")
    assert set(first.json) == {"cases", "acts", "clocks", "findings_opened", "disagreements", "broken_chains", "seconds"}
    assert first.json["findings_opened"] == len(city.answers) > 0
    assert (first.json["disagreements"], first.json["broken_chains"]) == (0, 0)
    found = [json.loads(line) for line in on_database("findings", "--format", "jsonl").out.splitlines()]
    assert sorted(map(named, found)) == sorted(map(named, city.answers))
    again = on_database("audit", "--json").json
    assert again["findings_opened"] == 0
    assert again["cases"] == first.json["cases"]


_CHANGE = """UPDATE entry SET body = replace(body, '样例', '真例') WHERE seq = 1
AND case_id = (SELECT case_id FROM cases WHERE kind = 'connection' LIMIT 1)"""
"""What only a superuser can do, who takes the triggers away first."""


@pytest.mark.usefixtures("city")
def test_a_changed_ledger_is_named(on_database: Saying, fresh_urls: Urls) -> None:
    whole = on_database("verify", "--json")
    assert (whole.status, whole.json["broken"]) == (0, [])
    documents = on_database("verify", "--documents", "--json")
    assert (documents.status, documents.json["documents"]) == (0, {"documents": 0, "size": 0, "broken": []})
    assert "0 documents" in on_database("verify", "--documents").out
    asyncio.run(execute(fresh_urls.admin, "ALTER TABLE entry DISABLE TRIGGER ALL", _CHANGE))
    said = on_database("verify")
    assert said.status == 1
    assert said.err.strip()
    audited = on_database("audit", "--json")
    assert audited.status == 1
    assert audited.json["broken_chains"] == 1
    assert "Traceback" not in audited.err


def test_another_limit_is_tried_on_the_cases_there_are(on_database: Saying, city: City, tmp_path: Path) -> None:
    plan = (Path(schemes.__file__).parent / "jingmen-2023.toml").read_text("utf-8")
    head, mark, rest = plan.partition('id = "joint-approval"')
    file = tmp_path / "longer.toml"
    file.write_text(head + mark + rest.replace('limit = "3wd"', 'limit = "400wd"', 1), "utf-8")
    late = sum(answer["rule"] == "joint-approval" for answer in city.answers)
    tried = on_database("dry-run", "--scheme", str(file), "--json")
    assert (tried.status, tried.err) == (0, "")
    assert {one["rule"] for one in tried.json["rules"]} <= {"joint-approval"}
    assert sum(one["lost"] for one in tried.json["rules"]) >= late
    assert sum(one["gained"] for one in tried.json["rules"]) == 0
    said = on_database("dry-run", "--scheme", str(file))
    assert "nothing was changed" in said.out
    same = on_database("dry-run", "--scheme", str(Path(schemes.__file__).parent / "jingmen-2023.toml"), "--json")
    assert same.json["differing"] == 0


def test_a_dry_run_says_what_it_needs(on_database: Saying, tmp_path: Path) -> None:
    both = on_database("dry-run")
    assert (both.status, both.out) == (2, "")
    assert "--scheme FILE or --calendar FILE" in both.err
    assert on_database("dry-run", "--scheme", str(tmp_path / "none.toml")).status == 1
    (tmp_path / "bad.json").write_text("{")
    wrong = on_database("dry-run", "--calendar", str(tmp_path / "bad.json"))
    assert (wrong.status, "bad.json" in wrong.err, len(wrong.err.splitlines())) == (1, True, 1)
