"""Keeps cases and finds them again; what an act does to a case is decided elsewhere."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from msgspec import Struct
from msgspec.structs import replace

from domain.case import Case
from storage.cases.closed_reports import Closed, leave_out, leave_out_resting
from storage.postgres.cursor import Place
from storage.postgres.faults import SubjectTaken
from storage.postgres.listing import Listing
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names
from words import sentence

COLUMNS = (
    "case_id", "kind", "scheme", "city", "district", "subject", "number", "year", "state", "opened_at", "opened_by",
    "parties", "seq", "head",
)  # fmt: skip
TYPES = (
    "uuid", "text", "text", "text", "text", "text", "int", "int", "text", "timestamptz", "text", "text[]", "int", "bytea",
)  # fmt: skip
_SELECT = f"SELECT {names(COLUMNS)} FROM cases"
HELD = f"""
SELECT {names(COLUMNS)}, CASE WHEN NOT EXISTS (SELECT FROM made_up) THEN greatest(
    date_trunc('second', clock_timestamp()), (SELECT recorded_at FROM entry WHERE entry.case_id = cases.case_id AND entry.seq = cases.seq)
) END AS held_at FROM cases"""
"""Ends with FOR NO KEY UPDATE. The clock is read again for a row that was waited for, as `now()` is not; it is not behind the ledger."""

_FLAG = "SELECT (body::json ->> 'businessEnvironment')::bool FROM entry WHERE entry.case_id = cases.case_id AND entry.seq = 1"


class CaseFilter(Struct, frozen=True, kw_only=True):
    """Which cases a list shows; None is all."""

    city: str | None = None
    district: str | None = None
    kind: str | None = None
    state: str | None = None
    party: str | None = None
    beside: str | None = None
    """A second party that takes part."""
    subject: str | None = None
    schemes: tuple[str, ...] | None = None
    year: int | None = None
    """Of its number; while it has none, of its opening."""
    number: int | None = None
    kinds: tuple[str, ...] | None = None
    opened_from: datetime | None = None
    opened_before: datetime | None = None
    business_environment: bool | None = None
    """Complaints alone: whether they touch the business environment (营商环境)."""
    closed: Closed | None = None


async def read_case(tx: Tx, case_id: UUID) -> Case | None:
    row = await tx.fetchrow(f"{_SELECT} WHERE case_id = $1", case_id)
    return None if row is None else case_of(row)


async def read_cases(tx: Tx, case_ids: Sequence[UUID]) -> list[Case]:
    """Read those of these cases that there are, in the order of their ids."""
    return [case_of(row) for row in await tx.fetch(f"{_SELECT} WHERE case_id = ANY($1::uuid[]) ORDER BY case_id", list(case_ids))]


async def read_joined(tx: Tx, case_ids: Sequence[UUID], party: str) -> dict[UUID, int]:
    """Say by which entry a party came into those of these cases that it takes part in."""
    rows = await tx.fetch(
        "SELECT case_id, joined_seq FROM case_party WHERE case_id = ANY($1::uuid[]) AND party = $2", list(case_ids), party
    )
    return {row["case_id"]: row["joined_seq"] for row in rows}


async def read_numbered(tx: Tx, scheme: str, year: int, number: int) -> Case | None:
    """Read the case that has this running number of a plan's year."""
    row = await tx.fetchrow(f"{_SELECT} WHERE scheme = $1 AND year = $2 AND number = $3", scheme, year, number)
    return None if row is None else case_of(row)


async def lock_case(tx: Tx, case_id: UUID) -> Case | None:
    """Read it and keep others from changing it until the transaction ends, with the moment from which it is held; no reader waits."""
    row = await tx.fetchrow(f"{HELD} WHERE case_id = $1 FOR NO KEY UPDATE", case_id)
    return None if row is None else case_of(row)


_SAVE = """
UPDATE cases SET district = $2, subject = $3, number = {number}, year = $4, state = $5, parties = $6, seq = $7, head = $8
WHERE case_id = $1 RETURNING number
"""
_NEXT = """
INSERT INTO counter AS c (scheme, year, last) SELECT {scheme}, {year}, 1 + {given} WHERE {if_any}
ON CONFLICT (scheme, year) DO UPDATE SET last = greatest(c.last, {given}) + 1 RETURNING last
"""
_GIVEN = "coalesce((SELECT max(number) FROM cases WHERE scheme = {scheme} AND year = {year}), 0)"


def next_number_sql(scheme: str, year: str, only_if: str = "true") -> str:
    """Take the next number; a counter that was put back from a copy, or lost, goes on behind the numbers that cases have."""
    return _NEXT.format(scheme=scheme, year=year, given=_GIVEN.format(scheme=scheme, year=year), if_any=only_if)


