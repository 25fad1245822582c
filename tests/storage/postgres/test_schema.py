"""The tables as they stand: migrated from nothing, named by us, checked by the database, and as the last look found them."""

import asyncio
import re
from pathlib import Path
from typing import Any, get_args

import asyncpg
import pytest
from piccolo.columns import Text
from piccolo.table import Table

from cli.servers import Addresses
from domain.acts.kinds import CaseKind
from domain.case import CaseState
from domain.clock import State
from domain.finding import FindingState, Light
from domain.schemes.rule import Stage
from storage.cases.ledger import COLUMNS
from storage.migrate import check_schema, migrate, migration_modules
from storage.migration import lacking, write_migration
from storage.piccolo_app import APP_CONFIG
from storage.postgres.faults import DatabaseAway, OldSchema
from storage.postgres.transaction import Database, Tx
from storage.postgres.unnest import names
from storage.tables import TABLES
from tests.database import APP_ROLE, Urls, execute, make_empty
from tests.storage.making import AT, stored

NAMED = re.compile(r"_(pk|fk|ix|uq|ck_\d+)$")
GOLDEN = Path(__file__).parent / "schema.txt"

DESCRIBED = """
SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
    || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'constraint ' || conname || ' on ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL
SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'trigger ' || tgenabled::text || ' ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'may ' || privilege_type || ' ' || table_name FROM information_schema.table_privileges
WHERE grantee = 'lianban_app'
UNION ALL
SELECT 'may ' || privilege_type || ' ' || table_name || '.' || column_name FROM information_schema.column_privileges
WHERE grantee = 'lianban_app' AND table_name = 'entry' AND privilege_type = 'INSERT'
"""


@pytest.fixture
async def empty(servers: Addresses) -> Urls:
    return await make_empty(servers, "lianban_empty")


async def test_the_schema_is_as_last_looked_at(database: Database) -> None:
    """Piccolo can drop a constraint by a renamed column: a change shows here, and is copied into the file on purpose."""
    async with database.connection() as tx:
        rows = await tx.fetch(DESCRIBED)
    assert "\n".join(sorted(row["line"] for row in rows)) + "\n" == GOLDEN.read_text()


async def test_every_change_of_the_tables_has_its_migration() -> None:
    assert await lacking() == []


async def test_every_constraint_and_index_has_a_name_of_ours(database: Database) -> None:
    async with database.connection() as tx:
        names = await tx.fetch(
            "SELECT conname AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' "
            "AND conrelid::regclass::text <> 'migration' "
            "UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migration'"
        )
    assert [row["name"] for row in names if not NAMED.search(row["name"])] == []


async def test_migrating_twice_is_the_same_as_once_and_two_at_once_are_safe(empty: Urls) -> None:
    both = await asyncio.gather(migrate(empty.owner, APP_ROLE), migrate(empty.owner, APP_ROLE))
    assert sorted(map(len, both)) == [0, len(migration_modules())]
    assert await migrate(empty.owner, APP_ROLE) == []


async def test_an_old_schema_is_refused_with_what_it_lacks(empty: Urls) -> None:
    database = await Database.open(empty.app)
    with pytest.raises(OldSchema) as caught:
        await check_schema(database)
    assert all(name in str(caught.value) for name in migration_modules())
    assert "lianban migrate" in str(caught.value)
    await migrate(empty.owner, APP_ROLE)
    await check_schema(database)
    await database.close()


async def test_a_database_of_another_program_is_not_worked_on(empty: Urls) -> None:
    await migrate(empty.owner, APP_ROLE)
    await execute(empty.owner, "INSERT INTO migration (name, app_name, ran_on) VALUES ('2026-11-21T20:35:08:284912', 'lianban', now())")
    with pytest.raises(OldSchema, match="2026-11-21T20:35:08:284912"):
        await migrate(empty.owner, APP_ROLE)


async def test_migrating_a_database_that_is_away_says_so() -> None:
    with pytest.raises(DatabaseAway, match="LIANBAN_OWNER_URL"):
        await migrate("postgresql://lianban_owner:x@127.0.0.1:1/lianban", APP_ROLE)


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("cases_kind_ck_2", CaseKind),
        ("cases_state_ck_1", CaseState),
        ("clock_state_ck_1", State),
        ("finding_state_ck_1", FindingState),
        ("finding_light_ck_1", Light),
        ("finding_stage_ck_1", Stage),
    ],
)
async def test_the_database_allows_the_domains_words(database: Database, check: str, words: Any) -> None:  # noqa: ANN401 -- a Literal
    """Pitfall: a check changed under the same name is not migrated, and then a new word is refused in production."""
    async with database.connection() as tx:
        definition = await tx.fetchval("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1", check)
    assert set(definition.split("'")[1::2]) == set(get_args(words))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases SET state = ''",
        "UPDATE cases SET kind = 'party'",
        "UPDATE cases SET seq = 0",
        "UPDATE cases SET year = 26",
        "UPDATE cases SET head = 'short'",
        "UPDATE cases SET opened_at = 'infinity'",
        "UPDATE cases SET opened_at = opened_at + interval '1 ms'",
    ],
)
async def test_the_database_refuses_what_no_case_can_be(database: Database, statement: str) -> None:
    async with database.transaction() as tx:
        await stored(tx)
    with pytest.raises(asyncpg.CheckViolationError):
        async with database.transaction() as tx:
            await tx.execute(statement)


async def test_an_entry_recorded_before_it_happened_is_refused(database: Database) -> None:
    async with database.transaction() as tx:
        case = await stored(tx)
    with pytest.raises(asyncpg.CheckViolationError):
        async with database.transaction() as tx:
            await _late(tx, case.case_id)


async def _late(tx: Tx, case_id: object) -> None:
    await tx.execute(
        f"INSERT INTO entry ({names(COLUMNS)}) SELECT case_id, 2, $2::timestamptz + interval '1 day', $2, {names(COLUMNS[4:])} "  # noqa: S608 -- our own words
        "FROM entry WHERE case_id = $1",
        case_id, AT,
    )  # fmt: skip


async def test_nothing_is_filled_in_that_nobody_gave(database: Database) -> None:
    with pytest.raises(asyncpg.NotNullViolationError):
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO heartbeat (worker) VALUES ('without a moment')")


async def test_a_table_without_its_migration_shows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The one test that puts a table in: it is what a colleague would do."""

    class Added(Table, tablename="added"):
        word = Text()

    monkeypatch.setattr(APP_CONFIG, "table_classes", [*TABLES, Added])
    assert any("added" in line for line in await lacking())
    monkeypatch.setattr(APP_CONFIG, "migrations_folder_path", str(tmp_path))
    written = await write_migration("a new table")
    assert written is not None
    assert "added" in Path(written).read_text()
