"""Keeps cases and finds them again; what an act does to a case is decided elsewhere."""

from typing import Any
from uuid import UUID

import asyncpg
from msgspec import Struct

from domain.case import Case
from storage.cursor import Place
from storage.faults import SubjectTaken
from storage.transaction import Tx
from storage.unnest import names

COLUMNS = (
    "case_id", "kind", "scheme", "city", "district", "subject", "number", "year", "state", "opened_at", "opened_by",
    "parties", "seq", "head",
)  # fmt: skip
TYPES = (
    "uuid", "text", "text", "text", "text", "text", "int", "int", "text", "timestamptz", "text", "text[]", "int", "bytea",
)  # fmt: skip
_SELECT = f"SELECT {names(COLUMNS)} FROM cases"
_INSERT = f"INSERT INTO cases ({names(COLUMNS)}) VALUES ({', '.join(f'${n}' for n in range(1, len(COLUMNS) + 1))})"


class CaseFilter(Struct, frozen=True, kw_only=True):
    """Which cases a list shows; None is all."""

    city: str | None = None
    district: str | None = None
    kind: str | None = None
    state: str | None = None
    party: str | None = None
    subject: str | None = None


async def insert_case(tx: Tx, case: Case) -> None:
    """Keep a new case; `SubjectTaken` when another open one about the same subject has come in between."""
    try:
        await tx.execute(_INSERT, *case_row(case))
    except asyncpg.UniqueViolationError as fault:
        if fault.constraint_name != "cases_subject_uq":
            raise
        raise SubjectTaken(f"there is an open {case.kind} about {case.subject} already") from fault


async def read_case(tx: Tx, case_id: UUID) -> Case | None:
    row = await tx.fetchrow(f"{_SELECT} WHERE case_id = $1", case_id)
    return None if row is None else case_of(row)


async def lock_case(tx: Tx, case_id: UUID) -> Case | None:
    """Read it and keep others from changing it until the transaction ends; a reader is not kept waiting."""
    row = await tx.fetchrow(f"{_SELECT} WHERE case_id = $1 FOR NO KEY UPDATE", case_id)
    return None if row is None else case_of(row)


async def save_case(tx: Tx, case: Case) -> None:
    """Keep what an act may change of a case."""
    await tx.execute(
        "UPDATE cases SET district = $2, subject = $3, number = $4, state = $5, parties = $6, seq = $7, head = $8 "
        "WHERE case_id = $1",
        case.case_id, case.district, case.subject, case.number, case.state, case.parties, case.seq, case.head,
    )  # fmt: skip


async def open_case_about(tx: Tx, kind: str, city: str, subject: str) -> Case | None:
    """Find the open case with this subject; there is one at the most."""
    row = await tx.fetchrow(f"{_SELECT} WHERE kind = $1 AND city = $2 AND subject = $3 AND state = 'open'", kind, city, subject)
    return None if row is None else case_of(row)


async def commitment_in_force(tx: Tx, city: str, utility: str, department: str, year: int) -> Case | None:
    """Find the commitment that this utility made to this department for that year."""
    return await open_case_about(tx, "commitment", city, f"{utility}|{department}|{year}")


async def next_number(tx: Tx, scheme: str, year: int) -> int:
    """Take the scheme's next number of the year, without gaps: others wait for it until the transaction ends, so take it late."""
    number: int = await tx.fetchval(
        "INSERT INTO counter AS c (scheme, year, last) VALUES ($1, $2, 1) "
        "ON CONFLICT (scheme, year) DO UPDATE SET last = c.last + 1 RETURNING last",
        scheme, year,
    )  # fmt: skip
    return number


async def list_cases(tx: Tx, chosen: CaseFilter, after: Place | None, limit: int) -> list[Case]:
    """List the newest first, from behind a place."""
    conditions, values = _conditions(chosen)
    if after is not None:
        values += [after.at, after.id]
        conditions.append(f"(opened_at, case_id) < (${len(values) - 1}, ${len(values)})")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    values.append(limit)
    rows = await tx.fetch(f"{_SELECT}{where} ORDER BY opened_at DESC, case_id DESC LIMIT ${len(values)}", *values)
    return [case_of(row) for row in rows]


def _conditions(chosen: CaseFilter) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    for column in ("city", "district", "kind", "state", "subject"):
        value = getattr(chosen, column)
        if value is not None:
            values.append(value)
            conditions.append(f"{column} = ${len(values)}")
    if chosen.party is not None:
        values.append([chosen.party])
        conditions.append(f"parties @> ${len(values)}::text[]")
    return conditions, values


def case_row(case: Case) -> tuple[Any, ...]:
    """Give the case as its row, in the order of COLUMNS."""
    return (
        case.case_id, case.kind, case.scheme, case.city, case.district, case.subject, case.number, case.year, case.state,
        case.opened_at, case.opened_by, case.parties, case.seq, case.head,
    )  # fmt: skip


def case_of(row: Any) -> Case:  # noqa: ANN401 -- asyncpg comes without types
    """Read a case from its row."""
    (case_id, kind, scheme, city, district, subject, number, year, state, opened_at, opened_by, parties, seq, head) = row
    return Case(
        case_id=case_id, kind=kind, scheme=scheme, city=city, district=district, subject=subject, number=number,
        year=year, state=state, opened_at=opened_at, opened_by=opened_by, parties=tuple(parties), seq=seq, head=head,
    )  # fmt: skip
