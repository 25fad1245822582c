"""How what was told is numbered: from 1 without gaps, of each audience and of each case; mends nothing."""

from storage.postgres.transaction import Tx

_MISNUMBERED = """
SELECT id FROM feed_audience a
WHERE (SELECT (count(*), coalesce(max(n), 0)) FROM feed f WHERE f.audience = a.id) IS DISTINCT FROM (a.last, a.last)
   OR EXISTS (
       SELECT FROM (
           SELECT k, lag(k, 1, 0) OVER (PARTITION BY case_id ORDER BY n) AS before FROM feed f WHERE f.audience = a.id
       ) AS told WHERE k <> before + 1)
ORDER BY id
"""


async def misnumbered(tx: Tx) -> list[int]:
    """Give the audiences whose numbers have gaps, or whose cases are told in another order than they are numbered."""
    return [row["id"] for row in await tx.fetch(_MISNUMBERED)]


async def rows_told(tx: Tx) -> int:
    """Count all that was told."""
    count: int = await tx.fetchval("SELECT count(*) FROM feed")
    return count
