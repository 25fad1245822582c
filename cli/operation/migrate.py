"""`lianban migrate`: brings the tables up to this release, or says whether the release itself lacks a migration."""

import asyncio

import rich_click as click

from cli.running.databases import bring_up_to_date, served
from cli.running.environment import here
from cli.terminal.exit_codes import Refused
from cli.terminal.saying import said
from storage.migration import lacking
from words import listed, sentence


@click.command(help=said("Bring the database's tables up to this release, as their owner (LIANBAN_OWNER_URL)."))
@click.option("--check", is_flag=True, help=said("only say whether the migrations make the tables as they are declared"))
def migrate(check: bool) -> None:
    if check:
        _check()
        return
    settings = here()
    with served(settings) as ready:
        applied = asyncio.run(bring_up_to_date(ready))
    click.echo("\n".join(applied) or said("nothing to do: the tables are those of this release"))


def _check() -> None:
    missing = asyncio.run(lacking())
    if missing:
        raise Refused(sentence("no migration makes these yet: {missing} (write one with `just migration NAME`)", missing=listed(missing)))
    click.echo(said("the migrations are current"))
