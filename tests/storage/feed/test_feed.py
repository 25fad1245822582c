"""The feed: every entry once, in one order, and none lost that is committed late."""

import pytest

from storage.cases.ledger import append
from storage.feed.feed import BEGINNING, Cursor, FedEntry, end_of_feed, read_feed
from storage.migrate import check_schema, migrate
from storage.postgres.faults import OldSchema
from storage.postgres.transaction import Database, Tx
from tests.database import APP_ROLE, Urls, execute
from tests.storage.making import entries_of, stored


async def drain(database: Database, after: Cursor, limit: int = 3, **who: str) -> tuple[list[FedEntry], Cursor]:
    """Read on until nothing moves."""
    seen: list[FedEntry] = []
    async with database.connection() as tx:
        while True:
            page, following = await read_feed(tx, after, limit, **who)  # type: ignore[arg-type] # who is party or city
            seen += page
            if following == after:
                return seen, after
            after = following


async def write(tx: Tx, **changes: object) -> object:
    return (await stored(tx, **changes)).case_id  # type: ignore[arg-type] # changes of a case


async def test_an_entry_committed_late_is_not_lost(database: Database) -> None:
    _, start = await drain(database, BEGINNING)
    async with database.transaction() as early:
        first = await write(early)  # takes the lower transaction number and position
        async with database.connection() as other, other.transaction():  # a second writer, at once
            await write(other)
        # The second has committed and the first has not: neither may be read yet, or the first would be passed over.
        assert (await drain(database, start))[0] == []
    seen, _ = await drain(database, start)
    assert len(seen) == 2
    assert seen[0].entry.case_id == first


async def test_pages_give_every_entry_once_in_order(database: Database) -> None:
    _, start = await drain(database, BEGINNING)
    async with database.transaction() as tx:
        case = await stored(tx, 7)
    seen, end = await drain(database, start)
    assert [fed.entry for fed in seen] == entries_of(case, 7)
    assert (seen[0].kind, seen[0].city) == ("connection", "420800")
    assert end == seen[-1].cursor
    async with database.connection() as tx:
        assert await end_of_feed(tx) == end


async def test_a_reader_sees_its_partys_cases_and_no_hidden_kinds(database: Database) -> None:
    _, start = await drain(database, BEGINNING)
    async with database.transaction() as tx:
        mine = await write(tx, parties=("gas", "hall"))
        await write(tx, parties=("hall", "water"))
        elsewhere = await write(tx, city="420281", parties=("gas",))
    seen, _ = await drain(database, start, party="gas")
    assert [fed.entry.case_id for fed in seen] == [mine, elsewhere]
    seen, _ = await drain(database, start, party="gas", city="420800")
    assert [fed.entry.case_id for fed in seen] == [mine]
    async with database.connection() as tx:
        page, following = await read_feed(tx, start, 10, hidden=frozenset({"remark.made"}))
    assert page == []
    assert following != start


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
    async with database.transaction() as tx:
        await stored(tx)
    # As a dump from another cluster would be: its transactions have numbers far ahead of this cluster's.
    await execute(
        fresh_urls.admin,
        "UPDATE era SET system_identifier = 1",
        "ALTER TABLE entry DISABLE TRIGGER entry_stays",
        "UPDATE entry SET xid = '9000000000'",
        "ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_stays",
    )
    assert (await drain(database, BEGINNING))[0] == []
    with pytest.raises(OldSchema, match="another cluster"):
        await check_schema(database)
    await migrate(fresh_urls.owner, APP_ROLE)
    await check_schema(database)
    old, end = await drain(database, BEGINNING)
    assert old
    async with database.transaction() as tx:
        new = await write(tx)
    seen, last = await drain(database, end)
    assert [fed.entry.case_id for fed in seen] == [new]
    assert (end.era, last.era) == (1, 2)
