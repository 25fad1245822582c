"""Counts what a scorecard shows, set by set: obligations, findings, overruns, what the service asked; scores nobody."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from msgspec import Struct

from domain.assessment.delay_shares import Share, office_of, shares_of
from domain.assessment.period import Period
from domain.assessment.scorecard import NOTHING, Place, Tally, stages_of
from domain.case import Case
from domain.clock import Clock
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook
from storage.cases.cases import COLUMNS, case_of
from storage.cases.clocks import stops_of
from storage.findings.lights import STANDING, year_of
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

Books = Mapping[str, Rulebook]
_NEVER = 1_000_000_000
_BREATH = 200
"""Cases after which other requests get their turn."""
_KNOWN = """
WITH known AS MATERIALIZED (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bool[]) AS k (scheme, rule, stage, standard)
)"""
_WHERE = "{table}.city = $5 AND ($6::text IS NULL OR {table}.district = $6) AND ($7::text IS NULL OR party = $7)"

# What was kept belongs to the time in which it was done, what was missed to that in which it fell due: it is in no other once it is done
# after all, so that no two sealed years have it. Void ones and those that stand still are none.
_CLOCKS = f"""{_KNOWN}, owed AS (
    SELECT party, stage, clock.state, CASE WHEN clock.state <> 'running' THEN
        floor(1000 * greatest(0, extract(epoch FROM ended_at - started)) / nullif(extract(epoch FROM due - started), 0))::bigint END AS used
    FROM clock JOIN cases USING (case_id) JOIN known USING (scheme, rule)
    WHERE NOT counted AND {_WHERE.format(table="cases")} AND (
        (clock.state = 'met' AND ended_at >= $8 AND ended_at < $9)
        OR (clock.state IN ('late', 'running') AND due >= $8 AND due < least($9::timestamptz, $10::timestamptz)))
)
SELECT party, CASE WHEN grouping(stage) = 1 THEN 'all' ELSE stage END, count(*), count(*) FILTER (WHERE state = 'met'),
    count(*) FILTER (WHERE state = 'late'), count(*) FILTER (WHERE state = 'running'),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY used), percentile_disc(0.9) WITHIN GROUP (ORDER BY used)
FROM owed GROUP BY GROUPING SETS ((party, stage), (party))
"""

# Red by repetition costs as such only while as many before it in its year still stand: a withdrawal reaches those that it was counted with.
_LIGHT = f"""
CASE WHEN finding.light = 'red' AND finding.ended_at <= finding.red_at AND NOT EXISTS (
    SELECT FROM finding e
    WHERE e.party = finding.party AND e.rule = finding.rule AND e.city = finding.city AND e.{STANDING}
      AND e.due_at >= {year_of("finding.due_at")} AND (e.due_at, e.finding_id) < (finding.due_at, finding.finding_id)
    OFFSET repeated - 2)
THEN 'yellow' ELSE finding.light END AS light
"""
# A finding belongs to the time of its obligation, which is missed: that in which it fell due.
_COUNT = """
SELECT party, CASE WHEN grouping(stage) = 1 THEN 'all' ELSE stage END,
    count(*) FILTER (WHERE state IN ('upheld', 'disposed') AND NOT standard AND light = 'yellow'),
    count(*) FILTER (WHERE state IN ('upheld', 'disposed') AND NOT standard AND light = 'red'),
    count(*) FILTER (WHERE state IN ('upheld', 'disposed') AND standard),
    count(*) FILTER (WHERE state IN ('open', 'notified', 'objected')),
    count(*) FILTER (WHERE state IN ('excused', 'withdrawn') AND objected_at IS NOT NULL)
FROM found GROUP BY GROUPING SETS ((party, stage), (party))
"""
_FINDINGS = f"""{_KNOWN}, found AS (
    SELECT party, known.stage, standard, state, {_LIGHT}, objected_at FROM finding JOIN known USING (scheme, rule)
    JOIN unnest($11::text[], $12::int[]) AS r (scheme, repeated) USING (scheme)
    WHERE {_WHERE.format(table="finding")} AND ($10 OR notified_at IS NOT NULL)
        AND due_at >= $8 AND due_at < $9
) {_COUNT}"""

_UPHELD = f"""{_KNOWN}, found AS (
    SELECT party, known.stage, standard, state, {_LIGHT}, objected_at FROM finding JOIN known USING (scheme, rule)
    JOIN unnest($8::text[], $9::int[]) AS r (scheme, repeated) USING (scheme)
    WHERE city = $5 AND state IN ('upheld', 'disposed') AND due_at >= $6 AND due_at < $7
) {_COUNT}"""

_OVERDUE = """
SELECT case_id, scheme, party, rule, due, clock.state, ended_at, also_due, stops FROM clock JOIN cases USING (case_id)
WHERE NOT counted AND city = $1 AND ($2::text IS NULL OR district = $2) AND clock.state IN ('late', 'running')
    AND due < least($4::timestamptz, $5::timestamptz)
    AND coalesce(ended_at, $5::timestamptz) > due AND coalesce(ended_at, $5::timestamptz) > $3
