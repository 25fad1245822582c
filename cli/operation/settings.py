"""`lianban settings`: shows the settings in force; shows no secret."""

import rich_click as click

from casework.settings import masked
from cli.running.environment import here
from cli.terminal.saying import said
from cli.terminal.tables import lines
from words import say


@click.command(
    help="\n\n".join(
        (
            said("The settings in force, with what is secret in them hidden."),
            said("What is not set is that of the embedded servers."),
        )
    )
)
def settings() -> None:
    for line in lines((name, say(value)) for name, value in masked(here()).items()):
        click.echo(line)
