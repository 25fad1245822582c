"""Turns lights red and writes each turn into its finding's case, once; it opens no finding and decides nothing about one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from casework.program import Context
from domain.acts.enforcement.audit import LightTurned
from domain.case import Case
from domain.cases.appending import write
from domain.ledger import AUDITOR, SHA256, Entry
from domain.warnings.lights import Because, series_of
from domain.warnings.lights import turning as turning_at_once
from storage.findings.findings import FindingRow
from storage.findings.lights import Turning, first_of, lock_cases, record_turned, turning
from storage.postgres.transaction import Database, Tx

RED_ROUND = 5_000
"""Lights looked for at once."""
RED_BATCH = 250
"""Lights in one short transaction, their cases locked in the order of their ids."""


async def red_at_opening(tx: Tx, context: Context, rows: Sequence[FindingRow]) -> Mapping[UUID, Because]:
    """Say which findings that are about to be opened are red at once: those that follow others of their year, or were found late."""
    repeated = _repeated(context)
    series = list(dict.fromkeys(series_of(row.city, row.finding) for row in rows if row.scheme in repeated))
    without = [row.finding.finding_id for row in rows]
    before = await first_of(tx, series, without, max(repeated.values(), default=1) - 1)
    return turning_at_once([(row.city, row.finding, repeated.get(row.scheme)) for row in rows], before, context.now)


async def turn_red(db: Database, context: Context) -> int:
    """Turn every light whose moment has come; gives how many. What a sweep left that was killed is found here."""
    turned_red = 0
    while True:
        async with db.connection() as tx:
            found = sorted(await turning(tx, context.now, _repeated(context), RED_ROUND), key=_by_case)
        turned = 0
        for first in range(0, len(found), RED_BATCH):
            async with db.transaction() as tx:
                turned += await _turn(tx, context, found[first : first + RED_BATCH])
        turned_red += turned
        if len(found) < RED_ROUND or not turned:
            return turned_red


def _by_case(one: Turning) -> tuple[UUID, UUID]:
    return one.case_id, one.finding_id


def _repeated(context: Context) -> Mapping[str, int]:
    numbers = {name: book.scheme.lights.repeated for name, book in context.books.items()}
    return {name: number for name, number in numbers.items() if number is not None}


async def _turn(tx: Tx, context: Context, seen: Sequence[Turning]) -> int:
    """Lock the cases, look again, and write; what another turned meanwhile is red by now."""
    cases = {case.case_id: case for case in await lock_cases(tx, {one.case_id for one in seen})}
    context = context.holding(*cases.values())
    found = await turning(tx, context.now, _repeated(context), len(seen), [one.finding_id for one in seen])
    changed, entries = _written(context, cases, found)
    if entries:
        await record_turned(tx, changed, entries, [one.finding_id for one in found])
    return len(found)


def _written(context: Context, cases: dict[UUID, Case], found: Sequence[Turning]) -> tuple[list[Case], list[Entry]]:
    entries: list[Entry] = []
    for one in sorted(found, key=_by_case):
        act = LightTurned(finding_id=one.finding_id, party=one.party, because=one.because)
        case, made = write(cases[one.case_id], [(act, context.now, AUDITOR)], context.now, context.offices.newest, SHA256)
        cases[one.case_id] = case
        entries.extend(made)
    return [cases[one] for one in dict.fromkeys(entry.case_id for entry in entries)], entries
