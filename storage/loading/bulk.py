"""Writes many whole cases by COPY, for traffic that is made up and for loading; everything else appends."""

from collections.abc import Sequence

from msgspec import Struct

from domain.case import Case
from domain.clock import Clock
from domain.ledger import Entry
from storage.cases import cases, clocks, ledger
from storage.findings import findings
from storage.findings.findings import FindingRow
from storage.people import case_keys
from storage.people.sealing import Wrapped
from storage.postgres.transaction import Tx
from storage.projections import PROJECTIONS


class Written(Struct, frozen=True):
    """A whole case, as it is to be kept."""

    case: Case
    entries: Sequence[Entry] = ()
    clocks: Sequence[Clock] = ()
    findings: Sequence[FindingRow] = ()
    key: Wrapped | None = None
    """That of its particulars, where it has any."""


async def write_cases(tx: Tx, batch: Sequence[Written]) -> None:
    """Write new cases with all that belongs to them; the counters of their numbers move up with them."""
    entries = [ledger.entry_row(entry) for each in batch for entry in each.entries]
    running = [(each.case.case_id, *clocks.clock_row(clock)) for each in batch for clock in each.clocks]
    found = [findings.finding_row(row) for each in batch for row in each.findings]
    await tx.copy_records_to_table("cases", records=[cases.case_row(each.case) for each in batch], columns=cases.COLUMNS)
    await tx.copy_records_to_table("entry", records=entries, columns=ledger.COLUMNS)
    await case_keys.add_keys(tx, [(each.case.case_id, each.key) for each in batch if each.key])
    await tx.copy_records_to_table("clock", records=running, columns=("case_id", *clocks.COLUMNS))
    await tx.copy_records_to_table("finding", records=found, columns=findings.COLUMNS)
    for told in PROJECTIONS:
        rows = [row for each in batch for row in told.told(each.case, each.entries)] if told.told else []
        if rows:
            await tx.copy_records_to_table(told.table, records=rows, columns=told.columns)
    await _move_counters(tx, [each.case for each in batch])


async def _move_counters(tx: Tx, written: Sequence[Case]) -> None:
    highest: dict[tuple[str, int], int] = {}
    for case in written:
        if case.number is not None:
            key = (case.scheme, case.year)
            highest[key] = max(highest.get(key, 0), case.number)
    for (scheme, year), last in sorted(highest.items()):
        await tx.execute(
            "INSERT INTO counter AS c (scheme, year, last) VALUES ($1, $2, $3) "
            "ON CONFLICT (scheme, year) DO UPDATE SET last = greatest(c.last, excluded.last)",
            scheme, year, last,
        )  # fmt: skip