# The counter's row is held from here to the commit alone, as when a case is opened.
_SAVE_NUMBERED = f"WITH numbered AS ({next_number_sql('$9::text', '$4::int')}) {_SAVE.format(number='(SELECT last FROM numbered)')}"


async def save_case(tx: Tx, case: Case, *, numbered: bool = False) -> Case:
    """Keep what an act may change of a case, and give it with its number; `numbered` takes the next one of the case's year.

    `SubjectTaken` when it came to be about the subject of another open one.
    """
    changed = (case.case_id, case.district, case.subject, case.year, case.state, case.parties, case.seq, case.head)
    with alone_about_its_subject(case):
        if not numbered:
            await tx.execute(_SAVE.format(number="$9"), *changed, case.number)
            return case
        return replace(case, number=await tx.fetchval(_SAVE_NUMBERED, *changed, case.scheme))


_HEADER = """
UPDATE cases SET kind = $2, city = $3, district = $4, subject = $5, year = $6, state = $7, opened_at = $8, opened_by = $9, parties = $10
WHERE case_id = $1
"""


async def save_header(tx: Tx, case: Case) -> None:
    """Keep what follows of a case from its ledger; neither its number nor the head of its ledger, which no ledger gives back."""
    with alone_about_its_subject(case):
        await tx.execute(
            _HEADER, case.case_id, case.kind, case.city, case.district, case.subject, case.year, case.state, case.opened_at,
            case.opened_by, case.parties,
        )  # fmt: skip


@contextmanager
def alone_about_its_subject(case: Case) -> Iterator[None]:
    """Say in our own words that another open case is about the same."""
    try:
        yield
    except asyncpg.UniqueViolationError as fault:
        if fault.constraint_name != "cases_subject_uq":
            raise
        raise SubjectTaken(sentence("there is an open {kind} about {subject} already", kind=case.kind, subject=case.subject)) from fault


async def open_case_about(tx: Tx, kind: str, city: str, subject: str) -> Case | None:
    """Find the open case with this subject; there is one at the most."""
    row = await tx.fetchrow(f"{_SELECT} WHERE kind = $1 AND city = $2 AND subject = $3 AND state = 'open'", kind, city, subject)
    return None if row is None else case_of(row)


async def commitment_in_force(tx: Tx, city: str, utility: str, department: str, year: int) -> Case | None:
    """Find the commitment that this utility made to this department for that year."""
    return await open_case_about(tx, "commitment", city, f"{utility}|{department}|{year}")


async def next_number(tx: Tx, scheme: str, year: int) -> int:
    """Take the scheme's next number of the year, without gaps: others wait for it until the transaction ends, so take it late."""
    number: int = await tx.fetchval(next_number_sql("$1::text", "$2::int"), scheme, year)
    return number


async def list_cases(tx: Tx, chosen: CaseFilter, after: Place | None, limit: int) -> list[Case]:
    """List the newest first, from behind a place."""
    listing = Listing(_SELECT, "opened_at", "case_id")
    for column in ("city", "district", "kind", "state", "subject", "year", "number"):
        listing.only(f"{column} =", getattr(chosen, column))
    listing.among("scheme", chosen.schemes)
    listing.only("parties @>", [one for one in (chosen.party, chosen.beside) if one is not None] or None)
    listing.among("kind", chosen.kinds)
    listing.only("opened_at >=", chosen.opened_from)
    listing.only("opened_at <", chosen.opened_before)
    if chosen.business_environment is not None:
        listing.where("kind = 'complaint'")
        listing.only(f"({_FLAG}) =", chosen.business_environment)
    leave_out(listing, chosen.closed, "cases.case_id", "cases.kind = 'complaint'")
    leave_out_resting(listing, chosen.closed, "cases.case_id", "cases.kind IN ('credit', 'accountability', 'supervision')")
    return [case_of(row) for row in await listing.page(tx, after, limit)]


def case_row(case: Case) -> tuple[Any, ...]:
    """Give the case as its row, in the order of COLUMNS."""
    return (
        case.case_id, case.kind, case.scheme, case.city, case.district, case.subject, case.number, case.year, case.state,
        case.opened_at, case.opened_by, case.parties, case.seq, case.head,
    )  # fmt: skip


def case_of(row: Any) -> Case:  # noqa: ANN401 -- asyncpg comes without types
    """Read a case from its row."""
    case_id, kind, scheme, city, district, subject, number, year, state, opened_at, opened_by, parties, seq, head, *held = row
    return Case(
        case_id=case_id, kind=kind, scheme=scheme, city=city, district=district, subject=subject, number=number,
        year=year, state=state, opened_at=opened_at, opened_by=opened_by, parties=tuple(parties), seq=seq, head=head,
        held_at=held[0] if held else None,
    )  # fmt: skip
