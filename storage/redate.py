"""Finds the clocks that a newer calendar edition may move and writes what became of them, set by set; dates nothing itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from domain.case import Case
from domain.clock import Clock
from storage import cases, clocks
from storage.transaction import Tx
from storage.unnest import arrays, names, source

_MARK = "(f.case_id, f.rule, f.start_seq, f.keys) = (c.case_id, c.rule, c.start_seq, c.keys)"
_FOUND = f"SELECT FROM finding AS f WHERE {_MARK}"
_STALE = f"""
SELECT case_id, count(*) AS clocks FROM clock AS c
WHERE case_id > $2 AND edition <> $1 AND (
    state IN ('running', 'stopped') OR (state = 'late' AND EXISTS ({_FOUND} AND f.decided_at IS NULL)))
GROUP BY case_id ORDER BY case_id LIMIT $3
"""
_CASES = f"SELECT {names(cases.COLUMNS)} FROM cases WHERE case_id = ANY($1::uuid[]) ORDER BY case_id FOR NO KEY UPDATE"
_SPANS = """
SELECT case_id, edition, min(started), max(greatest(due, also_due, statutory_due, look_at)),
    bool_or(due IS NULL OR state = 'stopped' OR (provisional AND look_at IS NULL))
FROM clock WHERE case_id = ANY($1::uuid[]) AND edition <> $2 AND state IN ('running', 'stopped', 'late')
GROUP BY case_id, edition
"""
_KEEP = f"""
UPDATE clock AS c SET edition = $2
WHERE case_id = ANY($1::uuid[]) AND edition <> $2 AND state IN ('running', 'stopped') AND NOT EXISTS ({_FOUND})
"""
_READ = f"SELECT case_id, {names(clocks.COLUMNS)} FROM clock WHERE case_id = ANY($1::uuid[])"
_CLOCK_KEY = ("case_id", *clocks.KEY)
_CHANGING = clocks.COLUMNS[len(clocks.KEY) :]
_MOVE = f"""
UPDATE clock SET ({names(_CHANGING)}) = ROW ({names(_CHANGING, "g.")})
FROM {source(("uuid", *clocks.TYPES))} AS g (case_id, {names(clocks.COLUMNS)})
WHERE ({names(_CLOCK_KEY, "clock.")}) = ({names(_CLOCK_KEY, "g.")})
"""

Row = tuple[Any, ...]
Kept = Mapping[Row, Row]
"""A case's clocks as rows, by their keys."""


class Span(Struct, frozen=True):
    """From when to when the clocks of a case run that are kept under an older edition."""

    edition: str
    since: datetime
    until: datetime
    unbounded: bool
    """One has no end as yet, or is to be dated again wherever it lies."""


async def stale_cases(tx: Tx, newest: str, after: UUID, limit: int) -> list[tuple[UUID, int]]:
    """Give cases with such clocks and how many those are, in the order of their ids, behind `after`.

    A clock that was found missed keeps its edition, and comes again for as long as nobody has decided on it.
    """
    return [(row["case_id"], row["clocks"]) for row in await tx.fetch(_STALE, newest, after, limit)]


async def lock_stale(tx: Tx, case_ids: Sequence[UUID], newest: str) -> tuple[list[Case], dict[UUID, list[Span]]]:
    """Lock the cases in the order of their ids, and read after that over which time their older clocks run."""
    heads = [cases.case_of(row) for row in await tx.fetch(_CASES, case_ids)]
    spans: dict[UUID, list[Span]] = {}
    for case_id, *span in await tx.fetch(_SPANS, case_ids, newest):
        spans.setdefault(case_id, []).append(Span(*span))
    return heads, spans


async def keep_under(tx: Tx, case_ids: Sequence[UUID], newest: str) -> None:
    """Note that the newest edition dates these cases' open clocks as the older one did."""
    if case_ids:
        await tx.execute(_KEEP, case_ids, newest)


async def read_kept(tx: Tx, case_ids: Sequence[UUID]) -> dict[UUID, dict[Row, Row]]:
    """Read the cases' clocks as rows that can be compared."""
    kept: dict[UUID, dict[Row, Row]] = {case_id: {} for case_id in case_ids}
    for row in await tx.fetch(_READ, case_ids):
        case_id, *clock = row
        kept[case_id][tuple(clock[: len(clocks.KEY)])] = tuple(clock)
    return kept


async def save_moved(tx: Tx, judged: Iterable[tuple[UUID, Kept, Sequence[Clock]]]) -> None:
    """Write the clocks that differ from what is kept; where one is new, or gone, the case's all."""
    moved: list[Row] = []
    for case_id, kept, right in judged:
        rows = [clocks.clock_row(clock) for clock in right]
        if len(rows) == len(kept) and all(row[: len(clocks.KEY)] in kept for row in rows):
            moved.extend((case_id, *row) for row in rows if kept[row[: len(clocks.KEY)]] != row)
        else:
            await clocks.save_clocks(tx, case_id, right)
    if moved:
        await tx.execute(_MOVE, *arrays(moved))
