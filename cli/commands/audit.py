"""`lianban audit`: the full audit, here and now; the audit itself is `auditor`'s."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec
import rich_click as click

from auditor.audit.audit import Audited, AuditRun, begin, take_part
from auditor.worker import worker_name
from casework.program import read_context
from casework.settings import Settings
from cli.running.databases import with_database
from cli.running.schemes import books_of
from cli.terminal.dates import MOMENT
from cli.terminal.logs import write_logs
from cli.terminal.progress import progress
from cli.terminal.saying import said
from cli.terminal.tables import lines
from storage.audit.jobs import read_shards
from storage.postgres.transaction import Database
from words import name_of

_LOOK = 0.2


@click.command(
    help="\n\n".join(
        (
            said("Judge every case again from its acts, check the hash chains, and compare with what is kept."),
            said("Exit 1 on a disagreement or a broken chain; each is named on standard error."),
        )
    )
)
@click.option("--now", "at", type=MOMENT, metavar="MOMENT", help=said('as if it were that moment: "2026-09-30 16:00"'))
@click.option("--json", "as_json", is_flag=True, help=said("as JSON"))
def audit(at: datetime | None, as_json: bool) -> int:
    began = time.monotonic()
    audited = with_database(partial(_audit, _clock(at), at is None))
    _show(audited, time.monotonic() - began, as_json=as_json)
    return 1 if audited.disagreements or audited.broken_chains else 0


def _clock(at: datetime | None) -> Callable[[], datetime]:
    """Tell the time, or count on from the moment that was given: leases must run out under either."""
    ahead = timedelta() if at is None else at - datetime.now(UTC)
    return lambda: (datetime.now(UTC) + ahead).replace(microsecond=0)


async def _audit(now: Callable[[], datetime], seals: bool, database: Database, settings: Settings) -> Audited:
    write_logs(settings.log)
    context = await read_context(database, books_of(settings), now())
    with progress(said("auditing")) as told:
        run = AuditRun(database, context, worker_name(), now, now, seals=seals, told=told)
        run_id = await begin(run)
        audited = await take_part(run, run_id)
        while await _others_are_at_it(database, run_id):
            await asyncio.sleep(_LOOK)
            audited = await take_part(run, run_id)
    return audited


async def _others_are_at_it(database: Database, run_id: int) -> bool:
    async with database.connection() as tx:
        return (await read_shards(tx, run_id)).left > 0


def _show(audited: Audited, seconds: float, *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(msgspec.structs.asdict(audited) | {"seconds": round(seconds, 3)}))
        return
    rows = (
        ("cases", audited.cases),
        ("acts", audited.acts),
        ("clocks", audited.clocks),
        ("findings-opened", audited.findings_opened),
        ("disagreements", audited.disagreements),
        ("broken-chains", audited.broken_chains),
        ("seconds", f"{seconds:.1f}"),
    )
    for line in lines((name_of("row", name), str(value)) for name, value in rows):
        click.echo(line)
