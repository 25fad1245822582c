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
from cli.terminal.tables import lines
from storage.audit.jobs import read_shards
from storage.postgres.transaction import Database

_LOOK = 0.2


@click.command()
@click.option("--now", "at", type=MOMENT, metavar="MOMENT", help='时刻 as if it were that moment: "2026-09-30 16:00"')
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 as JSON")
def audit(at: datetime | None, as_json: bool) -> int:
    """全面核查。Judge every case again from its acts, check the hash chains, and compare with what is kept.

    Exit 1 on a disagreement or a broken chain; each is named on standard error.
    """
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
    with progress("核查 auditing") as told:
        desk = AuditRun(database, context, worker_name(), now, seals=seals, told=told)
        run_id = await begin(desk)
        audited = await take_part(desk, run_id)
        while await _others_are_at_it(database, run_id):
            await asyncio.sleep(_LOOK)
            audited = await take_part(desk, run_id)
    return audited


async def _others_are_at_it(database: Database, run_id: int) -> bool:
    async with database.connection() as tx:
        return (await read_shards(tx, run_id)).left > 0


def _show(audited: Audited, seconds: float, *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(msgspec.structs.asdict(audited) | {"seconds": round(seconds, 3)}))
        return
    rows = (
        ("案件 cases", audited.cases),
        ("办件动作 acts", audited.acts),
        ("时钟 clocks", audited.clocks),
        ("新增违规 findings opened", audited.findings_opened),
        ("不一致 disagreements", audited.disagreements),
        ("哈希链断裂 broken chains", audited.broken_chains),
        ("秒 seconds", f"{seconds:.1f}"),
    )
    for line in lines((name, str(value)) for name, value in rows):
        click.echo(line)
