"""A scorecard's counts: equal to a small city worked by hand, and to a plain count in SQL that knows nothing of ours."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest

from domain.assessment.period import parse_period
from domain.assessment.scorecard import NOTHING, Place, Tally, stages_of
from domain.clock import Clock
from storage.assessment.scores import Scored, count, read_upheld
from storage.assessment.service_figures import read_connected
from storage.cases.clocks import save_clocks
from storage.findings.findings import save_findings
from storage.postgres.transaction import Database, Tx
from tests.domain.stories import book, offices, shanghai
from tests.storage.making import a_clock, a_finding, stored


@pytest.fixture
async def tx(database: Database) -> AsyncIterator[Tx]:
    """A transaction that is taken back: each test counts its own city alone."""
    async with database.connection() as opened:
        begun = opened.transaction()
        await begun.start()
        yield opened
        await begun.rollback()


CITY, WATER, PARKS = "420800", "jm-water", "jm-cgw"
BOOKS = {"jingmen-2023": book("jingmen-2023"), "daye-2023": book("daye-2023")}
STAGES = book("jingmen-2023").stages
NOW = shanghai("2026-08-20 10:00")
HOUR = 3_600


def clock(rule: str, party: str, started: str, due: str, ended: str | None, **changes: Any) -> Clock:  # noqa: ANN401 -- any field
    """A clock that ended, or runs; in time or late as its moments say."""
    state = "running" if ended is None else "met" if ended <= due else "late"
    end = None if ended is None else shanghai(ended)
    given = {"keys": (party,), "party": party, "started": shanghai(started), "due": shanghai(due), "ended_at": end, "next_check_at": None}
    return a_clock(rule=rule, **(given | {"state": state} | changes))


async def figures(tx: Tx, period: str, **only: str) -> dict[Place, Tally]:
    return await count(tx, Scored(city=CITY, period=parse_period(period), **only), BOOKS, offices(), NOW)


async def a_small_city(tx: Tx) -> None:
    """July: water connects in half its time and once two hours late; a signature is an hour late, another is still not there."""
    case = await stored(tx, city=CITY, district="jm-dongbao")
    clocks = [
        clock("half-day-connection", WATER, "2026-07-06 08:30", "2026-07-06 16:30", "2026-07-06 12:30"),
        clock("half-day-connection", WATER, "2026-07-07 08:30", "2026-07-07 16:00", "2026-07-08 08:30", start_seq=2),
        clock("joint-approval", PARKS, "2026-07-06 09:00", "2026-07-09 18:00", "2026-07-10 09:30"),
        clock("joint-approval", PARKS, "2026-07-28 09:00", "2026-07-31 17:00", None, start_seq=2),
        clock("joint-approval", PARKS, "2026-08-18 09:00", "2026-08-21 18:00", None, start_seq=3),
        clock("joint-approval", PARKS, "2026-07-06 09:00", "2026-07-09 18:00", "2026-07-10 09:30", start_seq=4, state="void"),
        clock("joint-approval", PARKS, "2026-07-06 09:00", "2026-07-06 09:00", "2026-07-06 09:00", start_seq=5, state="late", counted=True),
    ]
    await save_clocks(tx, case.case_id, clocks)
    found = [
        a_finding(case.case_id, rule="half-day-connection", keys=("w",), party=WATER, state="upheld",
                  **_ended("2026-07-07 16:00", "2026-07-08 08:30")),
        a_finding(case.case_id, keys=("a",), party=PARKS, state="disposed", **_ended("2026-07-09 18:00", "2026-07-10 09:30")),
        a_finding(case.case_id, keys=("b",), party=PARKS, state="notified", **_ended("2026-07-31 17:00", None)),
        a_finding(case.case_id, keys=("c",), party=PARKS, state="excused", objected_at=NOW, **_ended("2026-07-15 17:00", None)),
        a_finding(case.case_id, keys=("d",), party=PARKS, state="lapsed", **_ended("2026-07-15 17:00", None)),
        a_finding(case.case_id, rule="no-review-before-decision", keys=(), party=PARKS, state="upheld",
                  **_ended("2026-07-16 17:00", "2026-07-16 17:00")),
    ]  # fmt: skip
    await save_findings(tx, case, found, stages=STAGES)


def _ended(due: str, ended: str | None) -> dict[str, Any]:
    return {"due_at": shanghai(due), "ended_at": None if ended is None else shanghai(ended), "red_at": shanghai("2026-12-31 18:00")}


async def test_a_small_city_is_counted_as_by_hand(tx: Tx) -> None:
    """Water: four of eight hours is 500 of the limit, 24 of 7.5 hours is 3 200; late by two office hours.

    Parks: 96.5 of 81 hours from Monday nine to Thursday six is 1 191; late by one hour on the tenth, and by one on 31 July,
    and since. By the 20th of August it has more.
    """
    await a_small_city(tx)
    july = await figures(tx, "2026-07")
    assert july[Place(WATER, "all")] == Tally(
        obligations=2, on_time=1, late=1, median=500, ninetieth=3_200, delay_share_seconds=2 * HOUR, yellow=1
    )
    parks = Tally(
        obligations=2, late=1, breached=1, median=1_191, ninetieth=1_191, delay_share_seconds=2 * HOUR, yellow=1,
        standard=1, undecided=1, objections_upheld=1,
    )  # fmt: skip
    assert (july[Place(PARKS, "approval")], july[Place(PARKS, "all")]) == (parks, parks)
    assert Place(WATER, "application") not in july


@pytest.mark.parametrize(("first", "yellow", "red"), [("upheld", 2, 1), ("withdrawn", 2, 0)])
async def test_red_by_repetition_costs_as_such_while_those_before_it_stand(tx: Tx, first: str, yellow: int, red: int) -> None:
    """The third of a year is red; once the first is withdrawn it is the second, though its light was told as red."""
    case = await stored(tx, city=CITY)
    days = [("2026-07-07", first, "yellow"), ("2026-07-08", "upheld", "yellow"), ("2026-07-09", "upheld", "red")]
    found = [
        a_finding(case.case_id, keys=(day,), party=PARKS, state=state, light=light, **_ended(f"{day} 17:00", f"{day} 17:30"))
        for day, state, light in days
    ]
    await save_findings(tx, case, found, stages=STAGES)
    for place, tally in (await figures(tx, "2026-07")).items():
        assert (place.party, tally.yellow, tally.red) == (PARKS, yellow, red)


async def test_an_overrun_that_lasts_is_counted_in_each_month_that_it_lasts(tx: Tx) -> None:
    """3 to 19 August has thirteen working days of seven hours; on the 20th an hour and a half."""
    await a_small_city(tx)
    august = await figures(tx, "2026-08")
    assert august == {Place(PARKS, stage): Tally(delay_share_seconds=13 * 7 * HOUR + HOUR * 3 // 2) for stage in ("all", "approval")}


async def test_a_district_and_a_party_are_counted_alone(tx: Tx) -> None:
    await a_small_city(tx)
    assert await figures(tx, "2026-07", district="jm-duodao") == {}
    own = await figures(tx, "2026-07", party=WATER)
    assert set(own) == {Place(WATER, "all")}
    assert own[Place(WATER, "all")].yellow == 0  # it has not been notified of it
    assert (await figures(tx, "2026-Q3"))[Place(WATER, "all")].obligations == 2


async def test_another_city_s_and_a_plan_s_without_scores_are_not_counted(tx: Tx) -> None:
    await a_small_city(tx)
    scored = Scored(city="420281", period=parse_period("2026"))
    assert await count(tx, scored, BOOKS, offices(), NOW) == {}


async def test_what_was_upheld_is_counted_where_it_fell_due(tx: Tx) -> None:
    """The excused, the lapsed and the undecided are none."""
    await a_small_city(tx)
    upheld = await read_upheld(tx, CITY, parse_period("2026"), BOOKS)
    assert upheld[Place(PARKS, "all")] == Tally(yellow=1, standard=1)
    assert upheld[Place(WATER, "all")] == Tally(yellow=1)
    assert await read_upheld(tx, CITY, parse_period("2027"), BOOKS) == {}


async def test_what_is_missed_is_counted_in_one_year_whenever_it_is_done(tx: Tx) -> None:
    """Due on New Year's Eve of 2025 and done on 5 January: 2025's, before and after it was done, and none of 2026's; so is its finding."""
    case = await stored(tx, city=CITY)
    missed = {"rule": "joint-approval", "party": PARKS, "started": "2025-12-26 09:00", "due": "2025-12-31 18:00"}
    for end, tally in ((None, Tally(obligations=1, breached=1)), ("2026-01-05 10:00", Tally(obligations=1, late=1))):
        await save_clocks(tx, case.case_id, [clock(ended=end, **missed)])
        found = a_finding(case.case_id, keys=("a",), party=PARKS, state="upheld", **_ended("2025-12-31 18:00", end))
        await save_findings(tx, case, [found], stages=STAGES)
        shown = (await figures(tx, "2025"))[Place(PARKS, "all")]
        assert (shown.obligations, shown.late, shown.breached, shown.yellow) == (1, tally.late, tally.breached, 1)
        after = (await figures(tx, "2026")).get(Place(PARKS, "all"), NOTHING)
        assert (after.obligations, after.late, after.breached, after.yellow) == (0, 0, 0, 0)
        assert (await read_upheld(tx, CITY, parse_period("2025"), BOOKS))[Place(PARKS, "all")] == Tally(yellow=1)
        assert await read_upheld(tx, CITY, parse_period("2026"), BOOKS) == {}


