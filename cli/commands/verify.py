"""`lianban verify`: hashes every ledger again and compares, and every document if asked, or checks an evidence pack; mends nothing."""

from functools import partial
from pathlib import Path

import msgspec
import rich_click as click

from api.archive import archive_of
from auditor.audit.verify import Verified, verify_ledger
from auditor.documents.cleaning import Whole, read_all
from casework.settings import Settings
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import schemes_of
from cli.terminal.exit_codes import WrongWords
from cli.terminal.progress import progress
from exports.packs.checking import Checked, check_pack
from storage.postgres.transaction import Database
from words import sentence


@click.command()
@click.argument("pack", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--documents", is_flag=True, help="并读取全部文档 read every document's bytes as well, which takes its time")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 as JSON")
def verify(pack: Path | None, documents: bool, as_json: bool) -> int:
    """校验。Check the hash chain of every case and every day's seal; exit 1 on a broken one.

    With --documents, every document as well: exit 1 on one that is gone or changed. With PACK, that evidence pack alone,
    without any server: its files, its chains, its plans and calendars, and each finding, judged again.
    """
    if pack is not None:
        if documents:
            raise WrongWords(sentence("an evidence pack holds no documents: leave --documents out, or PACK"))
        return _checked(check_pack(pack.read_bytes(), schemes_of(here())), as_json)
    verified, whole = with_database(partial(_verify, documents))
    if as_json:
        shown = msgspec.structs.asdict(verified) | ({"documents": whole} if whole else {})
        click.echo(msgspec.json.encode(shown))
    else:
        _show(verified)
        if whole:
            _show_documents(whole)
    return 1 if verified.broken or (whole and whole.broken) else 0


def _checked(checked: Checked, as_json: bool) -> int:
    if as_json:
        click.echo(msgspec.json.encode(checked))
    else:
        for one in checked.wrong:
            click.echo(_plain(f"{one.file}: {one.what}"), err=True)
        for plan in checked.unknown:
            click.echo(f"{_plain(plan)}: 方案取自证据包 taken from the pack, for this program does not know it", err=True)
        counted = f"{checked.findings} 违规 findings, {checked.cases} 案件 cases, {checked.entries} 条 entries"
        click.echo(f"{counted}: {f'{len(checked.wrong)} 处不符 wrong' if checked.wrong else '完整 whole'}")
        click.echo(f"sha256 {checked.digest}")
    return 1 if checked.wrong else 0


def _plain(text: str) -> str:
    """What a pack says may be made up to steer a terminal."""
    return "".join(one if one.isprintable() or one == "\n" else "�" for one in text)


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
