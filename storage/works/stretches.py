"""Keeps what cases' last surveys dig at which place, so that split works are found; what counts together is decided elsewhere."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.cases.other_cases import Dug
from storage.postgres.transaction import Tx
from storage.postgres.unnest import arrays, names, source

COLUMNS = ("case_id", "seq", "place", "utility", "city", "metres", "held_at")
TYPES = ("uuid", "int", "text", "text", "text", "int", "timestamptz")
_INSERT = f"INSERT INTO stretch ({names(COLUMNS)}) SELECT * FROM {source(TYPES)}"
_NEARBY = """
SELECT s.case_id, s.seq, s.place, s.utility, s.metres, s.held_at FROM stretch s JOIN cases c USING (case_id)
WHERE s.city = $1 AND s.utility = ANY($2::text[]) AND s.place = ANY($3::text[]) AND s.held_at BETWEEN $4 AND $5
AND s.case_id <> $6 AND c.state IN ('open', 'closed')
ORDER BY s.held_at, s.case_id, s.place, s.utility
"""
_MARGIN = timedelta(days=1)
"""Days are counted by the local calendar; one more is read on either side."""


async def lock_places(tx: Tx, city: str, places: Iterable[str]) -> None:
    """Keep others from surveying these places until the transaction ends, so that of two at once one sees the other."""
    for place in sorted(places):
        await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"stretch {city} {place}")


async def nearby_works(
    tx: Tx, city: str, case_id: UUID, utilities: Sequence[str], places: Sequence[str], at: datetime, *, within_days: int
) -> list[Dug]:
    """Read what other cases, neither withdrawn nor refused, dig at these places for these companies, so many days around a moment."""
    reach = timedelta(days=within_days) + _MARGIN
    rows = await tx.fetch(_NEARBY, city, utilities, places, at - reach, at + reach, case_id)
    return [Dug(*row) for row in rows]


async def save_stretches(tx: Tx, case_id: UUID, city: str, dug: Sequence[Dug]) -> None:
    """Keep what a case's last survey digs, in place of what was kept."""
    await tx.execute("DELETE FROM stretch WHERE case_id = $1", case_id)
    if dug:
        await tx.execute(_INSERT, *arrays(stretch_row(city, one) for one in dug))


async def read_stretches(tx: Tx, case_id: UUID) -> list[Dug]:
    """Read what is kept of a case, by place and utility."""
    sql = "SELECT case_id, seq, place, utility, metres, held_at FROM stretch WHERE case_id = $1 ORDER BY place, utility"
    return [Dug(*row) for row in await tx.fetch(sql, case_id)]


def stretch_row(city: str, dug: Dug) -> tuple[Any, ...]:
    """Give it as a row, in the order of COLUMNS."""
    return dug.case_id, dug.seq, dug.place, dug.utility, city, dug.metres, dug.held_at
