"""Dates open clocks again after a new calendar edition: the old due moment stays in the ledger, with the reason."""

import asyncio
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from uuid import UUID

import structlog
from msgspec import Struct

from auditor.gc_pauses import few_collections
from casework.program import Context
from domain.case import Case
from domain.cases.appending import Said, write
from domain.findings.affected_by_edition import is_touched, touched_since
from domain.findings.redating import Before, date_again
from domain.judging.judge import Judgement
from domain.ledger import AUDITOR, SHA256, Entry
from storage.cases.ledger import read_ledgers
from storage.findings.findings import listed
from storage.findings.redate import Kept, Span, append_many, before_of, keep_under, lock_stale, read_kept, save_moved, stale_cases
from storage.findings.sweep import record
from storage.postgres.faults import Busy, DatabaseAway
from storage.postgres.transaction import Database, Tx

BATCH = 600
"""Clocks in one short transaction: no case is held longer than about a tenth of a second."""
LANES = 2
"""Transactions at a time: while PostgreSQL writes one batch, the next is worked out."""
ROUND = 1000
"""Cases asked for at once."""

log = structlog.get_logger(__name__)


class Anew(Struct, frozen=True):
    """A case as it is to be kept: its notes in the ledger, its clocks and findings."""

    case: Case
    entries: Sequence[Entry]
    judged: Judgement


async def redate(db: Database, context: Context) -> int:
    """Date every open clock again that is kept under an older edition; gives how many moved."""
    moved, after = 0, UUID(int=0)
    since = touched_since(context.books.values(), context.offices)
    with few_collections():
        while True:
            async with db.connection() as tx:
                stale = await stale_cases(tx, context.offices.newest, since, after, ROUND)
            if not stale:
                return moved
            batches = _batches(stale)
            moved += sum(await _all(_lane(db, context, batches) for _ in range(LANES)))
            after = stale[-1][0]


def _batches(stale: Sequence[tuple[UUID, int]]) -> Iterator[list[UUID]]:
    ids, clocks = list[UUID](), 0
    for case_id, count in stale:
        if ids and clocks + count > BATCH:
            yield ids
            ids, clocks = [], 0
        ids.append(case_id)
        clocks += count
    yield ids


async def _all(lanes: Iterator[Coroutine[None, None, int]]) -> list[int]:
    """Let every lane come to its end before the first fault is raised: none goes on writing behind the caller's back."""
    ended = await asyncio.gather(*lanes, return_exceptions=True)
    for end in ended:
        if isinstance(end, BaseException):
            raise end
    return [end for end in ended if not isinstance(end, BaseException)]


async def _lane(db: Database, context: Context, batches: Iterator[list[UUID]]) -> int:
    return sum([await _batch(db, context, ids) for ids in batches])


async def _batch(db: Database, context: Context, ids: Sequence[UUID]) -> int:
    """Date a batch; when it fails, case by case, so that one case that cannot be judged holds up no other."""
    try:
        async with db.transaction() as tx:
            return await _date(tx, context, ids)
    except (DatabaseAway, Busy):
        raise
    except Exception as fault:
        if len(ids) == 1:
            log.exception("a case could not be dated again", case_id=str(ids[0]), fault=type(fault).__name__)
            return 0
        return sum([await _batch(db, context, [one]) for one in ids])


async def redate_case(tx: Tx, context: Context, case_id: UUID) -> int:
    """Date one case's clocks again, in the caller's transaction."""
    return await _date(tx, context, [case_id])


async def _date(tx: Tx, context: Context, ids: Sequence[UUID]) -> int:
    """Lock the cases; judge those that the edition touches, note each due moment that moves, and write set by set."""
    cases, spans = await lock_stale(tx, ids, context.offices.newest)
    context = context.holding(*cases)
    known = [case for case in cases if case.scheme in context.books]
    touched = [case for case in known if any(_touches(context, case, span) for span in spans.get(case.case_id, ()))]
    those = {case.case_id for case in touched}
    await keep_under(tx, [case.case_id for case in known if case.case_id not in those], context.offices.newest)
    if not touched:
        return 0
    kept, ledgers = await read_kept(tx, list(those)), await read_ledgers(tx, list(those))
    anew = [_anew(context, case, ledgers[case.case_id], before_of(kept[case.case_id])) for case in touched]
    await _write(tx, context, anew, kept)
    return sum(len(one.entries) for one in anew)


def _touches(context: Context, case: Case, span: Span) -> bool:
    return span.unbounded or is_touched(context.books[case.scheme], span.edition, span.since, span.until, context.offices)


def _anew(context: Context, case: Case, entries: Sequence[Entry], before: Before) -> Anew:
    dated = date_again(context.books[case.scheme], entries, before, context.offices, context.now)
    said: list[Said] = [(note, context.now, AUDITOR) for note in dated.notes]
    written, made = write(case, said, context.now, context.offices.newest, SHA256)
    return Anew(written, made, dated.judged)


# Set by set, past the one writer of entries: a new date feeds no table beside clocks and findings, and ends nothing.
async def _write(tx: Tx, context: Context, anew: Sequence[Anew], kept: Mapping[UUID, Kept]) -> None:
    moved = [one for one in anew if one.entries]
    found = [listed(one.case, finding, context.books[one.case.scheme].stages) for one in anew for finding in one.judged.findings]
    entries = [entry for one in moved for entry in one.entries]
    await append_many(tx, entries)
    await record(tx, changed=[one.case for one in moved], entries=(), looks=(), findings=found)
    await save_moved(tx, context.offices.newest, [(one.case.case_id, kept[one.case.case_id], one.judged) for one in anew])