ORDER BY case_id
"""


_SEALED = f"""
SELECT {names(COLUMNS)} FROM cases
WHERE kind = 'assessment' AND ($1::text IS NULL OR city = $1) AND ($2::text IS NULL OR subject LIKE $2) ORDER BY opened_at, subject DESC
"""


class Scored(Struct, frozen=True, kw_only=True):
    """Whose figures of which time; None is all."""

    city: str
    period: Period
    district: str | None = None
    party: str | None = None
    """Its own alone, and of findings those that it was notified of."""


async def count(tx: Tx, scored: Scored, books: Books, offices: Offices, now: datetime) -> dict[Place, Tally]:
    """Count everything, as far as it is there at that moment."""
    counted = await _owed(tx, scored, books, now)
    for place, found in (await _found(tx, scored, books)).items():
        counted[place] = msgspec.structs.replace(counted.get(place, NOTHING), **found)
    for place, seconds in (await _held(tx, scored, books, offices, now)).items():
        counted[place] = msgspec.structs.replace(counted.get(place, NOTHING), delay_share_seconds=seconds)
    return counted


async def _owed(tx: Tx, scored: Scored, books: Books, now: datetime) -> dict[Place, Tally]:
    rows = await tx.fetch(_CLOCKS, *known_rules(books, scored.city), *chosen(scored), now)
    return {
        Place(party, stage): Tally(
            obligations=obligations, on_time=on_time, late=late, breached=breached, median=median, ninetieth=ninetieth
        )
        for party, stage, obligations, on_time, late, breached, median, ninetieth in rows
        if stage
    }


async def _found(tx: Tx, scored: Scored, books: Books) -> dict[Place, dict[str, int]]:
    rows = await tx.fetch(_FINDINGS, *known_rules(books, scored.city), *chosen(scored), scored.party is None, *_repeated(books))
    return {Place(row[0], row[1]): _found_of(row) for row in rows if row[1]}


def _found_of(row: Any) -> dict[str, int]:  # noqa: ANN401 -- asyncpg comes without types
    counts = ("yellow", "red", "standard", "undecided", "objections_upheld")
    return dict(zip(counts, tuple(row)[2:], strict=True))


async def _held(tx: Tx, scored: Scored, books: Books, offices: Offices, now: datetime) -> dict[Place, int]:
    """Add up whose the overruns were, month by month of the period; where two limits are missed at once, the older one's stage."""
    stages = {scheme: stages_of(book) for scheme, book in books.items() if book.scheme.scorecard is not None}
    held: dict[Place, int] = {}
    for scheme, share in await read_shares(tx, scored, books, offices, now):
        if scored.party in {None, share.party}:
            for stage in {"all", stages.get(scheme, {}).get(share.rule, "all")}:
                place = Place(share.party, stage)
                held[place] = held.get(place, 0) + share.seconds
    return held


async def read_shares(tx: Tx, scored: Scored, books: Books, offices: Offices, now: datetime) -> list[tuple[str, Share]]:
    """Work out the delay shares of every case with an overrun in the period; gives the period's months alone, each with the plan's id."""
    period = scored.period
    rows = await tx.fetch(_OVERDUE, scored.city, scored.district, period.begins, period.ends, now)
    found: list[tuple[str, Share]] = []
    for number, (scheme, clocks) in enumerate(_by_case(rows)):
        if number % _BREATH == 0:
            await asyncio.sleep(0)
        if scheme in books:
            shares = shares_of(clocks, office_of(books[scheme], offices), min(now, period.ends))
            found += [(scheme, share) for share in shares if period.first <= share.month < period.after]
    return found


def _by_case(rows: Sequence[Any]) -> Iterator[tuple[str, list[Clock]]]:
    for _, several in groupby(rows, itemgetter(0)):
        clocks = list(several)
        yield clocks[0][1], [_overdue(row) for row in clocks]


def _overdue(row: Any) -> Clock:  # noqa: ANN401 -- asyncpg comes without types
    """Read as much of a clock as its overrun needs."""
    _, _, party, rule, due, state, ended_at, also_due, stops = row
    return Clock(
        rule=rule, keys=(), party=party, start_seq=1, started=due, due=due, state=state, edition="", also_due=also_due,
        ended_at=ended_at, stops=stops_of(stops),
    )  # fmt: skip


def known_rules(books: Books, city: str) -> tuple[list[str], list[str], list[str], list[bool]]:
    """Lay out the city's rules as columns: the plan, the rule, its stage on the scorecard (empty: none), whether it is counted."""
    rows = [
        (book.id, rule.id, stages_of(book).get(rule.id, ""), rule.standard is not None)
        for book in books.values()
        if book.scheme.city.code == city and book.scheme.scorecard is not None
        for rule in book.scheme.rule
    ]
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], [row[3] for row in rows]


def _repeated(books: Books) -> tuple[list[str], list[int]]:
    """Lay out from which finding of a year on each plan calls it repeated; one that never does asks for more than there can be."""
    return list(books), [book.scheme.lights.repeated or _NEVER for book in books.values()]


def chosen(scored: Scored) -> tuple[Any, ...]:
    """Lay out whose figures, for binding."""
    return scored.city, scored.district, scored.party, scored.period.begins, scored.period.ends


async def read_upheld(tx: Tx, city: str, period: Period, books: Books) -> dict[Place, Tally]:
    """Count what is upheld now of a period's findings."""
    rows = await tx.fetch(_UPHELD, *known_rules(books, city), city, period.begins, period.ends, *_repeated(books))
    return {Place(row[0], row[1]): Tally(**_found_of(row)) for row in rows if row[1]}


async def sealed_cases(tx: Tx, city: str | None = None, year: int | None = None) -> list[Case]:
    """Read the cases that hold sealed scorecards, whatever became of them."""
    return [case_of(row) for row in await tx.fetch(_SEALED, city, None if year is None else f"{year}|%")]
