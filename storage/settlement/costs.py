"""Keeps what off-site works cost by case and utility, and finds the settlements that an act has to fit; decides nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.case import Case
from domain.cases.other_cases import Cost
from domain.ledger import Entry
from domain.settlement.costs import costs_in
from storage.cases.ledger import read_ledgers
from storage.postgres.transaction import Tx

COLUMNS = ("case_id", "utility", "seq", "city", "scheme", "district", "amount", "occurred_at")
TYPES = ("uuid", "text", "int", "text", "text", "text", "bigint", "timestamptz")
_COST = "SELECT w.case_id, w.utility, c.district, w.amount, w.occurred_at, w.seq FROM works_cost w JOIN cases c USING (case_id)"
_OWING = """
SELECT c.district, w.utility, (array_agg(w.scheme ORDER BY w.occurred_at DESC))[1] AS scheme
FROM works_cost w JOIN cases c USING (case_id)
WHERE w.city = $1 AND w.occurred_at < $2 AND c.district IS NOT NULL
AND NOT EXISTS (SELECT FROM unnest($3::uuid[], $4::text[]) AS taken (case_id, utility)
    WHERE taken.case_id = w.case_id AND taken.utility = w.utility)
GROUP BY c.district, w.utility ORDER BY c.district, w.utility
"""
_SETTLEMENTS = "SELECT case_id FROM cases WHERE kind = 'settlement' AND city = $1"
_LAST = r"regexp_replace(subject, '^.*\|', '')"
"""The end of a settlement's subject: the half-year (2026-1), or the year of a year's end."""


async def lock_settling(tx: Tx, city: str) -> None:
    """Let one transaction at a time settle in a city, so that no case comes into two statements and no half-year opens twice."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"settlement {city}")


def cost_rows(case: Case, entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    """Give what a case costs, utility by utility, as rows in the order of COLUMNS."""
    return [
        (case.case_id, cost.utility, cost.seq, case.city, case.scheme, case.district, cost.amount, cost.counts_at)
        for cost in costs_in(case, entries)
    ]


async def costs_of(tx: Tx, cases: Sequence[UUID], utility: str) -> list[Cost]:
    """Read what these cases cost one utility."""
    rows = await tx.fetch(f"{_COST} WHERE w.case_id = ANY($1::uuid[]) AND w.utility = $2 ORDER BY w.case_id", list(cases), utility)
    return [Cost(*row) for row in rows]


async def costs_until(tx: Tx, city: str, district: str, utility: str, end: datetime) -> list[Cost]:
    """Read what one utility's works in one district cost, of all that counts before a moment."""
    where = "w.city = $1 AND c.district = $2 AND w.utility = $3 AND w.occurred_at < $4"
    rows = await tx.fetch(f"{_COST} WHERE {where} ORDER BY w.occurred_at, w.case_id", city, district, utility, end)
    return [Cost(*row) for row in rows]


async def pairs_owing(tx: Tx, city: str, end: datetime, taken: Sequence[tuple[UUID, str]]) -> list[tuple[str, str, str]]:
    """Name district and utility wherever a cost counts before a moment and is not taken by a statement; and its newest scheme."""
    cases, utilities = [case for case, _ in taken], [utility for _, utility in taken]
    return [tuple(row) for row in await tx.fetch(_OWING, city, end, cases, utilities)]


async def settlements_of_city(tx: Tx, city: str) -> Mapping[UUID, Sequence[Entry]]:
    """Read the ledgers of all settlements of a city."""
    return await _ledgers(tx, _SETTLEMENTS, city)


async def settlements_of_utility(tx: Tx, city: str, utility: str) -> Mapping[UUID, Sequence[Entry]]:
    """Read the ledgers of one utility's half-years in every district."""
    return await _ledgers(tx, f"{_SETTLEMENTS} AND starts_with(subject, $2)", city, f"{utility}|")


async def settlements_of_year(tx: Tx, city: str, district: str, year: int) -> Mapping[UUID, Sequence[Entry]]:
    """Read the ledgers of a district's half-years and year's ends of one year."""
    return await _ledgers(tx, f"{_SETTLEMENTS} AND district = $2 AND left({_LAST}, 4) = $3", city, district, str(year))


async def statements_with(tx: Tx, city: str, utility: str, case_id: UUID) -> Mapping[UUID, Sequence[Entry]]:
    """Read the ledgers of a utility's half-years in whose statements a case has ever stood."""
    said = "EXISTS (SELECT FROM entry e WHERE e.case_id = cases.case_id AND e.act = 'statement.submitted' AND strpos(e.body, $3) > 0)"
    return await _ledgers(tx, f"{_SETTLEMENTS} AND starts_with(subject, $2) AND {said}", city, f"{utility}|", str(case_id))


async def _ledgers(tx: Tx, select: str, *values: Any) -> Mapping[UUID, Sequence[Entry]]:  # noqa: ANN401 -- whatever is bound
    ids = [row["case_id"] for row in await tx.fetch(select, *values)]
    return await read_ledgers(tx, ids) if ids else {}
