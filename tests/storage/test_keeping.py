"""Editions, imports and clients come back as they were kept."""

import asyncpg
import pytest

from storage.access.clients import ApiClient, add_client, disable_client, find_client, list_clients
from storage.calendars.editions import add_import, ensure_edition, newest_edition, read_editions, read_imports
from storage.postgres.transaction import Database, Tx
from tests.storage.making import AT

CLIENT = ApiClient(
    client_id="portal-1", name="湖北政务服务网", secret_hash="scrypt$x", city="420800", party="portal", role="portal",
    scopes=("cases:read", "events:read"),
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
        assert [client.disabled for client in await list_clients(tx)] == [True]
    with pytest.raises(asyncpg.UniqueViolationError):
        async with database.transaction() as tx:
            await add_client(tx, CLIENT)
