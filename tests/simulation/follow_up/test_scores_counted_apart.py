"""Scorecards equal a plain SQL count that shares no line with ours, and every case's shares add up to an overrun counted by hand."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from auditor.assessment.corrections import correct_scores
from auditor.audit.audit import AuditRun, audit
from calendars import SHANGHAI
from casework.program import Context
from domain.acts.enforcement.assessment import ScoreSealed, StageScore
from domain.assessment.delay_shares import delay_shares_of, office_of
from domain.assessment.period import parse_period
from domain.assessment.scorecard import party_scores
from domain.assessment.sealing import corrected_in, sealed_in
from domain.clock import Clock
from simulation.slow_calendar import SlowCalendar, seconds
from storage.assessment.scores import Scored, count, sealed_cases
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledger
from storage.postgres.transaction import Database
from tests.simulation.cities import CITIES
from tests.simulation.follow_up.test_following import followed

SCHEMES = Path(__file__).parents[3] / "schemes"
OVER = datetime(2026, 7, 1, tzinfo=SHANGHAI)
WEIGHTS = {"yellow": 10_000, "red": 15_000, "standard": 10_000}
"""Points in hundredths lost if everything were missed so, as both plans have them."""
SHOWN = {"all", "application", "survey", "approval"}
SPANS = {
    "2025": (date(2025, 1, 1), date(2026, 1, 1)),
    "2025-Q2": (date(2025, 4, 1), date(2025, 7, 1)),
    "2025-06": (date(2025, 6, 1), date(2025, 7, 1)),
}

Card = dict[tuple[str, str], dict[str, Any]]
"""Figures by party and stage."""

OWED = """
WITH one AS (
    SELECT c.party, s.stage, c.state, c.started, c.due, c.ended_at FROM clock c JOIN cases k USING (case_id)
    JOIN unnest($4::text[], $5::text[]) AS s (rule, stage) ON s.rule = c.rule
    WHERE k.city = $6 AND c.counted IS FALSE AND ($7::text IS NULL OR k.district = $7)
), due AS (
    SELECT *, CASE WHEN state = 'met' THEN ended_at WHEN state IN ('late', 'running') AND due < $3 THEN due END AS at FROM one
), these AS (
    SELECT *, CASE WHEN state IN ('met', 'late') AND due > started THEN
        floor(greatest(0, extract(epoch FROM ended_at) - extract(epoch FROM started)) * 1000
              / (extract(epoch FROM due) - extract(epoch FROM started))) END AS used
    FROM due WHERE at >= $1 AND at < $2
), ranked AS (SELECT *, cume_dist() OVER (PARTITION BY party, stage, used IS NULL ORDER BY used) AS upto FROM these)
SELECT party, stage, count(*) AS obligations, sum((state = 'met')::int) AS on_time, sum((state = 'late')::int) AS late,
    sum((state = 'running')::int) AS breached,
    min(used) FILTER (WHERE upto >= 0.5) AS median, min(used) FILTER (WHERE upto >= 0.9) AS ninetieth
FROM ranked GROUP BY party, stage
"""
# A red light costs as red while the overrun, or as many as the plan says with it in its year, still make it one.
FOUND = """
WITH nth AS (
    SELECT *, sum((state NOT IN ('lapsed', 'excused', 'withdrawn'))::int) OVER (
        PARTITION BY party, rule, extract(year FROM due_at AT TIME ZONE 'Asia/Shanghai') ORDER BY due_at, finding_id) AS nth
    FROM finding WHERE city = $5
)
SELECT f.party, s.stage, CASE
        WHEN f.state IN ('open', 'notified', 'objected') THEN 'undecided'
        WHEN f.state IN ('upheld', 'disposed') AND f.rule = ANY($6::text[]) THEN 'standard'
        WHEN f.state IN ('upheld', 'disposed') AND f.light = 'red' AND (f.ended_at IS NULL OR f.ended_at > f.red_at OR nth >= $8) THEN 'red'
        WHEN f.state IN ('upheld', 'disposed') THEN 'yellow'
        WHEN f.state IN ('excused', 'withdrawn') AND f.objected_at IS NOT NULL THEN 'objections_upheld' ELSE 'nothing' END AS what, count(*)
FROM nth f JOIN unnest($3::text[], $4::text[]) AS s (rule, stage) ON s.rule = f.rule
WHERE f.city = $5 AND ($7::text IS NULL OR f.district = $7)
    AND f.due_at BETWEEN $1 AND $2::timestamptz - interval '1 second'
