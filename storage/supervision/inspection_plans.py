"""Finds what a draw is made from and what came of it: works notified under commitments, and inspections that name them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from domain.case import Case
from domain.cases.other_cases import Works
from storage.cases.cases import COLUMNS, case_of
from storage.postgres.cursor import Place
from storage.postgres.listing import Listing
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

_CASES = f"SELECT {names(COLUMNS)} FROM cases"
_WORKS = """
SELECT c.case_id, array_agg(DISTINCT e.body::json ->> 'utility') AS utilities
FROM cases c JOIN entry e ON e.case_id = c.case_id AND e.act = 'commitment.notified'
WHERE c.kind = 'connection' AND c.city = $1 AND c.parties @> ARRAY[$2::text] AND c.state IN ('open', 'closed')
  AND e.body::jsonb -> 'departments' ? $2 AND e.occurred_at >= $3 AND e.occurred_at < $4
GROUP BY c.case_id ORDER BY c.case_id
"""
_COMMITMENTS = """
SELECT case_id FROM cases WHERE kind = 'commitment' AND city = $1 AND split_part(subject, '|', 2) = $2 ORDER BY case_id
"""
_INSPECTED = """
SELECT DISTINCT e.body::json ->> 'project' AS project FROM cases c JOIN entry e ON e.case_id = c.case_id AND e.act = 'inspection.held'
WHERE c.kind = 'commitment' AND c.city = $1 AND e.body::json ->> 'project' = ANY($2::text[])
"""


class InspectionPlanFilter(Struct, frozen=True, kw_only=True):
    """Which plans a list shows; None is all."""

    city: str
    taking_part: str | None = None
    department: str | None = None
    year: int | None = None


async def list_inspection_plans(tx: Tx, chosen: InspectionPlanFilter, after: Place | None, limit: int) -> list[Case]:
    """List plans of supervision, the newest first, from behind a place."""
    listing = Listing(_CASES, "opened_at", "case_id")
    listing.where("kind = 'oversight'")
    listing.only("city =", chosen.city)
    listing.only("parties @>", None if chosen.taking_part is None else [chosen.taking_part])
    listing.only("split_part(subject, '|', 1) =", chosen.department)
    listing.only("split_part(subject, '|', 2) =", None if chosen.year is None else str(chosen.year))
    return [case_of(row) for row in await listing.page(tx, after, limit)]


async def works_notified(tx: Tx, city: str, department: str, begins: datetime, ends: datetime) -> list[Works]:
    """Give the works that were notified to a department under commitments from `begins` to before `ends`."""
    rows = await tx.fetch(_WORKS, city, department, begins, ends)
    return [Works(row["case_id"], frozenset(row["utilities"])) for row in rows]


async def commitments_to(tx: Tx, city: str, department: str) -> list[UUID]:
    """Give every commitment that was ever made to a department."""
    return [row["case_id"] for row in await tx.fetch(_COMMITMENTS, city, department)]


async def inspected(tx: Tx, city: str, cases: Sequence[UUID]) -> frozenset[UUID]:
    """Say which of these works an inspection names by their case."""
    rows = await tx.fetch(_INSPECTED, city, [str(one) for one in cases])
    return frozenset(UUID(row["project"]) for row in rows)