async def test_connections_are_read_with_their_moments(tx: Tx) -> None:
    await a_small_city(tx)
    read = await read_connected(tx, Scored(city=CITY, period=parse_period("2026-07")), BOOKS)
    assert sorted((one.party, one.started, one.ended) for one in read) == [
        (WATER, shanghai("2026-07-06 08:30"), shanghai("2026-07-06 12:30")),
        (WATER, shanghai("2026-07-07 08:30"), shanghai("2026-07-08 08:30")),
    ]


RULES = ("half-day-connection", "joint-approval", "plan", "one-survey", "commitment-decision", "application-push")
PARTIES = (WATER, PARKS, "jm-spj", "jm-gas")


def made_up(rng: Random, number: int) -> Clock:
    rule, party = rng.choice(RULES), rng.choice(PARTIES)
    started = datetime(2026, 5, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(150_000))
    due = started + timedelta(minutes=rng.randrange(1, 9_000))
    ended = rng.choice([None, started + timedelta(minutes=rng.randrange(20_000))])
    state = "running" if ended is None else "met" if ended <= due else "late"
    state = rng.choice([state] * 9 + ["void"])
    end = NOW if state == "void" and ended is None else ended
    return a_clock(
        rule=rule,
        party=party,
        keys=(str(number),),
        start_seq=number,
        started=started,
        due=due,
        state=state,
        ended_at=end,
        next_check_at=None,
    )


