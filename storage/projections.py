"""Every table that follows from the ledgers: how its rows follow, and how they are kept; what is not here may not be there."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from domain.acts import ROWS, Acted
from domain.acts.kinds import Kind
from domain.case import Case
from domain.documents import documents_of
from domain.judging.judge import Judgement
from domain.ledger import Entry
from domain.offices import Offices
from domain.recording.state import Header, as_it_follows, header_kept, header_of
from domain.schemes.rulebook import Rulebook
from domain.works.places import dug_by
from storage.cases import clocks
from storage.cases.cases import save_header
from storage.cases.clocks import clock_row, save_clocks
from storage.credit import records
from storage.credit.records import credit_rows
from storage.documents import documents
from storage.documents.documents import document_row
from storage.findings import findings, grounds
from storage.findings.findings import finding_row, listed, save_findings
from storage.findings.grounds import ground_rows
from storage.postgres.transaction import Tx
from storage.postgres.unnest import arrays, names, upsert
from storage.settlement import costs
from storage.settlement.costs import cost_rows
from storage.works import stretches
from storage.works.stretches import save_stretches, stretch_row
from words import sentence

Row = Any
"""A row that compares equal to the tuple of its values, in the order of its table's columns."""


class Judged(NamedTuple):
    """All that a row may follow from: one case's own ledger and judgement; never a moment, never another case."""

    book: Rulebook
    case: Case
    entries: Sequence[Entry]
    judgement: Judgement
    offices: Offices
    header: Header | None = None
    """How the case stands by its ledger, where that has been worked out."""


Told = Callable[[Case, Sequence[Entry]], Sequence[Row]]


class Projection(NamedTuple):
    """A table whose rows follow from the ledgers, case by case."""

    table: str
    what: str
    """What one row of it is, for people."""
    columns: Sequence[str]
    key: slice
    """The columns that tell a case's rows apart, and by which they are ordered."""
    rows: Callable[[Judged], Sequence[Row]]
    keep: Callable[[Tx, Judged], Awaitable[None]]
    """Writes what differs as an act is recorded: no act takes away what another table rests on."""
    told: Told | None = None
    """How its rows follow from acts alone, which say in their row that they feed it; None where they follow from what is judged."""
    own: Callable[[Case], Row] | None = None
    """What is kept, where that is the case's own row: it is saved with every act, and never taken away."""


def followed(judged: Judged) -> Judged:
    """Give the same of the case as it follows from its ledger, whatever is kept of it: other rows follow from that."""
    book, case, entries, judgement, offices, _ = judged
    header = header_of(book, case, entries, judgement.clocks, offices)
    same = header == header_kept(case)
    return Judged(book, case if same else as_it_follows(case, header), entries, judgement, offices, header)


async def read_kept(tx: Tx, each: Projection, first: UUID, last: UUID) -> Sequence[Row]:
    """Read the rows that are kept of cases between two ids: each with its case's id before it, in the order of the key."""
    order = names(("case_id", *each.columns[each.key]))
    sql = f"SELECT case_id, {names(each.columns)} FROM {each.table} WHERE case_id BETWEEN $1 AND $2 ORDER BY {order}"
    found: Sequence[Row] = await tx.fetch(sql, first, last)
    return found


async def rebuild(tx: Tx, each: Projection, judged: Judged) -> None:
    """Make a case's rows anew, whatever was kept; the case is locked."""
    if each.own is None:
        await tx.execute(f"DELETE FROM {each.table} WHERE case_id = $1", judged.case.case_id)
    await each.keep(tx, judged)


class _Table(NamedTuple):
    """What the statements of a table are made of."""

    name: str
    columns: Sequence[str]
    types: Sequence[str]
    key: Sequence[str]


def _told(table: _Table, what: str, key: slice, told: Told) -> Projection:
    """A table of what acts say: its rows are written under their key, and no act takes one away."""
    statement = upsert(*table)

    def found(judged: Judged) -> Sequence[Row]:
        return told(judged.case, judged.entries)

    async def keep(tx: Tx, judged: Judged) -> None:
        right = found(judged)
        if right:
            await tx.execute(statement, *arrays(right))

    return Projection(table.name, what, table.columns, key, found, keep, told)


async def _keep_case(tx: Tx, judged: Judged) -> None:
    await save_header(tx, followed(judged).case)


async def _keep_clocks(tx: Tx, judged: Judged) -> None:
    await save_clocks(tx, judged.case.case_id, judged.judgement.clocks)


