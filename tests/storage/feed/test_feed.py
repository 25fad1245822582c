"""The feed as rows: whole for each audience, in each case's order, numbered without gaps, and held back by nobody."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.access.audience import Audience
from domain.case import Case
from domain.refusals import HistoryRestored
from storage.cases.cases import lock_case, save_case
from storage.cases.ledger import append
from storage.feed.audiences import find_audience, open_audience
from storage.feed.deriving import Progress, derive, go_round, is_behind
from storage.feed.feed import FedEntry, Heard, decode_heard, encode_heard, read_feed
from storage.migrate import check_schema, migrate
from storage.postgres.faults import OldSchema
from storage.postgres.transaction import Database, Tx
from tests.database import APP_ROLE, Urls, copied, execute
from tests.storage.making import AT, entries_of, stored

HALL, GAS, OFFICE = (Audience("420800", "hall", "own"), Audience("420800", "gas", "own"), Audience("420800", "hall", "city"))


async def reader(database: Database, who: Audience) -> Heard:
    """Have an audience kept, told of all that is there, and give the end of what it was told."""
    async with database.transaction() as tx:
        await open_audience(tx, who)
    told = await heard(database, who)
    return told[-1].heard if told else Heard(await number_of(database, who))


async def number_of(database: Database, who: Audience) -> int:
    async with database.connection() as tx:
        number = await find_audience(tx, who)
    assert number is not None
    return number


async def heard(database: Database, who: Audience, after: Heard | None = None, limit: int = 3) -> list[FedEntry]:
    """Have all told that is there, and read on until nothing comes."""
    while await derive(database, Progress(), waits=True):
        pass
    number, seen = await number_of(database, who), list[FedEntry]()
    async with database.connection() as tx:
        while page := await read_feed(tx, number, after, limit):
            seen, after = seen + page, page[-1].heard
    return seen


async def grown(tx: Tx, case: Case, count: int = 1, **changes: object) -> Case:
    """Write so many entries more."""
    assert await lock_case(tx, case.case_id)
    made = entries_of(case, count, case.seq + 1, case.head)
    await append(tx, made)
    return await save_case(tx, replace(case, seq=case.seq + count, head=made[-1].hash, **changes))


def seqs(told: list[FedEntry], case_id: UUID) -> list[int]:
    return [fed.entry.seq for fed in told if fed.entry.case_id == case_id]


async def test_pages_give_every_entry_once_in_order(database: Database) -> None:
    start = await reader(database, HALL)
    async with database.transaction() as tx:
        case = await stored(tx, 7)
    told = await heard(database, HALL, start)
    assert [fed.entry for fed in told] == entries_of(case, 7)
    assert [(fed.heard.n, fed.k) for fed in told] == [(start.n + number, number) for number in range(1, 8)]
    assert (told[0].kind, told[0].city) == ("connection", "420800")
    assert decode_heard(encode_heard(told[-1].heard)) == told[-1].heard


async def test_an_audience_is_told_of_its_own_cases_alone(database: Database) -> None:
    start, office = await reader(database, GAS), await reader(database, OFFICE)
    async with database.transaction() as tx:
        mine = await stored(tx, parties=("gas", "hall"))
        other = await stored(tx, parties=("hall", "water"))
        await stored(tx, city="420281", parties=("gas",))
    assert [fed.entry.case_id for fed in await heard(database, GAS, start)] == [mine.case_id]
    assert {fed.entry.case_id for fed in await heard(database, OFFICE, office)} == {mine.case_id, other.case_id}


async def test_who_reads_for_the_first_time_is_told_from_the_beginning(database: Database) -> None:
    async with database.transaction() as tx:
        case = await stored(tx, 4, parties=("hall", "steam"))
    await reader(database, steam := Audience("420800", "steam", "own"))
    assert seqs(await heard(database, steam), case.case_id) == [1, 2, 3, 4]
    async with database.transaction() as tx:
        await grown(tx, case, 2)
    assert seqs(await heard(database, steam), case.case_id) == [1, 2, 3, 4, 5, 6]


async def test_the_cases_of_before_come_in_the_order_in_which_they_were_opened(database: Database) -> None:
    async with database.transaction() as tx:
        cases = [await stored(tx, parties=("hall", "mobile"), opened_at=AT + timedelta(days=day)) for day in (3, 1, 2)]
    await derive(database, Progress(), waits=True)
    await reader(database, mobile := Audience("420800", "mobile", "own"))
    told = [fed.entry.case_id for fed in await heard(database, mobile)]
    assert told == [cases[1].case_id, cases[2].case_id, cases[0].case_id]


async def test_who_joins_later_is_told_what_was_before_at_that_place(database: Database) -> None:
    start, other = await reader(database, GAS), await reader(database, HALL)
    async with database.transaction() as tx:
        case = await stored(tx, 3, parties=("hall",))
        beside = await stored(tx, 1, parties=("gas", "hall"))
    assert seqs(await heard(database, GAS, start), case.case_id) == []
    async with database.transaction() as tx:
        await grown(tx, case, parties=("gas", "hall"))
    told = await heard(database, GAS, start)
    assert [fed.entry.case_id for fed in told] == [beside.case_id, *[case.case_id] * 4]
    assert [fed.k for fed in told] == [1, 1, 2, 3, 4]
    assert seqs(await heard(database, HALL, other), case.case_id) == [1, 2, 3, 4]


async def test_an_entry_committed_late_is_neither_lost_nor_waited_for(database: Database) -> None:
    start, progress = await reader(database, HALL), Progress()
    async with database.transaction() as early:
        first = await stored(early)  # takes the lower transaction number and position
        async with database.connection() as other, other.transaction():  # a second writer, at once
            second = await stored(other)
        await asyncio.create_task(derive(database, progress))  # in a task of its own: not inside the first one's transaction
        told = await asyncio.create_task(heard(database, HALL, start))
        assert [fed.entry.case_id for fed in told] == [second.case_id]
        async with database.connection() as tx:
            assert not await is_behind(tx, progress)
    async with database.connection() as tx:
        assert await is_behind(tx, progress)
    await go_round(database, progress)
    assert [fed.entry.case_id for fed in await heard(database, HALL, start)] == [second.case_id, first.case_id]


async def test_a_transaction_held_open_elsewhere_delays_nobody(database: Database, servers: object, template: str) -> None:
    start = await reader(database, HALL)
    async with copied(servers, template) as elsewhere:  # type: ignore[arg-type] # the fixture's addresses
        held = await Database.open(elsewhere.app)
        async with held.transaction() as tx:
            await stored(tx)
            async with database.transaction() as writing:
                case = await stored(writing, 2)
            assert await tx.fetchval("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
            assert seqs(await heard(database, HALL, start), case.case_id) == [1, 2]
            before = await _mark(database)
        await held.close()
    await heard(database, HALL)
    assert await _mark(database) > before


async def _mark(database: Database) -> tuple[int, int, int]:
    async with database.connection() as tx:
        return tuple(await tx.fetchrow("SELECT era, xid, position FROM feed_mark"))


async def test_many_who_tell_at_once_tell_once(database: Database) -> None:
    start = await reader(database, HALL)
    async with database.transaction() as tx:
        cases = [await stored(tx, 3) for _ in range(5)]
    await asyncio.gather(*(derive(database, Progress(), waits=True) for _ in range(6)))
    told = await heard(database, HALL, start, limit=50)
    assert len(told) == 15
    assert all(seqs(told, case.case_id) == [1, 2, 3] for case in cases)


async def test_a_case_that_is_to_be_looked_at_again_gives_nothing_twice(database: Database) -> None:
    start = await reader(database, HALL)
    async with database.transaction() as tx:
        case = await stored(tx, 3)
    assert len(await heard(database, HALL, start)) == 3
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO feed_again (case_id, why) VALUES ($1, 'a release shows more')", case.case_id)
    assert len(await heard(database, HALL, start)) == 3


async def test_a_place_that_was_never_told_is_not_taken_for_the_end(database: Database) -> None:
    start = await reader(database, HALL)
    async with database.transaction() as tx:
        await stored(tx, 2)
    last = (await heard(database, HALL, start))[-1].heard
    async with database.connection() as tx:
        for n, check, onward in ((last.n + 1, "00000000", last.n), (last.n, "00000000", 0)):
            with pytest.raises(HistoryRestored) as refused:
                await read_feed(tx, last.audience, Heard(last.audience, n, check), 10)
            assert decode_heard(refused.value.extra["from"]).n == onward


async def test_the_place_is_kept_inside_a_savepoint(database: Database) -> None:
    """Pitfall: an entry written inside a savepoint carries the whole transaction's number."""
    async with database.transaction() as tx:
        case = await stored(tx)
        async with database.transaction() as inner:
            await append(inner, entries_of(case, 1, start=2))
        xids = await tx.fetch("SELECT DISTINCT xid FROM entry WHERE case_id = $1", case.case_id)
    assert len(xids) == 1
    assert isinstance(xids[0]["xid"], int)


async def test_a_restored_dump_begins_an_era_and_withholds_nothing(database: Database, fresh_urls: Urls) -> None:
    start = await reader(database, HALL)
    async with database.transaction() as tx:
        old = await stored(tx)
    # As a dump from another cluster would be: its transactions have numbers far ahead of this cluster's.
    await execute(
        fresh_urls.admin,
        "UPDATE era SET system_identifier = 1",
        "ALTER TABLE entry DISABLE TRIGGER entry_stays",
        "UPDATE entry SET xid = '9000000000'",
        "ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_stays",
    )
    with pytest.raises(OldSchema, match="another cluster"):
        await check_schema(database)
    await migrate(fresh_urls.owner, APP_ROLE)
    await check_schema(database)
    async with database.transaction() as tx:
        new = await stored(tx)
    assert [fed.entry.case_id for fed in await heard(database, HALL, start)] == [old.case_id, new.case_id]
