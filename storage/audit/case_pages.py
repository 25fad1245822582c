"""Reads whole cases page by page as rows, at the least cost per row, for the audit that compares them all; it compares nothing itself."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from msgspec import Struct

from domain.case import Case
from storage.cases.cases import COLUMNS, case_of
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names
from storage.projections import CLOCK, FINDING, PROJECTIONS, Row, read_kept

MORE = ("format", "entry_id", "provenance", "person", "post", "on_behalf_of")
ENTRY = ("seq", "occurred_at", "recorded_at", "party", "role", "account", "edition", "act", "body", "hash", *MORE)
"""What an entry's row holds here, after its case's id; `recorded_at` is None where it is `occurred_at`: a moment is dear to read."""

_CLOCK, _FINDING = PROJECTIONS.index(CLOCK), PROJECTIONS.index(FINDING)
_ALL = UUID(int=2**128 - 1)
_NONE = UUID(int=0)
_CASES = f"SELECT {names(COLUMNS)} FROM cases WHERE case_id > $1 AND case_id <= $2 ORDER BY case_id LIMIT $3"
_BETWEEN = "WHERE case_id BETWEEN $1 AND $2 ORDER BY case_id"
_ENTRY = names(ENTRY).replace("recorded_at", "nullif(recorded_at, occurred_at)")
_ENTRIES = f"SELECT case_id, {_ENTRY} FROM entry {_BETWEEN}, seq"


class Page(Struct, frozen=True, gc=False):
    """A case with its rows. Each row begins with the case's id; `row[1:]` is in the order of ENTRY, or of its table's columns."""

    case: Case
    entries: Sequence[Row]
    kept: Sequence[Sequence[Row]]
    """What is kept of it in the tables of PROJECTIONS, in their order, by their keys; its own row is `case`."""

    @property
    def clocks(self) -> Sequence[Row]:
        """Give the rows of its clocks."""
        return self.kept[_CLOCK]

    @property
    def findings(self) -> Sequence[Row]:
        """Give the rows of its findings."""
        return self.kept[_FINDING]


async def read_page(tx: Tx, after: UUID | None, upto: UUID | None, limit: int) -> list[Page]:
    """Read up to so many cases in the order of their ids, behind `after`, up to and with `upto`.

    All of an audit's pages come from one `Database.reading()`: statements of different moments would disagree.
    """
    heads = await tx.fetch(_CASES, after or _NONE, upto or _ALL, limit)
    if not heads:
        return []
    ends = heads[0]["case_id"], heads[-1]["case_id"]
    entries = _by_case(await tx.fetch(_ENTRIES, *ends))
    kept = [None if each.own else _by_case(await read_kept(tx, each, *ends)) for each in PROJECTIONS]
    return [_page(case, entries, kept) for case in map(case_of, heads)]


def _page(case: Case, entries: Mapping[UUID, Sequence[Row]], kept: Sequence[Mapping[UUID, Sequence[Row]] | None]) -> Page:
    case_id = case.case_id
    return Page(case, entries.get(case_id, ()), [() if rows is None else rows.get(case_id, ()) for rows in kept])


async def read_ids(tx: Tx, after: UUID | None, limit: int) -> list[UUID]:
    """Give so many cases' ids alone, in their order, behind one."""
    rows = await tx.fetch("SELECT case_id FROM cases WHERE case_id > $1 ORDER BY case_id LIMIT $2", after or _NONE, limit)
    return [row["case_id"] for row in rows]


def _by_case(rows: Sequence[Row]) -> dict[UUID, Sequence[Row]]:
    return {case_id: [*those] for case_id, those in groupby(rows, itemgetter(0))}
