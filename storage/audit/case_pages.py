"""Reads whole cases page by page as rows, at the least cost per row, for the audit that compares them all; it compares nothing itself."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from msgspec import Struct

from domain.case import Case
from storage.cases import clocks
from storage.cases.cases import COLUMNS, case_of
from storage.findings import findings
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names
from storage.works import stretches

Row = Any
"""A row that compares equal to the tuple of its values, as `clock_row` and `finding_row` give them."""

ENTRY = ("seq", "occurred_at", "recorded_at", "party", "role", "account", "edition", "act", "body", "hash")
"""What an entry's row holds here, after its case's id; `recorded_at` is None where it is `occurred_at`: a moment is dear to read."""

_ALL = UUID(int=2**128 - 1)
_NONE = UUID(int=0)
_CASES = f"SELECT {names(COLUMNS)} FROM cases WHERE case_id > $1 AND case_id <= $2 ORDER BY case_id LIMIT $3"
_BETWEEN = "WHERE case_id BETWEEN $1 AND $2 ORDER BY case_id"
_ENTRY = names(ENTRY).replace("recorded_at", "nullif(recorded_at, occurred_at)")
_ENTRIES = f"SELECT case_id, {_ENTRY} FROM entry {_BETWEEN}, seq"
_CLOCKS = f"SELECT case_id, {names(clocks.COLUMNS)} FROM clock {_BETWEEN}, {names(clocks.KEY)}"
_FINDINGS = f"SELECT case_id, {names(findings.COLUMNS)} FROM finding {_BETWEEN}"
_STRETCHES = f"SELECT {names(stretches.COLUMNS)} FROM stretch {_BETWEEN}"


class Page(Struct, frozen=True, gc=False):
    """A case with its rows. Each row begins with the case's id; `row[1:]` is in the order of ENTRY or of COLUMNS; clocks by their key."""

    case: Case
    entries: Sequence[Row]
    clocks: Sequence[Row]
    findings: Sequence[Row]
    stretches: Sequence[Row] = ()


async def read_page(tx: Tx, after: UUID | None, upto: UUID | None, limit: int) -> list[Page]:
    """Read up to so many cases in the order of their ids, behind `after`, up to and with `upto`.

    All of an audit's pages come from one `Database.reading()`: statements of different moments would disagree.
    """
    heads = await tx.fetch(_CASES, after or _NONE, upto or _ALL, limit)
    if not heads:
        return []
    ends = heads[0]["case_id"], heads[-1]["case_id"]
    kept = [_by_case(await tx.fetch(sql, *ends)) for sql in (_ENTRIES, _CLOCKS, _FINDINGS, _STRETCHES)]
    return [Page(case, *[rows.get(case.case_id, ()) for rows in kept]) for case in map(case_of, heads)]


def _by_case(rows: Sequence[Row]) -> dict[UUID, Sequence[Row]]:
    return {case_id: [*those] for case_id, those in groupby(rows, itemgetter(0))}
