"""Finds the clocks that a newer calendar edition may move and writes what became of them, set by set; dates nothing itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from domain.case import Case
from domain.clock import Clock
from domain.findings.redating import Before, Was
from domain.judging.judge import Judgement
from domain.ledger import Entry
from storage.cases import cases, clocks, ledger
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

_MARK = "(f.case_id, f.rule, f.start_seq, f.keys) = (c.case_id, c.rule, c.start_seq, c.keys)"
_FOUND = f"SELECT FROM finding AS f WHERE {_MARK}"
_STALE = f"""
SELECT case_id, count(*) AS clocks FROM clock AS c
WHERE case_id > $2 AND edition <> $1 AND (
    state IN ('running', 'stopped')
    OR (state = 'late' AND due >= $4 AND EXISTS ({_FOUND} AND f.state NOT IN ('excused', 'withdrawn'))))
GROUP BY case_id ORDER BY case_id LIMIT $3
"""
_CASES = f"{cases.HELD} WHERE case_id = ANY($1::uuid[]) ORDER BY case_id FOR NO KEY UPDATE"
_SPANS = """
SELECT case_id, edition, min(started), max(greatest(due, also_due, statutory_due, next_check_at)),
    bool_or(due IS NULL OR state = 'stopped' OR (provisional AND next_check_at IS NULL))
FROM clock WHERE case_id = ANY($1::uuid[]) AND edition <> $2 AND state IN ('running', 'stopped', 'late')
GROUP BY case_id, edition
"""
_KEEP = f"""
UPDATE clock AS c SET edition = $2
WHERE case_id = ANY($1::uuid[]) AND edition <> $2 AND state IN ('running', 'stopped') AND NOT EXISTS ({_FOUND})
"""
_KEY = ("case_id", *clocks.KEY)
_MOVING = ("due", "warn", "also_due", "statutory_due", "next_check_at", "late_entry", "provisional")
"""What the calendar decides of a clock that runs without a stop."""
_READ = f"SELECT {names(_KEY)}, due, edition, state FROM clock WHERE case_id = ANY($1::uuid[])"
_MOVE = f"""
UPDATE clock SET (edition, {names(_MOVING)}) = ROW ($1, {names(_MOVING, "g.")})
FROM json_to_recordset($2::json) AS g (
    case_id uuid, rule text, start_seq int, keys text, party text, due timestamptz, warn timestamptz, also_due timestamptz,
    statutory_due timestamptz, next_check_at timestamptz, late_entry bool, provisional bool)
WHERE ({names(_KEY, "clock.")}) = ({names(_KEY, "g.")})
"""
"""By JSON, which is read in a third of the time that arrays of moments take to be sent."""

Row = tuple[Any, ...]
Kept = Mapping[Row, Row]
"""When each of a case's clocks is due, its edition and state, by the clock's key."""
_OPEN = frozenset({"running", "stopped"})


class _Moving(Struct, gc=False):
    """A clock's key, and what the calendar decides of it."""

    case_id: UUID
    rule: str
    start_seq: int
    keys: str
    party: str
    due: datetime | None
    warn: datetime | None
    also_due: datetime | None
    statutory_due: datetime | None
    next_check_at: datetime | None
    late_entry: bool
    provisional: bool


class Span(Struct, frozen=True):
    """From when to when the clocks of a case run that are kept under an older edition."""

    edition: str
    since: datetime
    until: datetime
    unbounded: bool
    """One has no end as yet, or is to be dated again wherever it lies."""


async def stale_cases(tx: Tx, newest: str, missed_since: datetime, after: UUID, limit: int) -> list[tuple[UUID, int]]:
    """Give cases with such clocks and how many those are, in the order of their ids, behind `after`.

    A clock that was found missed keeps its edition and comes every time; one that has ended where it was due from `missed_since` on.
    """
    return [(row["case_id"], row["clocks"]) for row in await tx.fetch(_STALE, newest, after, limit, missed_since)]


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


async def read_kept(tx: Tx, case_ids: Sequence[UUID]) -> dict[UUID, Kept]:
    """Read how the cases' clocks are kept."""
    kept: dict[UUID, dict[Row, Row]] = {case_id: {} for case_id in case_ids}
    for case_id, rule, start_seq, keys, party, *rest in await tx.fetch(_READ, case_ids):
        kept[case_id][rule, start_seq, keys, party] = tuple(rest)
    return dict(kept)


def before_of(kept: Kept) -> Before:
    """Say how those clocks of a case are kept that may still move."""
    return {
        (rule, start_seq, clocks.keys_of(keys)): Was(due, edition)
        for (rule, start_seq, keys, _), (due, edition, state) in kept.items()
        if state in _OPEN
    }


async def append_many(tx: Tx, entries: Sequence[Entry]) -> None:
    """Write entries that are numbered and hashed, as `append` does, by COPY: the cheaper way for hundreds at once."""
    if entries:
        await tx.copy_records_to_table("entry", records=[ledger.entry_row(entry) for entry in entries], columns=ledger.COLUMNS)


async def save_moved(tx: Tx, newest: str, anew: Iterable[tuple[UUID, Kept, Judgement]]) -> None:
    """Write what the newest edition changes of clocks that run; where anything else may differ of a case, its clocks all."""
    moved: list[_Moving] = []
    for case_id, kept, judged in anew:
        rows = None if judged.findings else _moving(case_id, kept, judged.clocks, newest)
        if rows is None:
            await clocks.save_clocks(tx, case_id, judged.clocks)
        else:
            moved.extend(rows)
    if moved:
        await tx.execute(_MOVE, newest, msgspec.json.encode(moved).decode())


def _moving(case_id: UUID, kept: Kept, right: Sequence[Clock], newest: str) -> list[_Moving] | None:
    """Give the rows of those to be changed; None where another kind of change may be due."""
    rows: list[_Moving] = []
    for clock in right:
        key = (clock.rule, clock.start_seq, clocks.keys_text(clock.keys), clock.party)
        was = kept.get(key)
        if was is None or was[2] != clock.state or clock.stops:
            return None
        if was[1] != clock.edition:
            if clock.edition != newest or clock.state != "running":
                return None
            moments = clock.due, clock.warn, clock.also_due, clock.statutory_due, clock.next_check_at
            rows.append(_Moving(case_id, *key, *moments, clock.late_entry, clock.provisional))
    return rows if len(right) == len(kept) else None
