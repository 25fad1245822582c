"""The ledger: what is appended comes back as it was, numbered without a double."""

from uuid import uuid4

import asyncpg
import pytest

from domain.ledger import GENESIS, chain_hash
from storage.cases.ledger import append, read_ledger, read_ledgers
from storage.postgres.transaction import Database, Tx
from tests.storage.making import a_case, entries_of, stored


async def test_entries_come_back_as_they_were_hashed(tx: Tx) -> None:
    case = await stored(tx, 3)
    read = await read_ledger(tx, case.case_id)
    assert read == entries_of(case, 3)
    previous = GENESIS
    for entry in read:
        assert chain_hash(previous, entry) == entry.hash
        previous = entry.hash


async def test_several_ledgers_are_read_at_once_and_an_unknown_one_is_empty(tx: Tx) -> None:
    first, second, unknown = await stored(tx, 2), await stored(tx, 1), uuid4()
    read = await read_ledgers(tx, [first.case_id, second.case_id, unknown])
    assert {case_id: len(entries) for case_id, entries in read.items()} == {
        first.case_id: 2, second.case_id: 1, unknown: 0,
    }  # fmt: skip


async def test_more_entries_than_one_statement_binds_go_in_one_statement(tx: Tx) -> None:
    case = await stored(tx, 2_000)  # times seventeen columns: past the 32 767 arguments of the protocol
    assert len(await read_ledger(tx, case.case_id)) == 2_000


async def test_a_number_is_given_once(database: Database) -> None:
    async with database.transaction() as tx:
        case = await stored(tx, 2)
    with pytest.raises(asyncpg.UniqueViolationError):
        async with database.transaction() as tx:
            await append(tx, entries_of(case, 1, start=2))


async def test_an_entry_belongs_to_a_case(database: Database) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with database.transaction() as tx:
            await append(tx, entries_of(a_case(), 1))


async def test_appending_nothing_does_nothing(tx: Tx) -> None:
    before = await tx.fetchval("SELECT count(*) FROM entry")
    await append(tx, [])
    assert await tx.fetchval("SELECT count(*) FROM entry") == before
