"""The sweep: asks the database which clocks want looking at by now, and writes down what is missed; it never judges a case anew."""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from uuid import UUID

import structlog
from msgspec import Struct

from auditor.findings.lights import red_at_opening, turn_red
from auditor.findings.planning import Planned, Written, plan, with_light, write_all
from auditor.gc_pauses import few_collections
from casework.program import Context
from casework.recording.appending import cascade
from storage.findings.sweep import DueCase, due_cases, lock_due, open_findings, record
from storage.postgres.faults import Busy, DatabaseAway
from storage.postgres.transaction import Database, Tx

BATCH = 250
"""Clocks in one short transaction: no case is held longer than about a tenth of a second."""
LANES = 2
"""Transactions at a time: while PostgreSQL writes one batch, the next is worked out."""
ROUND = 16
"""Batches asked for at once."""

log = structlog.get_logger(__name__)


class Swept(Struct):
    """What a sweep did."""

    warnings: int = 0
    findings: int = 0
    lapsed: int = 0
    turned_red: int = 0
    skipped: int = 0
    """Cases that could not be handled; each is logged with its id, and the nightly audit names it."""
    waiting: int = 0
    """Cases with a warning that was passed over and waits for the office to open; they are looked at again by the next sweep."""

    def add(self, written: Written) -> None:
        """Count in a batch."""
        self.warnings += written.warnings
        self.findings += written.opened
        self.lapsed += written.lapsed
        self.turned_red += written.turned_red
        self.waiting += written.waiting


async def sweep(db: Database, context: Context, *, batch: int = BATCH) -> Swept:
    """Handle every clock whose moment has come by `now`, batch by batch; a tick that was missed heals by itself."""
    swept, stuck = Swept(), set[UUID]()
    with few_collections():
        while True:
            async with db.connection() as tx:
                due = await due_cases(tx, context.now, batch * ROUND, tuple(stuck))
            if not due:
                break
            batches = _batches(due, batch)
            lanes = (_lane(db, context, batches, swept) for _ in range(LANES))
            stuck |= set[UUID]().union(*await _all(lanes))
    swept.skipped = len(stuck) - swept.waiting
    swept.turned_red += await turn_red(db, context)
    return swept


def _batches(due: Sequence[tuple[UUID, int]], batch: int) -> Iterator[list[UUID]]:
    """Cut into batches of no more clocks than asked for, but for a case that has more by itself."""
    ids, clocks = list[UUID](), 0
    for case_id, count in due:
        if ids and clocks + count > batch:
            yield ids
            ids, clocks = [], 0
        ids.append(case_id)
        clocks += count
    yield ids


async def _lane(db: Database, context: Context, batches: Iterator[list[UUID]], swept: Swept) -> set[UUID]:
    """Handle one batch after the other until none is left; gives the cases that are left to be looked at."""
    stuck = set[UUID]()
    for ids in batches:
        stuck |= await _batch(db, context, ids, swept)
    return stuck


async def _all(lanes: Iterator[Coroutine[None, None, set[UUID]]]) -> list[set[UUID]]:
    """Let every lane come to its end before the first fault is raised: none goes on writing behind the caller's back."""
    ended = await asyncio.gather(*lanes, return_exceptions=True)
    for end in ended:
        if isinstance(end, BaseException):
            raise end
    return [end for end in ended if not isinstance(end, BaseException)]


async def sweep_cases(db: Database, context: Context, ids: Sequence[UUID]) -> Swept:
    """Handle the clocks of these cases alone."""
    swept = Swept()
    swept.skipped = len(await _batch(db, context, ids, swept)) - swept.waiting
    return swept


async def _batch(db: Database, context: Context, ids: Sequence[UUID], swept: Swept) -> set[UUID]:
    """Handle a batch; when it fails, case by case, so that one case that cannot be handled holds up no other."""
    try:
        async with db.transaction() as tx:
            written, stuck = await _handle(tx, context, ids)
    except (DatabaseAway, Busy):
        raise
    except Exception as fault:
        if len(ids) == 1:
            log.exception("a case could not be swept", case_id=str(ids[0]), fault=type(fault).__name__)
            return set(ids)
        parts = [await _batch(db, context, [one], swept) for one in ids]
        return set[UUID]().union(*parts)
    swept.add(written)
    return stuck


async def _handle(tx: Tx, context: Context, ids: Sequence[UUID]) -> tuple[Written, set[UUID]]:
    """Lock the cases, read their clocks again, decide, and write set by set."""
    planned: list[Planned] = []
    stuck: set[UUID] = set()
    waiting: set[UUID] = set()
    locked = await lock_due(tx, ids, context.now)
    context = context.holding(*(due.case for due in locked))
    for due in locked:
        decisions, waits = _planned(context, due)
        planned.extend(decisions)
        if len(decisions) < len(due.clocks):
            (waiting if waits else stuck).add(due.case.case_id)
    rows = [one.row for one in planned if one.row is not None]
    red = await red_at_opening(tx, context, rows) if rows else {}
    new = await open_findings(tx, [with_light(row, red) for row in rows])
    written = write_all(context, planned, new, red)
    written.waiting = len(waiting)
    if written.looks:
        await record(
            tx,
            changed=written.cases,
            entries=written.entries,
            looks=written.looks,
            findings=written.changed,
            renumbered=written.renumbered,
        )
        await cascade(tx, context, written.entries)
    return written, stuck | waiting


def _planned(context: Context, due: DueCase) -> tuple[list[Planned], bool]:
    if due.case.scheme not in context.books:
        log.error("a case's scheme is not loaded", case_id=str(due.case.case_id), scheme=due.case.scheme)
        return [], False
    return plan(context, due)
