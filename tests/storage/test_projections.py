"""The one list of tables that follow from the ledgers: whole, bound to the acts that feed it, and nothing beside it."""

import asyncpg
import pytest
from msgspec.structs import replace

from domain.acts import AUDITOR_ALONE, KINDS, ROWS
from domain.acts.fact import RemarkMade
from domain.acts.kinds import Kind
from storage.projections import AUTHORED, PROJECTIONS, TOLD, fed_by, feeding
from storage.tables import TABLES
from tests.database import Urls

BY_THE_LIBRARY = {"migration"}
CASE_COMPARED = {
    "case_id", "kind", "city", "district", "subject", "year", "state", "opened_at", "opened_by", "parties", "numbered",
}  # fmt: skip
"""Of a case: its number a counter gives, its plan whoever opened it, and the head of its ledger is the chain's to check."""


async def test_every_table_follows_from_the_ledgers_or_is_authored(fresh_urls: Urls) -> None:
    connection = await asyncpg.connect(fresh_urls.admin)
    try:
        rows = await connection.fetch("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    finally:
        await connection.close()
    derived = {one.table for one in PROJECTIONS}
    assert {row["table_name"] for row in rows} - BY_THE_LIBRARY == derived | TOLD | AUTHORED
    assert derived & AUTHORED == derived & TOLD == TOLD & AUTHORED == set()
    assert len(derived) == len(PROJECTIONS)


def test_every_column_of_such_a_table_is_compared() -> None:
    declared = {table._meta.tablename: {one._meta.db_column_name for one in table._meta.columns} for table in TABLES}  # noqa: SLF001 -- Piccolo's only list
    for one in PROJECTIONS:
        assert {*one.columns, "case_id"} == (CASE_COMPARED if one.own else declared[one.table]), one.table
    assert CASE_COMPARED - {"numbered"} == declared["cases"] - {"number", "scheme", "seq", "head"}


def test_an_act_that_feeds_a_table_which_nothing_keeps_stops_the_start() -> None:
    rows: dict[type, Kind] = {**ROWS, RemarkMade: replace(ROWS[RemarkMade], feeds=frozenset({"remarks"}))}
    with pytest.raises(TypeError, match="remarks"):
        feeding(rows, PROJECTIONS)


def test_a_table_that_no_act_feeds_stops_the_start() -> None:
    rows = {act: replace(row, feeds=row.feeds - {"ground"}) for act, row in ROWS.items()}
    with pytest.raises(TypeError, match="ground"):
        feeding(rows, PROJECTIONS)


def test_of_what_the_auditor_alone_enters_the_end_of_a_window_alone_feeds_a_table_beside_clocks_and_findings() -> None:
    """Sweeps, lights and new dates are written for many cases at once, with clocks and findings alone."""
    assert {tag for tag in AUDITOR_ALONE if fed_by(frozenset({KINDS[tag]}))} == {"credit.expired"}
