"""Finds the cases of supervision: orders under one commitment, and the pages of their list; how one stands is worked out elsewhere."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from domain.case import Case, CaseState
from storage.cases.cases import COLUMNS, case_of
from storage.postgres.cursor import Place
from storage.postgres.listing import Listing
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

_CASES = f"SELECT {names(COLUMNS)} FROM cases"
_NAMED = """
(SELECT coalesce(body::json ->> '{}', body::json ->> '{}') FROM entry WHERE entry.case_id = cases.case_id AND seq = 1) ="""
_PARTY, _BY = _NAMED.format("utility", "party"), _NAMED.format("department", "by")
STEPS = (
    "rectification.ordered", "rectification.reported", "rectification.judged", "interview.called", "interview.arranged",
    "interview.held", "penalty.referred", "referral.answered",
)  # fmt: skip
_STEP = f"""
(SELECT act FROM entry WHERE entry.case_id = cases.case_id AND act IN ({", ".join(f"'{step}'" for step in STEPS)})
 ORDER BY occurred_at DESC, seq DESC LIMIT 1) ="""
_ORDERS = """
SELECT body::json ->> 'commitment' AS commitment, case_id FROM entry
WHERE act = 'rectification.ordered' AND seq = 1 AND body::json ->> 'commitment' = ANY($1::text[]) ORDER BY case_id
"""
_DEFECTIVE = """
SELECT case_id FROM cases c WHERE kind = 'commitment' AND state = 'open' AND scheme = ANY($1::text[]) AND case_id > $2
  AND EXISTS (SELECT FROM entry e WHERE e.case_id = c.case_id AND e.act = 'defect.found') ORDER BY case_id LIMIT $3
"""
_ON_THE_LADDER = """
SELECT case_id FROM cases c WHERE kind = 'supervision' AND state = 'open' AND scheme = ANY($1::text[]) AND case_id > $2
  AND EXISTS (SELECT FROM entry e WHERE e.case_id = c.case_id AND e.seq = 1 AND e.act = 'rectification.ordered')
ORDER BY case_id LIMIT $3
"""


class SupervisionFilter(Struct, frozen=True, kw_only=True):
    """Which cases a list shows; None is all."""

    city: str
    taking_part: str | None = None
    """Only those in which this party takes part."""
    party: str | None = None
    """Who is ordered or called in."""
    department: str | None = None
    """Who orders or calls in."""
    state: CaseState | None = None
    step: str | None = None
    """What was done last."""


async def list_supervision(tx: Tx, chosen: SupervisionFilter, after: Place | None, limit: int) -> list[Case]:
    """List the newest first, from behind a place."""
    listing = Listing(_CASES, "opened_at", "case_id")
    listing.where("kind = 'supervision'")
    listing.only("city =", chosen.city)
    listing.only("parties @>", None if chosen.taking_part is None else [chosen.taking_part])
    listing.only("state =", chosen.state)
    listing.only(_PARTY, chosen.party)
    listing.only(_BY, chosen.department)
    listing.only(_STEP, chosen.step)
    return [case_of(row) for row in await listing.page(tx, after, limit)]


async def orders_under(tx: Tx, commitments: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Give the cases of the orders under each of these commitments, in the order of their ids."""
    found: dict[UUID, list[UUID]] = {one: [] for one in commitments}
    for row in await tx.fetch(_ORDERS, [str(one) for one in found]):
        found[UUID(row["commitment"])].append(row["case_id"])
    return found


async def defective(tx: Tx, schemes: Sequence[str], after: UUID, limit: int) -> list[UUID]:
    """Give open commitments under which a defect was ever found, in the order of their ids, behind `after`."""
    return [row["case_id"] for row in await tx.fetch(_DEFECTIVE, list(schemes), after, limit)]


async def on_the_ladder(tx: Tx, schemes: Sequence[str], after: UUID, limit: int) -> list[UUID]:
    """Give open cases that began with an order, in the order of their ids, behind `after`."""
    return [row["case_id"] for row in await tx.fetch(_ON_THE_LADDER, list(schemes), after, limit)]
