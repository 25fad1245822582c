"""`lianban verify`: hashes every ledger again and compares; judges nothing and mends nothing."""

import msgspec
import rich_click as click

from api.settings import Settings
from auditor.verify import Verified, verify_ledger
from cli.databases import with_database
from cli.faults import WrongWords
from cli.progress import progress
from storage.transaction import Database


@click.command()
@click.argument("pack", required=False)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 as JSON")
def verify(pack: str | None, as_json: bool) -> int:
    """校验台账。Check the hash chain of every case and every day's seal; exit 1 on a broken one."""
    if pack is not None:
        raise WrongWords("evidence packs cannot be verified yet: without PACK the ledger of the database is")
    verified = with_database(_verify)
    if as_json:
        click.echo(msgspec.json.encode(verified))
    else:
        _show(verified)
    return 1 if verified.broken else 0


async def _verify(database: Database, _: Settings) -> Verified:
    with progress("校验 verifying") as told:
        return await verify_ledger(database, told)


def _show(verified: Verified) -> None:
    for case_id, what in verified.broken:
        click.echo(f"{case_id or '封存 seal'}: {what}", err=True)
    counted = f"{verified.cases} 案件 cases, {verified.entries} 条 entries, {verified.seals} 封存 seals"
    click.echo(f"{counted}: {f'{len(verified.broken)} 处断裂 broken' if verified.broken else '完整 whole'}")
