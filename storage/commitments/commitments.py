"""Finds commitments, their departments' standards and the inspections under them; what stands of one is worked out elsewhere."""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct

from domain.acts import read_act
from domain.acts.enforcement.supervision import StandardPublished
from domain.case import Case
from domain.ledger import Entry
from storage.cases.cases import COLUMNS, case_of
from storage.cases.ledger import ENTRY, entry_of
from storage.postgres.cursor import Place
from storage.postgres.listing import Listing
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

_CASES = f"SELECT {names(COLUMNS)} FROM cases"
_NAME = "md5(e.case_id::text || ' ' || e.seq)::uuid"
"""One inspection by one id, so that a list can go on behind it."""
_INSPECTIONS = f"SELECT {_NAME}, {names(ENTRY, 'e.')} FROM entry e JOIN cases c USING (case_id)"
_STANDARDS = """
SELECT e.body FROM cases c JOIN entry e USING (case_id)
WHERE c.kind = 'commitment' AND c.city = $1 AND split_part(c.subject, '|', 2) = $2 AND e.act = 'standard.published'
ORDER BY e.occurred_at, e.case_id, e.seq
"""
_UTILITY, _DEPARTMENT, _YEAR = (f"split_part(subject, '|', {part}) =" for part in (1, 2, 3))
_DAY = "(e.occurred_at AT TIME ZONE 'Asia/Shanghai')::date"


class CommitmentFilter(Struct, frozen=True, kw_only=True):
    """Which commitments or inspections a list shows; None is all."""

    city: str
    utility: str | None = None
    department: str | None = None
    year: int | None = None
    party: str | None = None
    """Only those in which this party takes part."""
    project: str | None = None
    since: date | None = None
    until: date | None = None


async def list_commitments(tx: Tx, chosen: CommitmentFilter, after: Place | None, limit: int) -> list[Case]:
    """List the newest first, from behind a place."""
    listing = _chosen(Listing(_CASES, "opened_at", "case_id"), chosen)
    return [case_of(row) for row in await listing.page(tx, after, limit)]


async def list_inspections(tx: Tx, chosen: CommitmentFilter, after: Place | None, limit: int) -> list[tuple[UUID, Entry]]:
    """List inspections, the newest first, each with the id behind which the list goes on."""
    listing = _chosen(Listing(_INSPECTIONS, "e.occurred_at", _NAME), chosen)
    listing.where("e.act = 'inspection.held'")
    listing.only("e.body::jsonb ->> 'project' =", chosen.project)
    listing.only(f"{_DAY} >=", chosen.since)
    listing.only(f"{_DAY} <=", chosen.until)
    return [(row[0], entry_of(tuple(row)[1:])) for row in await listing.page(tx, after, limit)]


async def standards_of(tx: Tx, city: str, department: str) -> list[StandardPublished]:
    """Read what a department has published in all its commitments, the first first."""
    acts: list[Any] = [read_act(row["body"]) for row in await tx.fetch(_STANDARDS, city, department)]
    return [act for act in acts if isinstance(act, StandardPublished) and act.department == department]


def _chosen(listing: Listing, chosen: CommitmentFilter) -> Listing:
    listing.where("kind = 'commitment'")
    listing.only("city =", chosen.city)
    listing.only(_UTILITY, chosen.utility)
    listing.only(_DEPARTMENT, chosen.department)
    listing.only(_YEAR, None if chosen.year is None else str(chosen.year))
    listing.only("parties @>", None if chosen.party is None else [chosen.party])
    return listing
