"""Fills the tables with copies of played cases, each with an id and a hash chain of its own; makes up nothing that was not judged."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count as count_from
from itertools import islice, repeat
from random import Random
from uuid import UUID

from bench.cities.playing import Stage, copied
from calendars import encode_edition
from storage.calendars.editions import ensure_edition
from storage.cases.made_up import mark_made_up
from storage.loading.bulk import Written, write_cases
from storage.postgres.transaction import Database

BATCH = 1_000


async def load(db: Database, template: Written, count: int, rng: Random) -> list[UUID]:
    """Write so many copies by COPY, a thousand to a transaction; gives their ids."""
    ids = [UUID(int=rng.getrandbits(128), version=4) for _ in range(count)]
    async with db.transaction() as tx:
        await mark_made_up(tx)
    numbers = count_from(await _highest(db, template)) if template.case.number is not None else repeat(None)
    waiting = zip(ids, numbers, strict=False)
    while batch := list(_copies(template, waiting)):
        async with db.transaction() as tx:
            await write_cases(tx, batch)
    return ids


async def _highest(db: Database, template: Written) -> int:
    """Give the first number of the template's year that no case has."""
    async with db.connection() as tx:
        return 1 + int(await tx.fetchval("SELECT coalesce(max(number), 0) FROM cases WHERE year = $1", template.case.year))


def _copies(template: Written, ids: Iterator[tuple[UUID, int | None]]) -> Iterator[Written]:
    return (copied(template, case_id, number) for case_id, number in islice(ids, BATCH))


async def add_edition(db: Database, stage: Stage, at: datetime) -> None:
    """Keep the calendar edition that the entries name."""
    edition = stage.offices.editions[stage.offices.newest]
    async with db.transaction() as tx:
        await ensure_edition(tx, edition.id, encode_edition(edition), at, "package")
