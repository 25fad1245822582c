"""`lianban pack`: writes findings with all that they rest on into one file; `lianban verify` checks it anywhere, and judges."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import rich_click as click

from casework.settings import Settings
from cli.lists.options import choosing, chosen_by
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import schemes_of
from cli.terminal.exit_codes import Refused, WrongWords
from cli.terminal.saying import said
from exports.packs.making import MOST_FINDINGS, make_pack
from schemes.reader import Schemes
from storage.calendars.offices import load_offices
from storage.findings.choices import FindingFilter
from storage.findings.findings import FindingRow, list_findings, read_finding
from storage.postgres.transaction import Database, Tx
from words import sentence

OUTPUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command(help=said("Write one finding, or those that are chosen, with their ledgers, plans and calendars; persons stay sealed."))
@click.option("--finding", type=click.UUID, metavar="ID", help=said("one finding alone"))
@choosing(FindingFilter)
@click.option("-o", "--output", type=OUTPUT, metavar="FILE", required=True, help=said("the file to write: evidence.zip"))
def pack(finding: UUID | None, output: Path, **typed: Any) -> None:  # noqa: ANN401 -- the options of `choosing`, by name
    if finding is not None and any(typed.values()):
        raise WrongWords(sentence("--finding names one finding: leave the other options out"))
    schemes = schemes_of(here())
    chosen = chosen_by(FindingFilter, schemes.all, typed)
    made, count = with_database(partial(_made, schemes, finding, chosen))
    try:
        output.write_bytes(made)
    except FileNotFoundError as fault:
        raise WrongWords(
            sentence("{output} cannot be written: there is no folder {parent}", output=output, parent=output.parent)
        ) from fault
    click.echo(said("{count} findings: {output}", count=count, output=output))


async def _made(schemes: Schemes, finding: UUID | None, chosen: FindingFilter, database: Database, _: Settings) -> tuple[bytes, int]:
    async with database.transaction() as tx:
        offices = await load_offices(tx, datetime.now(UTC).replace(microsecond=0))
    async with database.reading() as tx:
        rows = await _rows(tx, finding, chosen)
        return await make_pack(tx, schemes, offices, rows), len(rows)


async def _rows(tx: Tx, finding: UUID | None, chosen: FindingFilter) -> list[FindingRow]:
    if finding is None:
        return await list_findings(tx, chosen, "oldest", None, MOST_FINDINGS + 1)
    row = await read_finding(tx, finding)
    if row is None:
        raise Refused(sentence("there is no finding {finding}", finding=finding))
    return [row]
