"""The auditor's jobs as sentences: sweep, audit when one is owed, propose steps, say that the worker lives; each may run twice."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

import structlog
from msgspec import Struct, field

from auditor.assessment.corrections import correct_scores
from auditor.audit.audit import NIGHTS, AuditRun, begin, take_part
from auditor.audit.feed import verify_feed
from auditor.calendars.redate import redate
from auditor.credit.expiring import expire
from auditor.documents.cleaning import clean
from auditor.findings.sweep import Swept, sweep
from auditor.supervision.proposing import propose
from calendars import SHANGHAI
from casework.program import Context, read_context
from domain.schemes.rulebook import Rulebook
from storage.access.idempotency import forget
from storage.audit.jobs import finish_run, forget_runs, heartbeat, last_success, open_run, start_run
from storage.calendars.editions import added_at
from storage.documents.archive import Archive
from storage.feed.deriving import Progress
from storage.postgres.faults import DocumentsAway
from storage.postgres.transaction import Database

NIGHTLY = time(2, 10)
"""Local time at which an audit comes to be owed each day."""
KEPT = timedelta(days=7)
KNOWN_BY_ALL = timedelta(seconds=30)
"""After that every process judges by a new calendar edition: whoever answers requests looks for one twice as often."""
PROPOSE_EVERY = timedelta(minutes=5)
"""A step that is proposed waits for a person: minutes do not matter."""

log = structlog.get_logger(__name__)


class Job(Struct):
    """What a job has at hand: the database, the schemes, the worker's name, its clock."""

    db: Database
    books: Mapping[str, Rulebook]
    worker: str
    domain_now: Callable[[], datetime]
    """The office's clock: what is judged and written goes by it."""
    wall_now: Callable[[], datetime]
    """The machine's: leases, records of runs, heartbeats and kept replies go by it."""
    archive: Archive | None = None
    """The documents' bytes, where this worker looks after them."""
    auditing: bool = False
    """This worker is at an audit already."""
    sweeping: int = 0
    """How many sweeps it is at."""
    telling: Progress = field(default_factory=Progress)
    """How far this worker has told audiences what came into the ledgers."""

    async def context(self) -> Context:
        """Read the calendars as they are now."""
        return await read_context(self.db, self.books, self.domain_now())


async def run_sweep(job: Job) -> Swept:
    """Sweep once, dating open clocks again first where the calendar has changed; the run is noted with what it counted."""
    async with job.db.transaction() as tx:
        run_id = await start_run(tx, "sweep", job.worker, job.wall_now())
        await forget_runs(tx, "sweep", job.wall_now() - KEPT)
    try:
        context = await job.context()
        moved = await _redate(job, context)
        swept = await sweep(job.db, context.at(job.domain_now()))
        expired = await expire(job.db, context.at(job.domain_now()))
    except BaseException:
        async with job.db.transaction() as tx:
            await finish_run(tx, run_id, job.wall_now(), failed=True)
        raise
    counts = {name: getattr(swept, name) for name in swept.__struct_fields__}
    async with job.db.transaction() as tx:
        await finish_run(tx, run_id, job.wall_now(), failed=swept.skipped > 0, counts=counts | {"redated": moved, "expired": expired})
    return swept


async def _redate(job: Job, context: Context) -> int:
    """Date open clocks again, once for each edition, when every process has come to know it."""
    newest = context.offices.newest
    name = f"redate {newest}"
    async with job.db.connection() as tx:
        if name in await last_success(tx) or job.domain_now() < await added_at(tx, newest) + KNOWN_BY_ALL:
            return 0
    moved = await redate(job.db, context.at(job.domain_now()))
    async with job.db.transaction() as tx:
        await finish_run(tx, await start_run(tx, name, job.worker, job.wall_now()), job.wall_now(), counts={"moved": moved})
    return moved


def last_owed(now: datetime) -> datetime:
    """Say when an audit last came to be owed."""
    local = now.astimezone(SHANGHAI)
    today = datetime.combine(local.date(), NIGHTLY, SHANGHAI)
    return today if today <= local else today - timedelta(days=1)


async def run_audit(job: Job) -> bool:
    """Take part in an audit that is under way, or begin the one that is owed; says whether there was anything to do."""
    if job.auditing:
        return False
    job.auditing = True
    try:
        return await _audit(job)
    finally:
        job.auditing = False


async def _audit(job: Job) -> bool:
    now = job.wall_now()
    async with job.db.connection() as tx:
        run_id = await open_run(tx, "audit", now)
        done = (await last_success(tx)).get("audit")
    if run_id is None and done is not None and done >= last_owed(now):
        return False
    if run_id is None:
        await _forget_replies(job)
        await _correct_scores(job)
        await _clean_documents(job)
        await _compare_feed(job)
    run = AuditRun(job.db, await job.context(), job.worker, job.domain_now, job.wall_now, nights=NIGHTS)
    audited = await take_part(run, await begin(run) if run_id is None else run_id)
    log.info("audited", cases=audited.cases, disagreements=audited.disagreements, broken_chains=audited.broken_chains)
    return True


async def _forget_replies(job: Job) -> None:
    """Once a night: a reply kept for a repeated request may hold what a case says, and is kept no longer than it is of use."""
    async with job.db.transaction() as tx:
        forgotten = await forget(tx, now=job.wall_now())
    log.info("forgot old replies", replies=forgotten)


async def _correct_scores(job: Job) -> None:
    """Once a night: what was decided since a year was sealed stands beside it the next morning."""
    written = await correct_scores(job.db, await job.context())
    log.info("corrected sealed scores", corrections=written)


async def _clean_documents(job: Job) -> None:
    """Once a night; a storage that is away keeps no audit waiting: the next night cleans."""
    if job.archive is None:
        return
    try:
        cleaned = await clean(job.db, job.archive, job.wall_now())
    except DocumentsAway as fault:
        log.warning("the storage of the documents is away; it is cleaned tomorrow", fault=str(fault))
        return
    log.info("cleaned documents", incoming=cleaned.incoming, unnamed=cleaned.unnamed)


async def _compare_feed(job: Job) -> None:
    """Once a night: what readers were told is what the ledgers say; what is otherwise the log says, and nothing is taken back."""
    compared = await verify_feed(job.db)
    for case_id, what in compared.broken:
        log.error("told otherwise than the ledger says", case_id=case_id and str(case_id), what=what)
    log.info("compared the feed", cases=compared.cases, rows=compared.rows, broken=len(compared.broken))


async def run_propose(job: Job) -> int:
    """Propose the next steps, unless that was done minutes ago; gives how many were proposed."""
    now = job.wall_now()
    async with job.db.connection() as tx:
        done = (await last_success(tx)).get("propose")
    if done is not None and timedelta(0) <= now - done < PROPOSE_EVERY:
        return 0
    steps = await propose(job.db, await job.context())
    async with job.db.transaction() as tx:
        await finish_run(tx, await start_run(tx, "propose", job.worker, now), job.wall_now(), counts={"proposed": steps})
        await forget_runs(tx, "propose", now - KEPT)
    return steps


async def beat(job: Job) -> None:
    """Say that the worker lives."""
    async with job.db.transaction() as tx:
        await heartbeat(tx, job.worker, job.wall_now())
