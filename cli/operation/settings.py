"""`lianban settings`: shows the settings in force; shows no secret."""

import rich_click as click

from casework.settings import masked
from cli.running.environment import here
from cli.terminal.tables import lines


@click.command()
def settings() -> None:
    """设置。The settings in force, with what is secret in them hidden.

    What is not set is that of the embedded servers.
    """
    for line in lines(masked(here()).items()):
        click.echo(line)
