"""The ledger and the seals refuse change: to the program by its rights, to the owner and the superuser by themselves."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from storage.cases.ledger import COLUMNS
from storage.postgres.transaction import Database, Tx
from storage.postgres.unnest import names
from tests.database import Urls
from tests.storage.making import stored

STAYING = ("entry", "seal", "seal_head")
CHANGES = ("DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {} = {}")


@pytest.fixture(params=("owner", "admin"))
async def above(request: pytest.FixtureRequest, fresh_urls: Urls) -> AsyncIterator[Tx]:
    """A connection of someone with more rights than the program."""
    connection = await asyncpg.connect(getattr(fresh_urls, request.param))
    yield connection
    await connection.close()


def change(pattern: str, table: str) -> str:
    column = "hash" if table != "seal_head" else "head"
    return pattern.format(table, column, column)


@pytest.mark.parametrize("table", STAYING)
@pytest.mark.parametrize("pattern", CHANGES)
async def test_the_program_may_not_change_what_is_written(database: Database, table: str, pattern: str) -> None:
    async with database.connection() as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.execute(change(pattern, table))


@pytest.mark.parametrize("table", STAYING)
@pytest.mark.parametrize("pattern", CHANGES)
async def test_the_table_itself_refuses_its_owner_and_the_superuser(above: Tx, table: str, pattern: str) -> None:
    with pytest.raises(asyncpg.RestrictViolationError, match=f"on {table} is refused"):
        await above.execute(change(pattern, table))


async def test_the_refusal_holds_where_other_triggers_sleep(fresh_urls: Urls) -> None:
    connection = await asyncpg.connect(fresh_urls.admin)
    await connection.execute("SET session_replication_role = replica")
    with pytest.raises(asyncpg.RestrictViolationError):
        await connection.execute("DELETE FROM entry")
    await connection.close()


@pytest.mark.parametrize(
    "attempt",
    [
        "ALTER TABLE entry DISABLE TRIGGER entry_stays",
        "ALTER TABLE entry DISABLE TRIGGER ALL",
        "DROP TRIGGER entry_stays ON entry",
        "DROP FUNCTION refuse_change() CASCADE",
        "DROP TABLE entry",
        "ALTER TABLE entry OWNER TO lianban_app",
        "SET session_replication_role = replica",
        "SET ROLE lianban_owner",
        "DELETE FROM cases",
        "CREATE TABLE beside (n int)",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "UPDATE era SET number = 9",
        "DELETE FROM migration",
    ],
)
async def test_the_program_cannot_lift_the_refusal(database: Database, attempt: str) -> None:
    async with database.connection() as tx:
        with pytest.raises(asyncpg.PostgresError):
            await tx.execute(attempt)


@pytest.mark.parametrize(("column", "value"), [("xid", "'7'::xid8"), ("position", "7"), ("era", "7")])
async def test_the_program_cannot_forge_an_entrys_place(database: Database, column: str, value: str) -> None:
    async with database.transaction() as tx:
        case = await stored(tx)
    copied = names(("case_id", "2", *COLUMNS[2:]))
    forging = (
        f"INSERT INTO entry ({names(COLUMNS)}, {column}) "  # noqa: S608 -- the attempt itself
        f"OVERRIDING SYSTEM VALUE SELECT {copied}, {value} FROM entry WHERE case_id = '{case.case_id}'"
    )
    async with database.connection() as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.execute(forging)
