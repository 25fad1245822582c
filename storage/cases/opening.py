"""Writes a newly opened case with its number, entries and clocks in one statement; what belongs in it is decided elsewhere."""

from collections.abc import Sequence

from domain.case import Case
from domain.clock import Clock
from domain.ledger import Entry
from storage.cases import cases, clocks, ledger
from storage.cases.cases import alone_about_its_subject, case_row, next_number_sql
from storage.cases.clocks import clock_row
from storage.cases.ledger import entry_row
from storage.people.sealing import Wrapped
from storage.postgres.transaction import Tx
from storage.postgres.unnest import arrays, names, source

_NUMBER = cases.COLUMNS.index("number") + 1
_CASE = ", ".join("(SELECT last FROM numbered)" if n == _NUMBER else f"${n}::{kind}" for n, kind in enumerate(cases.TYPES, 1))
_ENTRIES = len(cases.TYPES) + 1
_CLOCKS = _ENTRIES + len(ledger.TYPES)
_KEY = _CLOCKS + len(clocks.TYPES)

# The counter's row is held from here to the commit alone: others who open a case wait no longer than that.
_OPEN = f"""
WITH numbered AS (
    {next_number_sql("$3::text", "$8::int", f"${_NUMBER}::int IS NOT NULL")}
), written AS (
    INSERT INTO entry ({names(ledger.COLUMNS)}) SELECT * FROM {source(ledger.TYPES, _ENTRIES)}
), running AS (
    INSERT INTO clock (case_id, {names(clocks.COLUMNS)}) SELECT $1, * FROM {source(clocks.TYPES, _CLOCKS)}
), sealed AS (
    INSERT INTO case_key (case_id, wrapped_by, wrapped) SELECT $1, ${_KEY}::text, ${_KEY + 1}::bytea WHERE ${_KEY}::text IS NOT NULL
)
INSERT INTO cases ({names(cases.COLUMNS)}) SELECT {_CASE} RETURNING number
"""


async def open_with(
    tx: Tx, case: Case, entries: Sequence[Entry], running: Sequence[Clock], *, numbered: bool, key: Wrapped | None = None
) -> int | None:
    """Keep a new case with all that begins with it; gives its number, where it gets one, without gaps within the year.
    `key` is that of its particulars, where it has any.

    `SubjectTaken` when another open case about the same subject has come in between.
    """
    row = list(case_row(case))
    row[_NUMBER - 1] = 0 if numbered else None
    begun = arrays(map(clock_row, running)) if running else [()] * len(clocks.TYPES)
    with alone_about_its_subject(case):
        wrapped = (key.wrapped_by, key.wrapped) if key else (None, None)
        number: int | None = await tx.fetchval(_OPEN, *row, *arrays(map(entry_row, entries)), *begun, *wrapped)
    return number
