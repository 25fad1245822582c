"""A ledger of either format is read, verified and audited as it was written; one of the first may go on in the second."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from auditor.audit.chain import read_chain
from domain.case import Case
from domain.cases.appending import write
from domain.ledger import SHA256, Entry
from domain.packs.checking import ledger_of
from storage.audit.case_pages import read_page
from storage.cases.ledger import append, read_ledger
from storage.postgres.transaction import Database, Tx
from tests.domain.cases.test_kept_bodies import kept_ledger
from tests.storage.making import a_case, insert_case


@pytest.fixture
async def rolled_back(database: Database) -> AsyncIterator[Tx]:
    """A transaction of which nothing stays: every test writes the very same case."""
    async with database.connection() as tx:
        begun = tx.transaction()
        await begun.start()
        yield tx
        await begun.rollback()


async def stored(tx: Tx, entries: list[Entry]) -> Case:
    case = a_case(case_id=entries[0].case_id, seq=len(entries), head=entries[-1].hash, kind="supervision")
    await insert_case(tx, case)
    await append(tx, entries)
    return case


@pytest.mark.parametrize("form", [1, 2])
async def test_what_was_written_is_read_and_its_chain_is_whole(rolled_back: Tx, form: int) -> None:
    entries = ledger_of(kept_ledger(form))
    case = await stored(rolled_back, entries)
    assert await read_ledger(rolled_back, case.case_id) == entries
    (page,) = [one for one in await read_page(rolled_back, None, None, 1000) if one.case.case_id == case.case_id]
    chain = read_chain(page, SHA256)
    assert chain.broken is None
    assert list(chain.entries) == entries


async def test_a_ledger_of_the_first_format_goes_on_in_the_second(rolled_back: Tx) -> None:
    first = ledger_of(kept_ledger(1))
    case: Case = await stored(rolled_back, first)
    last: Any = first[-1]
    moved, made = write(case, [(last.act, last.occurred_at, last.actor)], last.recorded_at + timedelta(seconds=1), "edition", SHA256)
    await append(rolled_back, made)
    await rolled_back.execute("UPDATE cases SET seq = $2, head = $3 WHERE case_id = $1", moved.case_id, moved.seq, moved.head)
    (page,) = [one for one in await read_page(rolled_back, None, None, 1000) if one.case.case_id == case.case_id]
    chain = read_chain(page, SHA256)
    assert chain.broken is None
    assert [entry.format for entry in chain.entries[-2:]] == [1, 2]
    assert chain.entries[-1] == made[0]
