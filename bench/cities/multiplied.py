"""Makes many cities' rows of one city's, set by set in SQL, each copy under ids of its own; judges nothing and hashes nothing anew.

A copy's ids are the first one's with another beginning, in columns and in the texts of acts alike, so that whatever names a
case or a finding names it within its own copy. Moments stay as they were judged. Persons stay sealed under the first one's keys,
which open no copy: in a copy they read as erased.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from bench.cities.place import connected
from cli.servers import Addresses

_NOT_COPIED = ("case_key", "seal_head")
_GIVEN = ("era", "xid", "position")
"""The database's own."""
_ORDER = {"entry": "recorded_at, case_id, seq", "clock": "started, case_id", "cases": "opened_at, case_id", "finding": "opened_at, case_id"}
"""As the rows come to lie when they are written over time: a case's own are far apart."""
_ID = "([0-9a-f]{8})(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_BEGINNING = "chr(1)"
"""Stands in a kept text where an id began."""
_NUMBERS = 1_000_000
_COLUMNS = """
SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND EXISTS (
    SELECT FROM information_schema.columns k WHERE (k.table_name, k.column_name) = (c.table_name, 'case_id') AND k.table_schema = 'public')
ORDER BY c.table_name, c.ordinal_position
"""
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename = ANY($1) AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
_COPIES = "CREATE TEMP TABLE copy AS SELECT n, substr(md5(n::text), 1, 8) AS beginning FROM generate_series(1, $1::int) n"


class Column(Struct, frozen=True):
    """A column, and whether it holds ids in a text."""

    name: str
    kind: str
    names_ids: bool

    def kept(self) -> str:
        """Keep what a copy needs of it."""
        if self.kind == "uuid":
            return f"substr({self.name}::text, 9) AS {self.name}"
        if self.names_ids:
            return f"regexp_replace({self.name}, '{_ID}', {_BEGINNING} || '\\2', 'g') AS {self.name}"
        return self.name

    def copied(self) -> str:
        """Give it as one copy has it."""
        if self.kind == "uuid":
            return f"(c.beginning || t.{self.name})::uuid"
        if self.name == "subject":
            return f"replace(t.subject, {_BEGINNING}, c.beginning) || ' ' || c.n"
        if self.names_ids:
            return f"replace(t.{self.name}, {_BEGINNING}, c.beginning)"
        return f"t.number + c.n * {_NUMBERS}" if self.name == "number" else f"t.{self.name}"


async def multiply(addresses: Addresses, copies: int) -> None:
    """Add so many copies of all cases with whatever belongs to them; the indexes are made again once the rows are there."""
    async with connected(addresses.admin_url) as tx:
        tables = await _tables(tx)
        indexes = await tx.fetch(_INDEXES, [*tables])
        await tx.execute("SET session_replication_role = replica")  # every copied row refers to a copied row
        await tx.execute(_COPIES.replace("$1", str(copies)))
        for table, columns in tables.items():
            await _keep(tx, table, columns)
        await _each(tx, [f"DROP INDEX {row['indexname']}" for row in indexes])
        for table, columns in tables.items():
            await tx.execute(_copying(table, columns))
        await tx.execute("SET maintenance_work_mem = '1GB'")
        await _each(tx, [row["indexdef"] for row in indexes])


async def _tables(tx: Any) -> dict[str, list[Column]]:  # noqa: ANN401 -- asyncpg comes without types
    """Give every table that belongs to cases, with its columns."""
    tables: dict[str, list[Column]] = {}
    for table, name, kind in await tx.fetch(_COLUMNS):
        if table not in _NOT_COPIED and name not in _GIVEN:
            names_ids = kind == "text" and await tx.fetchval(f"SELECT EXISTS (SELECT FROM {table} WHERE {name} ~ '{_ID}')")  # noqa: S608 -- the catalogue's own names
            tables.setdefault(table, []).append(Column(name, kind, names_ids))
    return tables


async def _keep(tx: Any, table: str, columns: Sequence[Column]) -> None:  # noqa: ANN401 -- as above
    chosen = ", ".join(column.kept() for column in columns)
    order = _ORDER.get(table, "case_id")
    await tx.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT {chosen} FROM (SELECT * FROM {table} ORDER BY {order}) AS ordered")  # noqa: S608 -- as above


def _copying(table: str, columns: Sequence[Column]) -> str:
    """Write each kept row for every copy, before the next row is looked at."""
    names, moved = ", ".join(each.name for each in columns), ", ".join(each.copied() for each in columns)
    every_copy = "SELECT n, beginning FROM copy WHERE t.case_id IS NOT NULL OFFSET 0"
    return f"INSERT INTO {table} ({names}) SELECT {moved} FROM kept_{table} t CROSS JOIN LATERAL ({every_copy}) c"  # noqa: S608 -- as above


async def _each(tx: Any, statements: Sequence[str]) -> None:  # noqa: ANN401 -- as above
    for statement in statements:
        await tx.execute(statement)
