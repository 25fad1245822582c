"""The sweep: asks the database which clocks want looking at by now, and writes down what is missed; it never judges a case anew."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from msgspec import Struct

from auditor.collecting import few_collections
from auditor.standing import Standing
from auditor.writing import Planned, Written, plan, write_all
from storage.faults import Busy, DatabaseAway
from storage.sweep import DueCase, due_cases, lock_due, open_findings, record, turn_red
from storage.transaction import Database, Tx

BATCH = 400
"""Clocks in one short transaction: no case is held longer than about a tenth of a second."""
RED_BATCH = 5_000

log = structlog.get_logger(__name__)


class Swept(Struct):
    """What a sweep did."""

    warnings: int = 0
    findings: int = 0
    lapsed: int = 0
    reddened: int = 0
    skipped: int = 0
    """Cases that could not be handled; each is logged with its id, and the nightly audit names it."""

    def add(self, written: Written) -> None:
        """Count in a batch."""
        self.warnings += written.warnings
        self.findings += written.opened
        self.lapsed += written.lapsed


async def sweep(db: Database, standing: Standing, now: datetime, *, batch: int = BATCH) -> Swept:
    """Handle every clock whose moment has come by `now`, batch by batch; a tick that was missed heals by itself."""
    swept, stuck = Swept(), set[UUID]()
    with few_collections():
        while True:
            async with db.connection() as tx:
                ids = await due_cases(tx, now, batch, tuple(stuck))
            if not ids:
                break
            stuck |= await _batch(db, standing, ids, now, swept)
    swept.skipped = len(stuck)
    await _redden(db, now, swept)
    return swept


async def sweep_cases(db: Database, standing: Standing, ids: Sequence[UUID], now: datetime) -> Swept:
    """Handle the clocks of these cases alone."""
    swept = Swept()
    swept.skipped = len(await _batch(db, standing, ids, now, swept))
    return swept


async def _redden(db: Database, now: datetime, swept: Swept) -> None:
    """Turn the lights of overruns that have lasted long enough."""
    while True:
        async with db.transaction() as tx:
            turned = await turn_red(tx, now, RED_BATCH)
        swept.reddened += turned
        if turned < RED_BATCH:
            return


async def _batch(db: Database, standing: Standing, ids: Sequence[UUID], now: datetime, swept: Swept) -> set[UUID]:
    """Handle a batch; when it fails, case by case, so that one case that cannot be handled holds up no other."""
    try:
        async with db.transaction() as tx:
            written, stuck = await _handle(tx, standing, ids, now)
    except (DatabaseAway, Busy):
        raise
    except Exception as fault:
        if len(ids) == 1:
            log.exception("a case could not be swept", case_id=str(ids[0]), fault=type(fault).__name__)
            return set(ids)
        parts = [await _batch(db, standing, [one], now, swept) for one in ids]
        return set[UUID]().union(*parts)
    swept.add(written)
    return stuck


async def _handle(tx: Tx, standing: Standing, ids: Sequence[UUID], now: datetime) -> tuple[Written, set[UUID]]:
    """Lock the cases, read their clocks again, decide, and write set by set."""
    planned: list[Planned] = []
    stuck: set[UUID] = set()
    for due in await lock_due(tx, ids, now):
        deeds = _planned(standing, due, now)
        planned.extend(deeds)
        if len(deeds) < len(due.clocks):
            stuck.add(due.case.case_id)
    new = await open_findings(tx, [one.row for one in planned if one.row is not None])
    written = write_all(standing, planned, new, now)
    if written.looks:
        await record(
            tx,
            changed=written.cases,
            entries=written.entries,
            looks=written.looks,
            findings=written.changed,
            renumbered=written.renumbered,
        )
    return written, stuck


def _planned(standing: Standing, due: DueCase, now: datetime) -> list[Planned]:
    if due.case.scheme not in standing.books:
        log.error("a case's scheme is not loaded", case_id=str(due.case.case_id), scheme=due.case.scheme)
        return []
    return plan(standing, due, now)
