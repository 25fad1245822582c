"""`lianban openapi`: writes the API's contract to standard output, the same bytes each time."""

import rich_click as click

from api.contract import render
from cli.terminal.saying import said


@click.command(help=said("The API's contract (OpenAPI), to standard output."))
def openapi() -> None:
    click.echo(render(), nl=False)
