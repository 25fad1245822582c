"""`lianban worker`: the auditor's worker alone; changes no table and answers no request."""

import rich_click as click

from cli.running.databases import served
from cli.running.environment import here
from cli.running.worker import work
from cli.terminal.saying import said
from cli.terminal.signals import ends_in_order


@click.command(help=said("The auditor's worker alone, on LIANBAN_DATABASE_URL and LIANBAN_REDIS_URL; any number may run."))
def worker() -> None:
    with ends_in_order(), served(here()) as ready:
        work(ready)
