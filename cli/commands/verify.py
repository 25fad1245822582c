"""`lianban verify`: hashes every ledger again and compares, and every document if asked, or checks an evidence pack; mends nothing."""

from functools import partial
from pathlib import Path

import msgspec
import rich_click as click

from api.archive import archive_of
from api.wire.answer import encoded
from auditor.audit.feed import FeedVerified, verify_feed
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
            said("With --feed, what each audience was told as well: exit 1 where a ledger says otherwise."),
            said(
                "With PACK, that evidence pack alone, without any server: its files, its chains, its plans and calendars, "
                "and each finding, judged again."
            ),
        )
    )
)
@click.argument("pack", metavar="[PACK]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--documents", is_flag=True, help=said("read every document's bytes as well, which takes its time"))
@click.option("--feed", is_flag=True, help=said("compare what each audience was told with every ledger as well"))
@click.option("--json", "as_json", is_flag=True, help=said("as JSON"))
def verify(pack: Path | None, documents: bool, feed: bool, as_json: bool) -> int:
    if pack is not None:
        if documents or feed:
            raise WrongWords(sentence("an evidence pack holds no documents and no feed: leave --documents and --feed out, or PACK"))
        return _checked(check_pack(pack.read_bytes(), schemes_of(here())), as_json)
    verified, whole, told = with_database(partial(_verify, documents, feed))
    if as_json:
        beside = {"documents": whole, "feed": told}
        click.echo(encoded(msgspec.structs.asdict(verified) | {name: one for name, one in beside.items() if one}))
    else:
        _show(verified)
        if whole:
            _show_documents(whole)
        if told:
            _show_feed(told)
    return 1 if any(one and one.broken for one in (verified, whole, told)) else 0


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


async def _verify(
    documents: bool, feed: bool, database: Database, settings: Settings
) -> tuple[Verified, Whole | None, FeedVerified | None]:
    with progress(said("verifying")) as told:
        verified = await verify_ledger(database, told)
        fed = await verify_feed(database) if feed else None
    if not documents:
        return verified, None, fed
    with progress(said("reading documents")) as told:
        return verified, await read_all(database, archive_of(settings), told), fed


def _show_feed(fed: FeedVerified) -> None:
    for case_id, what in fed.broken:
        click.echo(f"{case_id or said('feed')}: {say(what)}", err=True)
    counted = sentence("{rows} events told of {cases} cases", rows=fed.rows, cases=fed.cases)
    click.echo(_outcome(counted, sentence("{count} told wrongly", count=len(fed.broken)) if fed.broken else None))


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