GROUP BY 1, 2, 3
"""


def plan_of(name: str) -> tuple[list[str], list[str], list[str], int]:
    """Rules with the stages that they count at, the counted standards, and what is repeated, from the file itself."""
    plan = tomllib.loads((SCHEMES / f"{name}.toml").read_text())
    rows = [(rule["id"], stage) for rule in plan["rule"] for stage in {"all", rule["stage"]} & SHOWN]
    return (
        [row[0] for row in rows],
        [row[1] for row in rows],
        [rule["id"] for rule in plan["rule"] if "standard" in rule],
        plan["lights"]["repeated"],
    )


async def counted_apart(db: Database, name: str, city: str, span: str, district: str | None = None) -> Card:
    """What a scorecard has to say of a span of days, by party and stage."""
    rules, stages, standards, repeated = plan_of(name)
    first, after = (datetime(on.year, on.month, on.day, tzinfo=SHANGHAI) for on in SPANS[span])
    async with db.connection() as tx:
        owed = await tx.fetch(OWED, first, after, OVER, rules, stages, city, district)
        found = await tx.fetch(FOUND, first, after, rules, stages, city, standards, district, repeated)
    card: Card = {}
    nothing = {"obligations": 0, "on_time": 0, "late": 0, "breached": 0, "median": None, "ninetieth": None}
    for row in owed:
        card[row["party"], row["stage"]] = {
            key: None if row[key] is None else int(row[key]) for key in set(row.keys()) - {"party", "stage"}
        }
    for party, stage, what, many in found:
        if what != "nothing":
            card.setdefault((party, stage), dict(nothing))[what] = many
    return card


def told(stage: StageScore) -> dict[str, Any]:
    """What ours says, under the same names and without zeros."""
    said = {name: getattr(stage, name) for name in ("obligations", "on_time", "late", "breached", "median", "ninetieth")}
    counts = {"undecided": stage.undecided, "objections_upheld": stage.objections_upheld} | {loss.what: loss.count for loss in stage.losses}
    return said | {what: many for what, many in counts.items() if many}


def score(row: dict[str, Any]) -> int | None:
    """A hundred points less each sort's share, rounded half up, in hundredths."""
    if not row["obligations"]:
        return None
    lost = sum(int(weight * row.get(what, 0) / row["obligations"] + 0.5) for what, weight in WEIGHTS.items())
    return max(0, 10_000 - lost)


@pytest.mark.slow("a year of a city, day by day")
@pytest.mark.parametrize("name", sorted(CITIES))
async def test_a_followed_year_adds_up(db: Database, context: Context, name: str) -> None:
    await followed(db, context, name)
    city = CITIES[name].book.scheme.city
    await same_scores(db, context, name, city.code)
    await same_delay_shares(db, context, name)
    await sealed_rows_stand_and_are_corrected_beside(db, context, name, city.code)
    audited = await audit(AuditRun(db, context, "here", lambda: OVER, lambda: OVER, seals=False))
    assert (audited.disagreements, audited.broken_chains) == (0, 0)


async def same_scores(db: Database, context: Context, name: str, city: str) -> None:
    districts = [None, *(one.code for one in CITIES[name].book.scheme.districts[:1])]
    for span in SPANS:
        for district in districts:
            apart = await counted_apart(db, name, city, span, district)
            async with db.connection() as tx:
                scored = Scored(city=city, period=parse_period(span), district=district)
                counted = await count(tx, scored, context.books, context.offices, OVER)
            stages: dict[tuple[str, str], StageScore] = {
                (row.party, one.stage): one for row in party_scores(CITIES[name].book, counted) for one in row.stages
            }
            assert {place: told(one) for place, one in stages.items() if any(told(one).values())} == apart
            assert {place: stages[place].score for place in apart} == {place: score(row) for place, row in apart.items()}


async def same_delay_shares(db: Database, context: Context, name: str) -> None:
    """The union of a case's overruns in office time, walked session by session, is what the parties' shares add up to."""
    book, hand = CITIES[name].book, CITIES[name].hand("")
    async with db.connection() as tx:
        late = await tx.fetch("SELECT DISTINCT case_id FROM clock WHERE NOT counted AND state IN ('late', 'running') AND due < $1", OVER)
        cases: dict[UUID, list[Clock]] = {row[0]: await read_clocks(tx, row[0]) for row in late}
    assert len(cases) > 50
    for clocks in cases.values():
        made = delay_shares_of(clocks, office_of(book, context.offices), OVER)
        assert made.overrun == overrun(hand, clocks)
        assert sum(made.of(party) for party in made.parties) == made.overrun


def overrun(hand: SlowCalendar, clocks: list[Clock]) -> int:
    marks: list[tuple[int, int]] = []
    for one in clocks:
        if not one.counted and one.state in {"late", "running"} and one.due is not None:
            begin, end = seconds(one.due), seconds(min(one.ended_at or OVER, OVER))
            for stop, until in [*one.stops, (None, None)]:
                over = end if stop is None else min(end, seconds(stop))
                marks += [(begin, over)] if begin < over else []
                begin = begin if until is None else max(begin, seconds(until))
    total, reached = 0, 0
    for begin, end in sorted(marks):
        total += hand.between(max(begin, reached), end) if end > reached else 0
        reached = max(reached, end)
    return total


async def sealed_rows_stand_and_are_corrected_beside(db: Database, context: Context, name: str, city: str) -> None:
    """What falls after the seal changes the sum beside it; with the last corrections it is what a count says now."""
    apart = await counted_apart(db, name, city, "2025")
    await correct_scores(db, context.at(OVER))
    async with db.connection() as tx:
        ledgers = [await read_ledger(tx, case.case_id) for case in await sealed_cases(tx, city, 2025)]
    corrected = [entry for ledger in ledgers for entry in corrected_in(ledger)]
    assert corrected
    for ledger in ledgers:
        seal = sealed_in(ledger)
        assert isinstance(seal, ScoreSealed)
        last = {(act.party, act.stage): act.now for _, act in corrected_in(ledger)}
        for row in seal.parties:
            for one in row.stages:
                assert last.get((row.party, one.stage), one.score) == score(apart.get((row.party, one.stage), {"obligations": 0}))
    assert await correct_scores(db, context.at(OVER)) == 0
