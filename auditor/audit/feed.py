"""Verifies what audiences were told against the fold of every ledger, and how it was numbered; tells nobody anything."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from msgspec import Struct, field

from storage.audit.case_pages import read_ids
from storage.feed.audiences import read_audiences
from storage.feed.deriving import Progress, catch_up, untold
from storage.feed.numbering import misnumbered, rows_told
from storage.feed.telling import folded, read_told
from storage.postgres.transaction import Database
from words import sentence

PAGE = 500


class FeedVerified(Struct):
    """What was verified, and what is told otherwise than the ledgers say, in words."""

    cases: int = 0
    rows: int = 0
    broken: list[tuple[UUID | None, str]] = field(default_factory=list)
    """The case (None: an audience's numbers) and what is wrong."""


async def verify_feed(db: Database, told: Callable[[int], None] = lambda _: None) -> FeedVerified:
    """Tell first what is untold, then fold every ledger again and compare; what was written meanwhile may not be told yet."""
    verified, progress, after = FeedVerified(), Progress(), None
    await catch_up(db, progress)
    async with db.reading() as tx:
        if not await read_audiences(tx):
            return verified
        waiting = await untold(tx)
        while ids := await read_ids(tx, after, PAGE):
            verified.broken += _differences(await folded(tx, ids), await read_told(tx, ids), waiting)
            verified.cases, after = verified.cases + len(ids), ids[-1]
            told(len(ids))
        verified.broken += [
            (None, sentence("audience {audience} is not numbered from 1 without gaps", audience=one)) for one in await misnumbered(tx)
        ]
        verified.rows = await rows_told(tx)
    return verified


def _differences(
    due: Mapping[tuple[int, UUID], Sequence[int]], kept: Mapping[tuple[int, UUID], Sequence[int]], waiting: frozenset[UUID]
) -> list[tuple[UUID | None, str]]:
    found: list[tuple[UUID | None, str]] = []
    for audience, case_id in sorted(due.keys() | kept.keys()):
        right, told = due.get((audience, case_id), ()), kept.get((audience, case_id), ())
        if list(told) != list(right[: len(told)] if case_id in waiting else right):
            found.append((case_id, sentence("audience {audience} was told of it otherwise than its ledger says", audience=audience)))
    return found
