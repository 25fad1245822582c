"""Finds the cases whose open clocks are kept under an older calendar edition; dates nothing itself."""

from collections.abc import Sequence
from uuid import UUID

from storage.transaction import Tx

_STALE = """
SELECT DISTINCT case_id FROM clock
WHERE case_id > $2 AND state IN ('running', 'stopped') AND edition <> $1 ORDER BY case_id LIMIT $3
"""


async def stale_cases(tx: Tx, newest: str, after: UUID, limit: int) -> Sequence[UUID]:
    """Give cases with such a clock, in the order of their ids, behind `after`."""
    return [row["case_id"] for row in await tx.fetch(_STALE, newest, after, limit)]
