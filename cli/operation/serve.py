"""`lianban serve`: the API alone; changes no table and starts no worker."""

import rich_click as click

from casework.settings import strong_data_keys, strong_secret
from cli.running.api import answer_requests
from cli.running.databases import served
from cli.running.environment import here
from cli.running.port import listen, url_of
from cli.terminal.saying import said
from cli.terminal.signals import ends_in_order


@click.command(help=said("The API alone, on LIANBAN_DATABASE_URL; needs LIANBAN_SECRET and LIANBAN_DATA_KEYS, and `migrate` beforehand."))
@click.option("--port", type=click.IntRange(0, 65_535), metavar="PORT", help=said("the port (LIANBAN_PORT); 0 takes a free one"))
def serve(port: int | None) -> None:
    settings = here()
    strong_secret(settings)
    if settings.database_url is not None:
        strong_data_keys(settings)
    with ends_in_order(), listen(settings.host, settings.port if port is None else port) as listener, served(settings) as ready:
        click.echo(said("API {url}", url=url_of(listener)), err=True)
        answer_requests(ready, listener)
