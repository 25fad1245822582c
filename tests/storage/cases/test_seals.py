"""Seals: each day's changed heads under one digest, chained, and a ledger cut short shows."""

import hashlib
from collections.abc import AsyncIterator
from datetime import date

import pytest

from cli.servers import Addresses
from storage.cases.ledger import append
from storage.cases.seals import Head, changed_heads, digest_of, read_seals, seal_day
from storage.postgres.transaction import Database, Tx
from tests.database import AS_REAL, Urls, copied, execute
from tests.storage.making import AT, entries_of, stored

MONDAY, TUESDAY, WEDNESDAY = date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, 9)


@pytest.fixture
async def urls(servers: Addresses, template: str) -> AsyncIterator[Urls]:
    """A database whose days can be sealed, although its entries are of another day than ours."""
    async with copied(servers, template) as fresh:
        await execute(fresh.admin, *AS_REAL)
        yield fresh


@pytest.fixture
async def database(urls: Urls) -> AsyncIterator[Database]:
    opened = await Database.open(urls.app)
    yield opened
    await opened.close()


async def sealed(tx: Tx, day: date) -> list[Head]:
    """The heads that a day's seal covers."""
    return [Head(*row) for row in await tx.fetch("SELECT case_id, seq, head FROM seal_head WHERE day = $1 ORDER BY case_id", day)]


async def test_each_days_seal_covers_what_changed_and_is_chained_to_the_last(database: Database) -> None:
    async with database.transaction() as tx:
        first, second = await stored(tx, 2), await stored(tx, 1)
    async with database.transaction() as tx:
        monday = await seal_day(tx, MONDAY, AT)
    async with database.transaction() as tx:
        await append(tx, entries_of(second, 1, start=2, previous=second.head))
    async with database.transaction() as tx:
        tuesday = await seal_day(tx, TUESDAY, AT)
        assert await seal_day(tx, TUESDAY, AT) is None
        assert await seal_day(tx, MONDAY, AT) is None
        assert await read_seals(tx) == [monday, tuesday]
        heads = await sealed(tx, TUESDAY)
    assert monday is not None
    assert tuesday is not None
    assert (monday.heads, tuesday.heads, tuesday.previous) == (2, 1, monday.hash)
    assert [(head.case_id, head.seq) for head in heads] == [(second.case_id, 2)]
    text = f"{TUESDAY}\n{second.case_id}\n2\n{heads[0].head.hex()}\n"
    assert tuesday.hash == hashlib.sha256(monday.hash + text.encode()).digest()
    async with database.transaction() as tx:
        assert await digest_of(tx, monday.hash, TUESDAY) == (tuesday.hash, 1)
    assert first.case_id != second.case_id


async def test_what_is_still_being_written_falls_to_the_next_seal(database: Database) -> None:
    async with database.transaction() as slow:
        late = await stored(slow)
        async with database.connection() as other, other.transaction():  # a second writer, at once
            await seal_day(other, MONDAY, AT)
    async with database.transaction() as tx:
        tuesday = await seal_day(tx, TUESDAY, AT)
        heads = await sealed(tx, TUESDAY)
    assert tuesday is not None
    assert [head.case_id for head in heads] == [late.case_id]


async def test_a_lost_tail_shows(database: Database, urls: Urls) -> None:
    async with database.transaction() as tx:
        case = await stored(tx, 3)
    async with database.transaction() as tx:
        await seal_day(tx, MONDAY, AT)
        assert await changed_heads(tx) == []
    # Only a superuser who takes the refusal away can do this.
    await execute(
        urls.admin,
        "ALTER TABLE entry DISABLE TRIGGER entry_stays",
        "DELETE FROM entry WHERE seq = 3",
        "UPDATE cases SET seq = 2",
    )
    async with database.connection() as tx:
        assert [(head.case_id, head.seq) for head in await changed_heads(tx)] == [(case.case_id, 3)]


async def test_a_day_without_entries_is_sealed_too(database: Database) -> None:
    async with database.transaction() as tx:
        seal = await seal_day(tx, WEDNESDAY, AT)
    assert seal is not None
    assert seal.heads == 0
