"""Finds the clocks that want looking at and writes down, set by set, what the auditor found; what that is it does not decide."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from domain.case import Case
from domain.clock import Clock
from domain.ledger import Entry
from storage.cases import cases, clocks
from storage.cases.ledger import append
from storage.findings.findings import OPEN, SELECT, FindingRow, finding_row, row_of, save_rows
from storage.postgres.transaction import Tx
from storage.postgres.unnest import arrays, names, source

_DUE = """
SELECT case_id, count(*) AS clocks FROM (
    SELECT case_id FROM clock WHERE next_check_at <= $1 AND case_id <> ALL($3::uuid[]) ORDER BY next_check_at LIMIT $2) t
GROUP BY case_id ORDER BY case_id
"""
_CASES = f"{cases.HELD} WHERE case_id = ANY($1::uuid[]) ORDER BY case_id FOR NO KEY UPDATE"
_CLOCKS = f"""
SELECT c.case_id, s.hash, e.recorded_at, e.hash, {names(clocks.COLUMNS, "c.")}
FROM unnest($1::uuid[]) AS i (case_id)
CROSS JOIN LATERAL (SELECT * FROM clock WHERE case_id = i.case_id AND next_check_at <= $2 OFFSET 0) c
JOIN entry s ON s.case_id = c.case_id AND s.seq = c.start_seq
LEFT JOIN entry e ON e.case_id = c.case_id AND e.seq = c.ended_seq
ORDER BY c.case_id, c.next_check_at, c.start_seq, c.rule, c.keys, c.party
"""
_FINDINGS = f"{SELECT} WHERE case_id = ANY($1::uuid[])"
_LOOK_KEY = ("case_id", *clocks.KEY)
_LOOK = f"""
UPDATE clock SET next_check_at = g.next_check_at
FROM {source(("uuid", "text", "int", "text", "text", "timestamptz"))} AS g ({names(_LOOK_KEY)}, next_check_at)
WHERE ({names(_LOOK_KEY, "clock.")}) = ({names(_LOOK_KEY, "g.")})
"""
_HEADS = f"""
UPDATE cases SET seq = g.seq, head = g.head FROM {source(("uuid", "int", "bytea"))} AS g (case_id, seq, head)
WHERE cases.case_id = g.case_id
"""
_RENUMBER = f"""
UPDATE finding SET opened_seq = g.seq FROM {source(("uuid", "int"))} AS g (finding_id, seq)
WHERE finding.finding_id = g.finding_id
"""


class DueClock(Struct, frozen=True):
    """A clock to look at, with the hashes of the entries that it rests on."""

    clock: Clock
    start_hash: bytes
    ended_recorded_at: datetime | None
    """When the entry that ended it was written, where one has."""
    ended_hash: bytes | None


class DueCase(Struct, frozen=True):
    """A locked case with its clocks to look at; with its findings so far where one of those clocks has ended."""

    case: Case
    clocks: tuple[DueClock, ...]
    findings: tuple[FindingRow, ...]


class NextCheck(Struct, frozen=True):
    """When to look at a clock next; None is never."""

    case_id: UUID
    clock: Clock
    next_check_at: datetime | None


async def due_cases(tx: Tx, now: datetime, limit: int, without: Sequence[UUID] = ()) -> list[tuple[UUID, int]]:
    """Say which cases have how many clocks to look at, by id; of so many clocks at the most, those waiting longest."""
    return [(row["case_id"], row["clocks"]) for row in await tx.fetch(_DUE, now, limit, without)]


async def lock_due(tx: Tx, case_ids: Sequence[UUID], now: datetime) -> list[DueCase]:
    """Lock the cases in the order of their ids and read their due clocks again after that.

    A case that was seen to meanwhile is left out.
    """
    heads = await tx.fetch(_CASES, case_ids)
    due: dict[UUID, list[DueClock]] = {}
    for row in await tx.fetch(_CLOCKS, case_ids, now):
        due.setdefault(row[0], []).append(_due_clock(tuple(row)))
    opened = await _opened_in(tx, [case_id for case_id, found in due.items() if any(map(_has_ended, found))])
    return [
        DueCase(case, tuple(due[case.case_id]), tuple(opened.get(case.case_id, ())))
        for case in map(cases.case_of, heads)
        if case.case_id in due
    ]


async def _opened_in(tx: Tx, case_ids: Sequence[UUID]) -> dict[UUID, list[FindingRow]]:
    """Read the findings of cases where one may have to lapse; most sweeps have none of these."""
    opened: dict[UUID, list[FindingRow]] = {}
    for row in map(row_of, await tx.fetch(_FINDINGS, case_ids) if case_ids else ()):
        opened.setdefault(row.finding.case_id, []).append(row)
    return opened


def _has_ended(due: DueClock) -> bool:
    return due.clock.ended_seq is not None and due.clock.state != "late"


async def open_findings(tx: Tx, rows: Sequence[FindingRow]) -> frozenset[UUID]:
    """Insert the findings that are not there yet, or have lapsed, and give their ids: only these are to be entered in the ledger."""
    if not rows:
        return frozenset()
    made = await tx.fetch(OPEN, *arrays(finding_row(row) for row in rows))
    return frozenset(row["finding_id"] for row in made)


async def record(
    tx: Tx,
    *,
    changed: Sequence[Case],
    entries: Sequence[Entry],
    looks: Sequence[NextCheck],
    findings: Sequence[FindingRow] = (),
    renumbered: Sequence[tuple[UUID, int]] = (),
) -> None:
    """Write what the auditor entered: the entries, the cases' new heads, when to look at each clock next.

    Set by set, past the one writer of entries: what a sweep enters feeds no table beside clocks and findings, and those it writes.
    `findings` are those that changed (lapsed, withdrawal proposed); `renumbered` names those whose opening entry took
    another number than they were inserted with.
    """
    await append(tx, entries)
    await save_rows(tx, findings)
    await _each(tx, _HEADS, [(case.case_id, case.seq, case.head) for case in changed])
    await _each(tx, _LOOK, [_look_row(look) for look in looks])
    await _each(tx, _RENUMBER, list(renumbered))


async def _each(tx: Tx, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        await tx.execute(sql, *arrays(rows))


def _look_row(look: NextCheck) -> tuple[Any, ...]:
    clock = look.clock
    return (look.case_id, clock.rule, clock.start_seq, clocks.keys_text(clock.keys), clock.party, look.next_check_at)


def _due_clock(row: tuple[Any, ...]) -> DueClock:
    _, start_hash, ended_recorded_at, ended_hash, *clock = row
    return DueClock(clocks.clock_of(clock), start_hash, ended_recorded_at, ended_hash)
