"""Dates open clocks again after a new calendar edition: the old due moment stays in the ledger, with the reason."""

import asyncio
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from msgspec import Struct

from auditor.gc_pauses import few_collections
from auditor.standing import Standing
from domain.case import Case
from domain.cases.appending import Said, write
from domain.findings.affected_by_edition import is_touched, touched_since
from domain.findings.redating import Before, date_again
from domain.judging.judge import Judgement
from domain.ledger import AUDITOR, Entry
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


async def redate(db: Database, standing: Standing, now: datetime) -> int:
    """Date every open clock again that is kept under an older edition; gives how many moved."""
    moved, after = 0, UUID(int=0)
    since = touched_since(standing.books.values(), standing.offices)
    with few_collections():
        while True:
            async with db.connection() as tx:
                stale = await stale_cases(tx, standing.offices.newest, since, after, ROUND)
            if not stale:
                return moved
            batches = _batches(stale)
            moved += sum(await _all(_lane(db, standing, batches, now) for _ in range(LANES)))
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


async def _lane(db: Database, standing: Standing, batches: Iterator[list[UUID]], now: datetime) -> int:
    return sum([await _batch(db, standing, ids, now) for ids in batches])


async def _batch(db: Database, standing: Standing, ids: Sequence[UUID], now: datetime) -> int:
    """Date a batch; when it fails, case by case, so that one case that cannot be judged holds up no other."""
    try:
        async with db.transaction() as tx:
            return await _date(tx, standing, ids, now)
    except (DatabaseAway, Busy):
        raise
    except Exception as fault:
        if len(ids) == 1:
            log.exception("a case could not be dated again", case_id=str(ids[0]), fault=type(fault).__name__)
            return 0
        return sum([await _batch(db, standing, [one], now) for one in ids])


async def redate_case(tx: Tx, standing: Standing, case_id: UUID, now: datetime) -> int:
    """Date one case's clocks again, in the caller's transaction."""
    return await _date(tx, standing, [case_id], now)


async def _date(tx: Tx, standing: Standing, ids: Sequence[UUID], now: datetime) -> int:
    """Lock the cases; judge those that the edition touches, note each due moment that moves, and write set by set."""
    cases, spans = await lock_stale(tx, ids, standing.offices.newest)
    known = [case for case in cases if case.scheme in standing.books]
    touched = [case for case in known if any(_touches(standing, case, span) for span in spans.get(case.case_id, ()))]
    those = {case.case_id for case in touched}
    await keep_under(tx, [case.case_id for case in known if case.case_id not in those], standing.offices.newest)
    if not touched:
        return 0
    kept, ledgers = await read_kept(tx, list(those)), await read_ledgers(tx, list(those))
    anew = [_anew(standing, case, ledgers[case.case_id], before_of(kept[case.case_id]), now) for case in touched]
    await _write(tx, standing, anew, kept)
    return sum(len(one.entries) for one in anew)


def _touches(standing: Standing, case: Case, span: Span) -> bool:
    return span.unbounded or is_touched(standing.books[case.scheme], span.edition, span.since, span.until, standing.offices)


def _anew(standing: Standing, case: Case, entries: Sequence[Entry], before: Before, now: datetime) -> Anew:
    dated = date_again(standing.books[case.scheme], entries, before, standing.offices, now)
    said: list[Said] = [(note, now, AUDITOR) for note in dated.notes]
    written, made = write(case, said, now, standing.offices.newest, standing.digest)
    return Anew(written, made, dated.judged)


async def _write(tx: Tx, standing: Standing, anew: Sequence[Anew], kept: Mapping[UUID, Kept]) -> None:
    moved = [one for one in anew if one.entries]
    found = [listed(one.case, finding, standing.books[one.case.scheme].stages) for one in anew for finding in one.judged.findings]
    entries = [entry for one in moved for entry in one.entries]
    await append_many(tx, entries)
    await record(tx, changed=[one.case for one in moved], entries=(), looks=(), findings=found)
    await save_moved(tx, standing.offices.newest, [(one.case.case_id, kept[one.case.case_id], one.judged) for one in anew])
