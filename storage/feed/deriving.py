"""Has everybody told of what came into the ledgers, in batches, by whichever process comes first; a writer of a case knows nothing of it.

The mark lies where no transaction still at work can write an entry that would come before it. What is told may lie ahead of it: it is met
again, and adds nothing.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from storage.feed.audiences import be_alone
from storage.feed.telling import tell
from storage.postgres.cursor import BEGINNING, Cursor
from storage.postgres.transaction import Database, Tx

ENTRIES_AT_ONCE, CASES_AT_ONCE = 5000, 500
REMEMBERED = 1000
"""Where so many entries lie ahead of the mark they are gone through from where they were left, and as a whole once a second."""
ROUNDS_A_SECOND = 10
BATCHES_BEFORE_READING = 10

_BEHIND = """
SELECT case_id, seq, era, xid, position,
       (era, xid) < ((SELECT max(number) FROM era), pg_snapshot_xmin(pg_current_snapshot())) AS settled
FROM entry WHERE (era, xid, position) > ($1, $2, $3) ORDER BY era, xid, position LIMIT $4
"""
_AGAIN = """
WITH oldest AS (
    SELECT case_id, opened_at FROM feed_again JOIN cases USING (case_id) ORDER BY opened_at, case_id LIMIT $1
), gone AS (
    DELETE FROM feed_again a USING oldest o WHERE a.case_id = o.case_id
)
SELECT case_id FROM oldest ORDER BY opened_at, case_id
"""


class Progress:
    """What one process has gone through: cases with entries ahead of the mark, and where there are many of those, the last place."""

    def __init__(self) -> None:
        """Begin at the mark."""
        self.turn = asyncio.Lock()
        self._place = BEGINNING
        self._ahead: dict[UUID, int] = {}
        self._rounds = 0

    def begin_at(self, mark: Cursor) -> Cursor:
        """Say where to go on from."""
        return max(mark, self._place, key=_order)

    def count_round(self) -> None:
        """Once a second go through all that lies ahead of the mark again: what was committed late may stand before the last place."""
        self._rounds += 1
        if self._rounds % ROUNDS_A_SECOND == 0:
            self._place = BEGINNING

    def news(self, rows: Iterable[Any]) -> dict[UUID, None]:
        """Give the cases of which something is new, in the order in which they come."""
        return dict.fromkeys(row["case_id"] for row in rows if row["seq"] > self._ahead.get(row["case_id"], 0))

    def keep(self, rows: Sequence[Any], *, from_mark: bool) -> None:
        """Remember what was gone through, as far as it will be met again."""
        ahead = [row for row in rows if not row["settled"]]
        if from_mark and len(rows) < ENTRIES_AT_ONCE:
            self._ahead = {}
        for row in ahead:
            self._ahead[row["case_id"]] = max(row["seq"], self._ahead.get(row["case_id"], 0))
        if rows and (len(ahead) >= REMEMBERED or not from_mark):
            self._place = _place(rows[-1])


async def is_behind(tx: Tx, progress: Progress) -> bool:
    """Say whether something is still to be told, as far as this process knows."""
    mark, again = await _mark(tx)
    return again or bool(progress.news(await _entries_after(tx, progress.begin_at(mark))))


async def count_untold(tx: Tx, progress: Progress) -> int:
    """Count the cases of which something is still to be told, as far as this process knows."""
    mark, _ = await _mark(tx)
    again: int = await tx.fetchval("SELECT count(*) FROM feed_again")
    return again + len(progress.news(await _entries_after(tx, progress.begin_at(mark))))


async def untold(tx: Tx) -> frozenset[UUID]:
    """Give the cases of which something may still have to be told."""
    mark, _ = await _mark(tx)
    rows = await tx.fetch(
        "SELECT case_id FROM entry WHERE (era, xid, position) > ($1, $2, $3) UNION SELECT case_id FROM feed_again",
        mark.era, mark.xid, mark.position,
    )  # fmt: skip
    return frozenset(row["case_id"] for row in rows)


async def go_round(db: Database, progress: Progress) -> None:
    """Tell all that came, where nobody else is at it; every tenth time all that lies ahead of the mark is gone through again."""
    progress.count_round()
    async with db.connection() as tx:
        behind = await is_behind(tx, progress)
    while behind:
        behind = await derive(db, progress)


async def catch_up(db: Database, progress: Progress) -> None:
    """Tell what came before somebody reads, but no more than so much at once."""
    for _ in range(BATCHES_BEFORE_READING):
        if not await derive(db, progress, waits=True):
            return


async def derive(db: Database, progress: Progress, *, waits: bool = False) -> bool:
    """Tell one batch, and say whether more is left; what another process is telling is left to it, or waited for."""
    async with progress.turn:
        async with db.transaction() as tx:
            if not await be_alone(tx, waits=waits):
                return False
            mark, _ = await _mark(tx)
            begun = progress.begin_at(mark)
            rows = await _entries_after(tx, begun)
            again = [row["case_id"] for row in await tx.fetch(_AGAIN, CASES_AT_ONCE)]
            await tell(tx, list(progress.news(rows) | dict.fromkeys(again)))
            if begun == mark:
                await _move_mark(tx, rows)
        progress.keep(rows, from_mark=begun == mark)
    return len(rows) == ENTRIES_AT_ONCE or len(again) == CASES_AT_ONCE


async def _mark(tx: Tx) -> tuple[Cursor, bool]:
    row = await tx.fetchrow("SELECT era, xid, position, EXISTS (SELECT FROM feed_again) AS again FROM feed_mark")
    return _place(row), row["again"]


async def _entries_after(tx: Tx, place: Cursor) -> list[Any]:
    found: list[Any] = await tx.fetch(_BEHIND, place.era, place.xid, place.position, ENTRIES_AT_ONCE)
    return found


async def _move_mark(tx: Tx, rows: Sequence[Any]) -> None:
    """Move it behind the last entry before which none can come any more."""
    settled = [row for row in rows if row["settled"]]
    if settled:
        last = _place(settled[-1])
        await tx.execute("UPDATE feed_mark SET era = $1, xid = $2, position = $3", last.era, last.xid, last.position)


def _place(row: Any) -> Cursor:  # noqa: ANN401 -- asyncpg comes without types
    return Cursor(row["era"], row["xid"], row["position"])


def _order(place: Cursor) -> tuple[int, int, int]:
    return place.era, place.xid, place.position
