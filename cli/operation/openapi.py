"""`lianban openapi`: writes the API's contract to standard output, the same bytes each time."""

import rich_click as click

from api.contract import render


@click.command()
def openapi() -> None:
    """接口契约。The API's contract (OpenAPI), to standard output."""
    click.echo(render(), nl=False)
