"""Opens the half-years that are to be settled, once each, wherever works cost something that no statement has taken yet."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import structlog

from auditor.jobs import KEPT, Job, last_owed
from calendars import local_day
from casework.program import Context
from casework.recording.appending import keep_opened
from domain.halves import Half, end_of, settling_at
from domain.ledger import SHA256, Entry
from domain.schemes.rulebook import Rulebook
from domain.settlement.opening import open_by_auditor, period_of
from domain.settlement.state import halves_in, years_in
from storage.audit.jobs import finish_run, forget_runs, last_success, start_run
from storage.postgres.transaction import Database, Tx
from storage.settlement.costs import lock_settling, pairs_owing, settlements_of_city

NAME = "periods"
Ledgers = Mapping[UUID, Sequence[Entry]]

log = structlog.get_logger(__name__)


async def run_periods(job: Job) -> int:
    """Look once a night; what was missed while no worker lived is opened by the next. Gives how many were opened."""
    now = job.wall_now()
    async with job.db.connection() as tx:
        done = (await last_success(tx)).get(NAME)
    if done is not None and done >= last_owed(now):
        return 0
    opened = await open_periods(job.db, await job.context())
    async with job.db.transaction() as tx:
        await finish_run(tx, await start_run(tx, NAME, job.worker, now), now, counts={"opened": opened})
        await forget_runs(tx, NAME, now - KEPT)
    log.info("opened half-years to be settled", opened=opened)
    return opened


async def open_periods(db: Database, context: Context) -> int:
    """Open what the settling time that began last asks for, in every city whose plan settles; two at once open each once."""
    opened = 0
    for city in sorted({book.scheme.city.code for book in context.books.values() if settles(book)}):
        async with db.transaction() as tx:
            await lock_settling(tx, city)
            opened += await _open_in(tx, context, city)
    return opened


def settles(book: Rulebook) -> bool:
    """Say whether a plan has half-years to settle."""
    return book.scheme.settlement is not None and "period.opened" in book.scheme.acts


async def _open_in(tx: Tx, context: Context, city: str) -> int:
    half, ledgers = settling_at(context.now), await settlements_of_city(tx, city)
    taken = [(item.case_id, one.opened.utility) for one in halves_in(ledgers) for item in one.items]
    over, opened = _over(ledgers, half), 0
    for district, utility, scheme in await pairs_owing(tx, city, end_of(half), taken):
        book = context.books.get(scheme)
        if book is not None and settles(book) and over.isdisjoint({(district, None), (district, utility)}):
            await _open(tx, context, book, half, district, utility)
            opened += 1
    return opened


def _over(ledgers: Ledgers, half: Half) -> set[tuple[str, str | None]]:
    """Name what the half-year has already: a district and utility; of a year that is settled the district alone."""
    halves = {(one.opened.district, one.opened.utility) for one in halves_in(ledgers) if one.half == half}
    return {*halves, *_settled_years(ledgers, half)}


def _settled_years(ledgers: Ledgers, half: Half) -> Iterator[tuple[str, None]]:
    for one in years_in(ledgers):
        if one.paid is not None and one.opened.year == half.year:
            yield one.opened.district, None


async def _open(tx: Tx, context: Context, book: Rulebook, half: Half, district: str, utility: str) -> None:
    act = period_of(book, half, district, utility, local_day(context.now))
    case, entries = open_by_auditor(book, act, context.now, context.offices.newest, SHA256)
    await keep_opened(tx, context, case, entries)
