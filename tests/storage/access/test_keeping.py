"""Editions, imports and clients come back as they were kept, and a client that was ended gets no further."""

from datetime import timedelta

import asyncpg
import pytest
from msgspec.structs import replace

from storage.access.clients import (
    ApiClient,
    Secret,
    add_client,
    add_secret,
    disable_client,
    end_secrets,
    end_tokens,
    find_client,
    list_clients,
    still_known,
)
from storage.calendars.editions import add_import, ensure_edition, newest_edition, read_editions, read_imports
from storage.postgres.engine import Gate
from storage.postgres.faults import CallerUnknown
from storage.postgres.transaction import Database, Tx
from tests.storage.making import AT

CLIENT = ApiClient(
    client_id="portal-1", name="湖北政务服务网", city="420800", party="portal", role="portal",
    scopes=("cases:read", "events:read"), created_at=AT, secrets=(Secret("scrypt$x", AT),),
)  # fmt: skip


async def test_an_edition_is_kept_once_and_the_last_added_is_the_newest(tx: Tx) -> None:
    assert await newest_edition(tx) is None
    await ensure_edition(tx, "b", b"2026", AT, "notices")
    await ensure_edition(tx, "a", b"2027", AT, "notices")
    await ensure_edition(tx, "b", b"other", AT, "notices")
    assert await newest_edition(tx) == ("a", b"2027")
    assert await read_editions(tx) == {"b": b"2026", "a": b"2027"}


async def test_imports_are_kept_in_their_order(tx: Tx) -> None:
    await add_import(tx, "2027.json", b"{}", AT)
    await add_import(tx, "closures.json", b"[]", AT)
    kept = await read_imports(tx)
    assert [(each.name, each.content, each.imported_at) for each in kept] == [
        ("2027.json", b"{}", AT), ("closures.json", b"[]", AT),
    ]  # fmt: skip


async def test_a_client_is_found_by_its_id_until_it_is_disabled(database: Database) -> None:
    async with database.transaction() as tx:
        await add_client(tx, CLIENT)
        assert await find_client(tx, "portal-1") == CLIENT
        assert await find_client(tx, "portal-2") is None
        assert await disable_client(tx, "portal-1")
        assert not await disable_client(tx, "portal-2")
        kept = {client.client_id: client for client in await list_clients(tx)}
        assert (kept["portal-1"].disabled, kept["portal-1"].generation) == (True, 2)
    with pytest.raises(asyncpg.UniqueViolationError):
        async with database.transaction() as tx:
            await add_client(tx, CLIENT)


async def test_a_secret_holds_until_its_end_and_the_newest_stands_first(database: Database) -> None:
    soon = AT + timedelta(days=7)
    async with database.transaction() as tx:
        await add_client(tx, replace(CLIENT, client_id="portal-3", secrets=(Secret("scrypt$old", AT),)))
        await end_secrets(tx, "portal-3", soon)
        await end_secrets(tx, "portal-3", soon + timedelta(days=1))
        await add_secret(tx, "portal-3", Secret("scrypt$y", AT + timedelta(hours=1)))
        kept = await find_client(tx, "portal-3")
    assert kept is not None
    assert kept.secrets == (Secret("scrypt$y", AT + timedelta(hours=1)), Secret("scrypt$old", AT, soon)), "no end is put off"
    assert [one.hash for one in kept.secrets_at(soon - timedelta(seconds=1))] == ["scrypt$y", "scrypt$old"]
    assert [one.hash for one in kept.secrets_at(soon)] == ["scrypt$y"]


@pytest.mark.parametrize("begun", ["transaction", "reading", "connection"])
async def test_nothing_begins_for_a_client_whose_tokens_were_ended(database: Database, begun: str) -> None:
    name, opened = f"o'{begun}", getattr(database, begun)
    async with database.transaction() as tx:
        await add_client(tx, replace(CLIENT, client_id=name, secrets=()))
    async with opened(still_known(name, 1)) as tx:
        assert await tx.fetchval("SELECT generation FROM client WHERE client_id = $1", name) == 1
    async with database.transaction() as tx:
        await end_tokens(tx, name)
    with pytest.raises(CallerUnknown):
        async with opened(still_known(name, 1)):
            pytest.fail("it began")
    async with opened(still_known(name, 2)) as tx:
        assert await tx.fetchval("SELECT generation FROM client WHERE client_id = $1", name) == 2


async def test_what_began_for_a_known_client_is_kept_or_undone_as_any_other(database: Database) -> None:
    gate = still_known("portal-4", 1)
    async with database.transaction() as tx:
        await add_client(tx, replace(CLIENT, client_id="portal-4", secrets=()))
    async with database.transaction(gate) as tx:
        await add_import(tx, "kept", b"", AT)
        with pytest.raises(asyncpg.DataError):
            await _undone(database, None)
        with pytest.raises(asyncpg.DataError):
            await _undone(database, gate)
        async with database.transaction(gate):
            await add_import(tx, "kept within", b"", AT)
    with pytest.raises(asyncpg.DataError):
        await _undone(database, gate)
    async with database.transaction() as tx:
        assert [one.name for one in await read_imports(tx) if one.name in {"kept", "kept within", "undone"}] == ["kept", "kept within"]


async def test_a_question_that_cannot_be_asked_leaves_the_connection_well(database: Database) -> None:
    for opened in (database.transaction, database.reading, database.connection):
        with pytest.raises(asyncpg.UndefinedTableError):
            async with opened(Gate("nowhere", "PREPARE nowhere AS SELECT FROM nowhere", "EXECUTE nowhere")):
                pytest.fail("it began")
        async with opened() as tx:
            assert await tx.fetchval("SELECT 1") == 1


async def _undone(database: Database, gate: Gate | None) -> None:
    async with database.transaction(gate) as tx:
        await add_import(tx, "undone", b"", AT)
        await tx.execute("SELECT 1 / 0")
