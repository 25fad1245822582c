"""`lianban migrate`: brings the tables up to this release, or says whether the release itself lacks a migration."""

import asyncio

import rich_click as click

from cli.running.databases import bring_up_to_date, served
from cli.running.environment import here
from cli.terminal.exit_codes import Refused
from storage.migration import lacking


@click.command()
@click.option("--check", is_flag=True, help="只检查 only say whether the migrations make the tables as they are declared")
def migrate(check: bool) -> None:
    """更新数据库表。Bring the database's tables up to this release, as their owner (LIANBAN_OWNER_URL)."""
    if check:
        _check()
        return
    settings = here()
    with served(settings) as ready:
        applied = asyncio.run(bring_up_to_date(ready))
    click.echo("\n".join(applied) or "数据库已是最新 nothing to do: the tables are those of this release")


def _check() -> None:
    missing = asyncio.run(lacking())
    if missing:
        raise Refused("no migration makes these yet: " + "; ".join(missing) + " (write one with `just migration NAME`)")
    click.echo("迁移齐全 the migrations are current")
