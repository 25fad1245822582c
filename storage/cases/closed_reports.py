"""Leaves reports (举报) out of a list before it is cut into pages: of one that is closed to the reader, no place and no gap tells.

What a case is, its first entry says; no other entry is read for it.
"""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from storage.postgres.listing import Listing
from storage.postgres.transaction import Tx

_RESTS = """
SELECT r.body::json ->> 'about' FROM ground g JOIN entry r ON r.case_id = g.finding_case AND r.seq = 1
WHERE {which} AND r.act = 'complaint.received' AND r.body::json ->> 'form' = 'report'
"""
_RESTING = f"""
SELECT DISTINCT ground.case_id FROM ground
WHERE ground.case_id = ANY($1::uuid[]) AND ARRAY({_RESTS.format(which="g.case_id = ground.case_id")}) @> ARRAY[$2::text]
"""


class Closed(Struct, frozen=True):
    """Which reports the reader of a list may not know of: those about its party, or all."""

    about: str | None = None
    """None is all."""


def leave_out(listing: Listing, closed: Closed | None, case_id: str, only_if: str = "true") -> None:
    """Leave out the rows whose case is such a report; `case_id` is the row's column, `only_if` spares the look at other rows."""
    if closed is None:
        return
    reports = (
        f"SELECT r.body::json ->> 'about' FROM entry r WHERE {only_if} AND r.case_id = {case_id} "
        "AND r.seq = 1 AND r.act = 'complaint.received' AND r.body::json ->> 'form' = 'report'"
    )
    if closed.about is None:
        listing.where(f"NOT EXISTS ({reports})")
    else:
        listing.only(f"NOT ARRAY({reports}) @>", [closed.about])


def leave_out_resting(listing: Listing, closed: Closed | None, case_id: str, only_if: str = "true") -> None:
    """Leave out the records that rest on a finding of such a report: by its ground a record would tell of it."""
    if closed is not None and closed.about is not None:
        listing.only(f"NOT ARRAY({_RESTS.format(which=f'{only_if} AND g.case_id = {case_id}')}) @>", [closed.about])


async def resting_on_reports(tx: Tx, cases: Sequence[UUID], about: str) -> frozenset[UUID]:
    """Say which of these records rest on a finding of a report about that party."""
    return frozenset(row["case_id"] for row in await tx.fetch(_RESTING, list(cases), about)) if cases else frozenset()