async def _keep_findings(tx: Tx, judged: Judged) -> None:
    await save_findings(tx, judged.case, judged.judgement.findings, stages=judged.book.stages)


async def _keep_stretches(tx: Tx, judged: Judged) -> None:
    await save_stretches(tx, judged.case.case_id, judged.case.city, dug_by(judged.entries))


def _case_rows(judged: Judged) -> Sequence[Row]:
    return [_own(judged.case.case_id, judged.header or followed(judged).header)]


def _own(case_id: UUID, header: Header | None) -> Row:
    return (case_id, *(header or ()))


def _clock_rows(judged: Judged) -> Sequence[Row]:
    return [clock_row(clock) for clock in judged.judgement.clocks]


def _finding_rows(judged: Judged) -> Sequence[Row]:
    return [finding_row(listed(judged.case, found, judged.book.stages)) for found in judged.judgement.findings]


def _dug_rows(case: Case, entries: Sequence[Entry]) -> Sequence[Row]:
    return [stretch_row(case.city, dug) for dug in dug_by(entries)]


def _stretch_rows(judged: Judged) -> Sequence[Row]:
    return _dug_rows(judged.case, judged.entries)


CASE = Projection(
    "cases",
    sentence("case"),
    ("case_id", *Header._fields),
    slice(0, 1),
    _case_rows,
    _keep_case,
    own=lambda case: _own(case.case_id, header_kept(case)),
)
CLOCK = Projection("clock", sentence("clock"), clocks.COLUMNS, slice(0, 4), _clock_rows, _keep_clocks)
FINDING = Projection("finding", sentence("finding"), findings.COLUMNS, slice(0, 1), _finding_rows, _keep_findings)
STRETCH = Projection("stretch", sentence("works"), stretches.COLUMNS, slice(1, 4), _stretch_rows, _keep_stretches, _dug_rows)
GROUND = _told(
    _Table("ground", grounds.COLUMNS, grounds.TYPES, ("finding_id", "case_id")),
    sentence("ground"),
    slice(0, 1),
    lambda _, entries: ground_rows(entries),
)
CREDIT_RECORD = _told(
    _Table("credit_record", records.KEPT, records.TYPES, ("case_id",)), sentence("entry of a credit file"), slice(0, 1), credit_rows
)
WORKS_COST = _told(
    _Table("works_cost", costs.COLUMNS, costs.TYPES, ("case_id", "utility")), sentence("cost of works"), slice(1, 2), cost_rows
)
DOCUMENT = _told(
    _Table("document", documents.COLUMNS, documents.TYPES, ("document_id",)),
    sentence("document"),
    slice(0, 1),
    lambda _, entries: [document_row(one) for one in documents_of(entries)],
)

PROJECTIONS: Sequence[Projection] = (CASE, CLOCK, FINDING, STRETCH, GROUND, CREDIT_RECORD, WORKS_COST, DOCUMENT)
"""What the audit compares and builds again, and what is kept with each act."""


TOLD = frozenset({"case_party", "feed"})
"""What follows from the ledgers over time: who joined a case with which entry, and what each audience was told; the feed keeps it."""
AUTHORED = frozenset(
    {
        "audit_shard",
        "calendar_import",
        "case_key",
        "client",
        "client_secret",
        "counter",
        "edition",
        "entry",
        "era",
        "feed_again",
        "feed_audience",
        "feed_mark",
        "heartbeat",
        "idempotency",
        "job_run",
        "made_up",
        "seal",
        "seal_head",
    }
)
"""The tables that follow from no ledger: the ledgers themselves, and what people, clients and jobs leave beside them."""


def feeding(rows: Mapping[type[Acted], Kind], projections: Iterable[Projection]) -> Mapping[type[Acted], frozenset[str]]:
    """Give the acts that feed a table by what their rows say; a name that is no table's, and a table that nothing feeds, stop the start."""
    found = {act: row.feeds for act, row in rows.items() if row.feeds}
    unbound = {name for feeds in found.values() for name in feeds} ^ {one.table for one in projections if one.told is not None}
    if unbound:
        message = f"fed and not kept, or kept and not fed: {', '.join(sorted(unbound))}"
        raise TypeError(message)
    return found


FEEDING = feeding(ROWS, PROJECTIONS)


@lru_cache(4096)
def fed_by(kinds: frozenset[type[Acted]]) -> frozenset[str]:
    """Name the tables that acts of these kinds feed."""
    return frozenset(name for kind in kinds & FEEDING.keys() for name in FEEDING[kind])
