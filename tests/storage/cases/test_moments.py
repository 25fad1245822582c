"""When an entry was written the database says, and in a database that is made up whoever writes; the mark is set first or never."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest
from msgspec.structs import replace

from casework.program import Context
from cli.servers import Addresses
from domain.case import Case
from domain.offices import Offices
from storage.cases.cases import lock_case, read_case
from storage.cases.ledger import append
from storage.cases.made_up import is_made_up, mark_made_up
from storage.cases.seals import seal_day
from storage.migrate import migrate
from storage.postgres.faults import NothingReal
from storage.postgres.transaction import Database, Tx
from tests.database import APP_ROLE, Urls, execute, make_empty
from tests.storage.making import AT, a_case, entries_of, insert_case, stored

SECOND = timedelta(seconds=1)


@pytest.fixture
async def urls(servers: Addresses) -> Urls:
    """A database without the mark, as an office has it."""
    made = await make_empty(servers, "lianban_office")
    await migrate(made.owner, APP_ROLE)
    return made


@pytest.fixture
async def office(urls: Urls) -> AsyncIterator[Database]:
    opened = await Database.open(urls.app, max_size=4)
    yield opened
    await opened.close()


async def clock(tx: Tx) -> datetime:
    at: datetime = await tx.fetchval("SELECT date_trunc('second', clock_timestamp())")
    return at


async def written(tx: Tx, *offsets: timedelta) -> Case:
    """A case with entries so far from the database's clock."""
    case, now = a_case(), await clock(tx)
    entries = entries_of(case, len(offsets))
    await insert_case(tx, replace(case, seq=len(offsets), head=entries[-1].hash))
    await append(tx, [replace(one, occurred_at=AT, recorded_at=now + by) for one, by in zip(entries, offsets, strict=True)])
    return case


@pytest.mark.parametrize("seconds", [-63, 63, -86_400])
async def test_an_entry_more_than_a_minute_from_the_databases_clock_is_refused(office: Database, seconds: int) -> None:
    with pytest.raises(asyncpg.RestrictViolationError, match="it is"):
        async with office.transaction() as tx:
            await written(tx, seconds * SECOND)


@pytest.mark.parametrize("seconds", [-50, 0, 50])
async def test_an_entry_within_a_minute_is_taken(office: Database, seconds: int) -> None:
    async with office.transaction() as tx:
        case = await written(tx, seconds * SECOND)
        assert await read_case(tx, case.case_id) is not None


async def test_an_entry_before_the_one_that_it_follows_is_refused(office: Database) -> None:
    with pytest.raises(asyncpg.RestrictViolationError, match="before the one that it follows"):
        async with office.transaction() as tx:
            await written(tx, SECOND, 0 * SECOND)


async def test_where_nothing_is_real_a_clock_may_be_set_back(database: Database) -> None:
    async with database.transaction() as tx:
        case = await written(tx, SECOND, -SECOND * 86_400)
        assert await read_case(tx, case.case_id) is not None


async def test_a_case_is_held_from_when_it_was_had_and_not_from_when_it_was_asked_for(office: Database) -> None:
    """Whoever waits for two seconds writes two seconds later, and never before what was written meanwhile."""
    async with office.transaction() as tx:
        case = await written(tx, 0 * SECOND)
    async with office.transaction() as tx:
        asked = await clock(tx)
        waiting = asyncio.create_task(_held(office, case.case_id))
        await tx.execute("UPDATE cases SET head = head WHERE case_id = $1", case.case_id)
        await tx.execute("SELECT pg_sleep(2.1)")
    assert await waiting >= asked + 2 * SECOND


async def _held(db: Database, case_id: UUID) -> datetime:
    async with db.transaction() as tx:
        await tx.execute("SELECT pg_sleep(0.2)")
        case = await lock_case(tx, case_id)
    assert case is not None
    assert case.held_at is not None
    return case.held_at


async def test_a_clock_that_was_set_back_does_not_set_a_ledger_back(office: Database) -> None:
    async with office.transaction() as tx:
        ahead = await clock(tx) + 40 * SECOND
        case = await written(tx, 40 * SECOND)
    async with office.transaction() as tx:
        held = await lock_case(tx, case.case_id)
    assert held is not None
    assert held.held_at is not None
    assert ahead <= held.held_at <= ahead + SECOND


async def test_what_is_decided_with_a_case_held_is_decided_at_that_moment(office: Database) -> None:
    async with office.transaction() as tx:
        case = await written(tx, 0 * SECOND)
        held = await lock_case(tx, case.case_id)
    assert held is not None
    context = Context({}, Offices({}, "edition"), AT)
    assert context.holding(held).now == held.held_at
    assert context.holding(case).now == AT


async def test_where_nothing_is_real_the_moment_is_whose_who_writes_and_no_day_is_sealed(database: Database) -> None:
    async with database.transaction() as tx:
        assert await is_made_up(tx)
        case = await stored(tx, 1)
        held = await lock_case(tx, case.case_id)
        assert held is not None
        assert held.held_at is None
        with pytest.raises(NothingReal):
            await seal_day(tx, date(2026, 9, 7), AT)


async def test_not_even_by_hand(database: Database) -> None:
    with pytest.raises(asyncpg.RestrictViolationError, match="made up"):
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO seal VALUES ('2026-09-07', repeat('a', 32)::bytea, repeat('a', 32)::bytea, 0, 1, 1, $1)", AT)


async def test_the_mark_is_set_before_the_first_entry_or_never(office: Database) -> None:
    async with office.transaction() as tx:
        assert not await is_made_up(tx)
        await written(tx, 0 * SECOND)
    async with office.transaction() as tx:
        with pytest.raises(NothingReal, match="real entries"):
            await mark_made_up(tx)
        assert not await is_made_up(tx)
    with pytest.raises(asyncpg.RestrictViolationError):
        async with office.transaction() as tx:
            await tx.execute("INSERT INTO made_up (marked) VALUES (true)")


async def test_it_may_be_set_twice_and_nobody_takes_it_off(office: Database, urls: Urls) -> None:
    async with office.transaction() as tx:
        await mark_made_up(tx)
        await stored(tx, 1)
        await mark_made_up(tx)
    with pytest.raises(asyncpg.PostgresError):
        await execute(urls.owner, "DELETE FROM made_up")
    async with office.connection() as tx:
        assert await is_made_up(tx)
        assert (await clock(tx)).tzinfo == UTC
