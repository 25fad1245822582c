"""Finds the cases whose open clocks are kept under an older calendar edition; dates nothing itself."""

from collections.abc import Sequence
from uuid import UUID

from storage.transaction import Tx

_STALE = """
SELECT DISTINCT case_id FROM clock AS c
WHERE case_id > $2 AND edition <> $1 AND (
    (provisional AND look_at IS NULL AND state IN ('running', 'late'))
    OR (state IN ('running', 'stopped') AND NOT EXISTS (
        SELECT FROM finding AS f WHERE (f.case_id, f.rule, f.start_seq, f.keys) = (c.case_id, c.rule, c.start_seq, c.keys))))
ORDER BY case_id LIMIT $3
"""


async def stale_cases(tx: Tx, newest: str, after: UUID, limit: int) -> Sequence[UUID]:
    """Give cases with such a clock, in the order of their ids, behind `after`.

    A clock that was found missed keeps its edition, but for one whose days were not published: that is dated again.
    """
    return [row["case_id"] for row in await tx.fetch(_STALE, newest, after, limit)]
