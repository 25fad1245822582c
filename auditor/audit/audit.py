"""The full audit: every case judged again from its ledger, its chain checked, what is kept compared; shared by all workers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog
from msgspec import Struct

from auditor.audit.examine import Examined, examine, mend
from auditor.audit.verify import broken_seals
from auditor.calendars.redate import redate_case
from auditor.findings.sweep import sweep_cases
from auditor.gc_pauses import few_collections
from calendars import local_day
from casework.program import Context
from storage.audit.case_pages import Page, read_page
from storage.audit.jobs import Shard, add_shards, finish_run, finish_shard, lease_shard, read_shards, renew_shard, split_cases, start_run
from storage.cases.made_up import is_made_up
from storage.cases.seals import seal_day
from storage.postgres.transaction import Database, Tx

PAGE = 400
"""Cases that are read at once: half as many cost a twentieth more, twice as many save nothing that is worth their memory."""
BREATH = 20
"""Cases after which the next page's rows, a heartbeat or a sweep get their turn."""
SHARDS = 64
NIGHTS = 7
"""In how many nights the worker compares each case's own row once."""
LEASE = timedelta(seconds=30)
"""How long a shard stays with a worker that is not heard of; it is renewed with every page."""

log = structlog.get_logger(__name__)
Now = Callable[[], datetime]


class Audited(Struct):
    """What an audit counted."""

    cases: int = 0
    acts: int = 0
    clocks: int = 0
    findings_opened: int = 0
    disagreements: int = 0
    broken_chains: int = 0

    def add(self, other: "Audited") -> None:
        """Count in a part."""
        for field in self.__struct_fields__:
            setattr(self, field, getattr(self, field) + getattr(other, field))


class AuditRun(Struct, frozen=True):
    """One worker at its audit: on which database, deciding by what, under which name, by which clock."""

    db: Database
    context: Context
    worker: str
    domain_now: Now
    """The office's clock: what is judged and written goes by it."""
    wall_now: Now
    """The machine's: leases and the run's record go by it."""
    seals: bool = True
    """Whether the day is sealed at the end: not where `now` is made up."""
    nights: int = 1
    """In how many nights each case's own row is compared once: who takes part takes a look at every act."""
    told: Callable[[int], None] = lambda _: None
    """Told how many cases each page had."""


async def audit(run: AuditRun, *, shards: int = SHARDS) -> Audited:
    """Audit every case, here and now; other workers that find the run take shards of it too."""
    run_id = await begin(run, shards)
    return await take_part(run, run_id)


async def begin(run: AuditRun, shards: int = SHARDS) -> int:
    """Lay out a run in shards, for any number of workers."""
    async with run.db.transaction() as tx:
        run_id = await start_run(tx, "audit", run.worker, run.wall_now())
        await add_shards(tx, run_id, await split_cases(tx, shards))
    return run_id


async def take_part(run: AuditRun, run_id: int) -> Audited:
    """Take shards until none is free; whoever finishes the last ends the run."""
    with few_collections():
        while True:
            async with run.db.transaction() as tx:
                shard = await lease_shard(tx, run_id, run.worker, run.wall_now(), LEASE)
            if shard is None:
                return await _total(run, run_id)
            await _shard(run, shard)


async def _total(run: AuditRun, run_id: int) -> Audited:
    total = Audited()
    async with run.db.transaction() as tx:
        state = await read_shards(tx, run_id)
        for result in state.results:
            total.add(msgspec.json.decode(result, type=Audited))
        if state.left == 0:
            total.broken_chains += await _seal(tx, run, whole=total.broken_chains == 0 and run.seals)
            counts = {name: getattr(total, name) for name in total.__struct_fields__}
            await finish_run(tx, run_id, run.wall_now(), counts=counts)
    return total


async def _seal(tx: Tx, run: AuditRun, *, whole: bool) -> int:
    """Check the seals, and seal the day once everything is whole; gives how many seals are broken."""
    broken = await broken_seals(tx)
    for case_id, what in broken:
        log.error("a sealed ledger has been changed", case_id=str(case_id), what=what)
    if whole and not broken and not await is_made_up(tx):
        await seal_day(tx, local_day(run.domain_now()), run.wall_now())
    return len(broken)


async def _shard(run: AuditRun, shard: Shard) -> None:
    """Audit a stretch of cases, page by page, for as long as the shard is ours."""
    audited = Audited()
    async for pages in _pages(run, shard):
        await _page(run, pages, audited)
        async with run.db.transaction() as tx:
            ours = await renew_shard(tx, shard, run.worker, run.wall_now(), LEASE)
        if not ours:
            log.warning("a shard was taken over", shard=shard.number)
            return
    async with run.db.transaction() as tx:
        await finish_shard(tx, shard, run.worker, run.wall_now(), msgspec.json.encode(audited).decode())


async def _pages(run: AuditRun, shard: Shard) -> AsyncIterator[Sequence[Page]]:
    """Read the next page while the one before is being judged."""
    following = asyncio.create_task(_read(run, shard, shard.after))
    try:
        while pages := await following:
            if len(pages) < PAGE:
                yield pages
                return
            following = asyncio.create_task(_read(run, shard, pages[-1].case.case_id))
            yield pages
    finally:
        following.cancel()


async def _read(run: AuditRun, shard: Shard, after: UUID | None) -> Sequence[Page]:
    async with run.db.reading() as tx:
        return await read_page(tx, after, shard.upto, PAGE)


async def _page(run: AuditRun, pages: Sequence[Page], audited: Audited) -> None:
    now = run.domain_now()
    tonight = local_day(now).toordinal() % run.nights
    due: list[UUID] = []
    for number, page in enumerate(pages, 1):
        examined = examine(run.context, page, closely=page.case.case_id.int % run.nights == tonight)
        if number % BREATH == 0:
            await asyncio.sleep(0)
        audited.acts += len(page.entries)
        audited.clocks += len(page.clocks)
        await _act_on(run, page, examined, audited)
        if examined.next_check_at is not None and examined.next_check_at <= now:
            due.append(page.case.case_id)
    if due:
        audited.findings_opened += (await sweep_cases(run.db, run.context.at(now), due)).findings
    audited.cases += len(pages)
    run.told(len(pages))


async def _act_on(run: AuditRun, page: Page, examined: Examined, audited: Audited) -> None:
    """Tell what is wrong with a case, and build anew what can be built from its ledger."""
    case_id = page.case.case_id
    if examined.broken is not None:
        audited.broken_chains += 1
        log.error("a case's ledger has been changed", case_id=str(case_id), what=examined.broken)
    for difference in examined.differences:
        audited.disagreements += 1
        log.error("what is kept disagrees with the ledger", case_id=str(case_id), what=difference)
    if examined.stale:
        async with run.db.transaction() as tx:
            await redate_case(tx, run.context.at(run.domain_now()), case_id)
    elif examined.differences and examined.judged:
        async with run.db.transaction() as tx:
            await mend(tx, run.context, case_id)
