"""A made-up city's made-up traffic: its plan's own rules are missed in it, and every one is known beforehand."""

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from domain.clock import is_breached
from domain.judging.judge import judge
from domain.schemes.rulebook import Rulebook, compile_scheme
from simulation import City, WantedTraffic, traffic
from simulation.duties import Unanswered, duties_of
from storage.postgres.transaction import Database
from tests.cli.conftest import Saying
from tests.database import Urls
from tests.domain.stories import book, offices

ID, FAR = "linjiang-2026", datetime(2044, 1, 1, tzinfo=UTC)
DAYS = ("--from", "2026-01-05", "--to", "2026-06-30")


@pytest.mark.parametrize("seed", [1, 2])
def test_the_judge_finds_the_known_breaches_and_no_other(seed: int) -> None:
    asked = WantedTraffic(cases=300, seed=seed, from_day=date(2026, 1, 5), to_day=date(2026, 6, 30), breaches=200)
    city, missed = City(book(ID), offices()), set[str]()
    for one in traffic(city, asked):
        late = [clock for clock in judge(city.book, one.entries, city.offices).clocks if is_breached(clock, FAR)]
        found = {(clock.rule, clock.keys, clock.party, f"{clock.due:%Y-%m-%dT%H:%M:%SZ}") for clock in late}
        assert found == {(answer.rule, tuple(answer.keys.values()), answer.party, answer.due_at) for answer in one.answers}
        missed |= {answer.rule for answer in one.answers}
    assert missed >= {"tell-suppliers", "go-and-see", "design", "decide-on-promise", "hand-in", "finish", "connect", "reply", "stay-home"}


def with_rule(**changes: object) -> Rulebook:
    """The city's plan with one more rule than it has."""
    plan = book(ID).scheme
    more = msgspec.structs.replace(plan.rule[0], id="one-more", **changes)
    return compile_scheme(msgspec.structs.replace(plan, rule=(*plan.rule, more)))


def test_a_rule_that_the_traffic_could_break_unanswered_is_refused() -> None:
    with pytest.raises(Unanswered, match="one-more"):
        duties_of(with_rule())


@pytest.mark.usefixtures("_named")
def test_the_city_is_simulated_and_audited_on_a_real_database(on_database: Saying, fresh_urls: Urls, tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    said = on_database("simulate", "--scheme", ID, "--cases", "80", "--seed", "4", "--breach-rate", "0.2", *DAYS, "--answers", str(answers))
    assert (said.status, said.err) == (0, "")
    known = sorted((one["rule"], one["party"], one["dueAt"]) for one in map(json.loads, answers.read_text().splitlines()))
    audited = on_database("audit", "--json")
    assert audited.json["disagreements"] == 0
    found = asyncio.run(_found(fresh_urls.app))
    assert known
    assert found == known


async def _found(url: str) -> list[tuple[str, str, str]]:
    database = await Database.open(url)
    try:
        async with database.connection() as tx:
            rows = await tx.fetch("SELECT rule, party, due_at FROM finding")
    finally:
        await database.close()
    return sorted((row["rule"], row["party"], f"{row['due_at']:%Y-%m-%dT%H:%M:%SZ}") for row in rows)