_PLAIN = """
SELECT count(*), count(*) FILTER (WHERE state = 'met'), count(*) FILTER (WHERE state = 'late'),
    count(*) FILTER (WHERE state = 'running')
FROM clock WHERE party = $1 AND rule = ANY($2) AND NOT counted AND state IN ('met', 'late', 'running')
AND NOT (state = 'running' AND due >= $5)
AND CASE WHEN state = 'met' THEN ended_at ELSE due END >= $3 AND CASE WHEN state = 'met' THEN ended_at ELSE due END < $4
"""


async def test_the_counts_equal_a_plain_count(tx: Tx) -> None:
    rng = Random(11)  # noqa: S311 -- made-up clocks, no secret
    for _ in range(6):
        case = await stored(tx, city=CITY)
        await save_clocks(tx, case.case_id, [made_up(rng, number) for number in range(1, 61)])
    for period, (stage, rules) in product(("2026", "2026-Q2", "2026-07"), _stages()):
        counted = await figures(tx, period)
        first, last = {"2026": (1, 13), "2026-Q2": (4, 7), "2026-07": (7, 8)}[period]
        ends = date(2026 + last // 13, (last - 1) % 12 + 1, 1)
        between = shanghai(f"2026-{first:02d}-01 00:00"), shanghai(f"{ends} 00:00")
        for party in PARTIES:
            ours = counted.get(Place(party, stage), NOTHING)
            plain = await tx.fetchrow(_PLAIN, party, rules, *between, NOW)
            assert (ours.obligations, ours.on_time, ours.late, ours.breached) == tuple(plain), (period, stage, party)


def _stages() -> Iterator[tuple[str, list[str]]]:
    stages = stages_of(book("jingmen-2023"))
    yield "all", list(STAGES)
    for stage in ("application", "survey", "approval"):
        yield stage, [rule for rule, of in stages.items() if of == stage]
