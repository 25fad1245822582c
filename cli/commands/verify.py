"""`lianban verify`: hashes every ledger again and compares, and every document if asked, or checks an evidence pack; mends nothing."""

from functools import partial
from pathlib import Path

import msgspec
import rich_click as click

from api.archive import archive_of
from api.wire.answer import encoded
from auditor.audit.verify import Verified, verify_ledger
from auditor.documents.cleaning import Whole, read_all
from casework.settings import Settings
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import schemes_of
from cli.terminal.exit_codes import WrongWords
from cli.terminal.progress import progress
from cli.terminal.saying import said
from exports.packs.checking import Checked, check_pack
from storage.postgres.transaction import Database
from words import say, sentence


@click.command(
    help="\n\n".join(
        (
            said("Check the hash chain of every case and every day's seal; exit 1 on a broken one."),
            said("With --documents, every document as well: exit 1 on one that is gone or changed."),
            said(
                "With PACK, that evidence pack alone, without any server: its files, its chains, its plans and calendars, "
                "and each finding, judged again."
            ),
        )
    )
)
@click.argument("pack", metavar="[PACK]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--documents", is_flag=True, help=said("read every document's bytes as well, which takes its time"))
@click.option("--json", "as_json", is_flag=True, help=said("as JSON"))
def verify(pack: Path | None, documents: bool, as_json: bool) -> int:
    if pack is not None:
        if documents:
            raise WrongWords(sentence("an evidence pack holds no documents: leave --documents out, or PACK"))
        return _checked(check_pack(pack.read_bytes(), schemes_of(here())), as_json)
    verified, whole = with_database(partial(_verify, documents))
    if as_json:
        shown = msgspec.structs.asdict(verified) | ({"documents": whole} if whole else {})
        click.echo(encoded(shown))
    else:
        _show(verified)
        if whole:
            _show_documents(whole)
    return 1 if verified.broken or (whole and whole.broken) else 0


def _checked(checked: Checked, as_json: bool) -> int:
    if as_json:
        click.echo(encoded(checked))
    else:
        for one in checked.wrong:
            click.echo(_plain(f"{one.file}: {say(one.what)}"), err=True)
        for plan in checked.unknown:
            click.echo(said("{plan}: taken from the pack, for this program does not know it", plan=_plain(plan)), err=True)
        counts = {"findings": checked.findings, "cases": checked.cases, "entries": checked.entries}
        counted = sentence("{findings} findings, {cases} cases, {entries} entries", **counts)
        click.echo(_outcome(counted, sentence("{count} things wrong", count=len(checked.wrong)) if checked.wrong else None))
        click.echo(f"sha256 {checked.digest}")
    return 1 if checked.wrong else 0


def _outcome(counted: str, wrong: str | None) -> str:
    return said("{counted}: {outcome}", counted=counted, outcome=wrong or sentence("whole"))


def _plain(text: str) -> str:
    """What a pack says may be made up to steer a terminal."""
    return "".join(one if one.isprintable() or one == "\n" else "�" for one in text)


async def _verify(documents: bool, database: Database, settings: Settings) -> tuple[Verified, Whole | None]:
    with progress(said("verifying")) as told:
        verified = await verify_ledger(database, told)
    if not documents:
        return verified, None
    with progress(said("reading documents")) as told:
        return verified, await read_all(database, archive_of(settings), told)


def _show_documents(whole: Whole) -> None:
    for case_id, what in whole.broken:
        click.echo(f"{case_id}: {say(what)}", err=True)
    counted = sentence("{documents} documents, {size} bytes", documents=whole.documents, size=whole.size)
    click.echo(_outcome(counted, sentence("{count} documents damaged", count=len(whole.broken)) if whole.broken else None))


def _show(verified: Verified) -> None:
    for case_id, what in verified.broken:
        click.echo(f"{case_id or said('seal')}: {say(what)}", err=True)
    counts = {"cases": verified.cases, "entries": verified.entries, "seals": verified.seals}
    counted = sentence("{cases} cases, {entries} entries, {seals} seals", **counts)
    click.echo(_outcome(counted, sentence("{count} links broken", count=len(verified.broken)) if verified.broken else None))
