"""`lianban verify`: hashes every ledger again and compares, and every document if asked; judges nothing and mends nothing."""

from functools import partial

import msgspec
import rich_click as click

from api.archive import archive_of
from api.settings import Settings
from auditor.documents import Whole, read_all
from auditor.verify import Verified, verify_ledger
from cli.databases import with_database
from cli.faults import WrongWords
from cli.progress import progress
from storage.transaction import Database


@click.command()
@click.argument("pack", required=False)
@click.option("--documents", is_flag=True, help="并读取全部文档 read every document's bytes as well, which takes its time")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 as JSON")
def verify(pack: str | None, documents: bool, as_json: bool) -> int:
    """校验台账。Check the hash chain of every case and every day's seal; exit 1 on a broken one.

    With --documents, every document as well: exit 1 on one that is gone or changed.
    """
    if pack is not None:
        raise WrongWords("evidence packs cannot be verified yet: without PACK the ledger of the database is")
    verified, whole = with_database(partial(_verify, documents))
    if as_json:
        shown = msgspec.structs.asdict(verified) | ({"documents": whole} if whole else {})
        click.echo(msgspec.json.encode(shown))
    else:
        _show(verified)
        if whole:
            _show_documents(whole)
    return 1 if verified.broken or (whole and whole.broken) else 0


async def _verify(documents: bool, database: Database, settings: Settings) -> tuple[Verified, Whole | None]:
    with progress("校验 verifying") as told:
        verified = await verify_ledger(database, told)
    if not documents:
        return verified, None
    with progress("文档 documents") as told:
        return verified, await read_all(database, archive_of(settings), told)


def _show_documents(whole: Whole) -> None:
    for case_id, what in whole.broken:
        click.echo(f"{case_id}: {what}", err=True)
    counted = f"{whole.documents} 份文档 documents, {whole.size} 字节 bytes"
    click.echo(f"{counted}: {f'{len(whole.broken)} 处缺损 damaged' if whole.broken else '完整 whole'}")


def _show(verified: Verified) -> None:
    for case_id, what in verified.broken:
        click.echo(f"{case_id or '封存 seal'}: {what}", err=True)
    counted = f"{verified.cases} 案件 cases, {verified.entries} 条 entries, {verified.seals} 封存 seals"
    click.echo(f"{counted}: {f'{len(verified.broken)} 处断裂 broken' if verified.broken else '完整 whole'}")
