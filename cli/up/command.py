"""The words of `lianban up` and the order in which things start; each part runs elsewhere."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import rich_click as click

from casework.settings import Settings, strong_data_keys, strong_secret
from cli.running.databases import bring_up_to_date, say_waiting, with_addresses
from cli.running.environment import here
from cli.running.port import listen, url_of
from cli.running.secrets import with_data_keys, with_secret
from cli.servers import Server, claim, watched
from cli.terminal.exit_codes import Refused
from cli.terminal.saying import said
from cli.terminal.signals import ends_in_order
from cli.terminal.tables import lines
from cli.up.child import line_of
from cli.up.children import Child, stop
from cli.up.readiness import await_ready
from cli.up.sample import load_sample
from words import name_of, say, sentence

_LOOK = 0.2


@click.command(
    help="\n\n".join(
        (
            said("Start everything on this machine: its own database, the API and one worker."),
            said("Ends on Ctrl-C or SIGTERM and leaves nothing running; the data stays in LIANBAN_DATA."),
        )
    )
)
@click.option("--port", type=click.IntRange(0, 65_535), metavar="PORT", help=said("the port (LIANBAN_PORT); 0 takes a free one"))
@click.option("--fresh", is_flag=True, help=said("start from an empty data folder"))
@click.option("--sample/--no-sample", default=True, help=said("load the sample city into an empty database (the default)"))
def up(port: int | None, fresh: bool, sample: bool) -> None:
    settings = here()
    if settings.database_url or settings.redis_url:
        raise Refused(
            sentence("`up` brings its own servers: unset LIANBAN_DATABASE_URL and LIANBAN_REDIS_URL, or use serve, worker and migrate")
        )
    if settings.secret is not None:
        strong_secret(settings)
    if settings.data_keys is not None:
        strong_data_keys(settings)
    with ends_in_order():
        _run(settings, settings.port if port is None else port, fresh=fresh, sample=sample)


def _run(settings: Settings, port: int, *, fresh: bool, sample: bool) -> None:
    with ExitStack() as stack:
        stack.enter_context(claim(settings.data))
        listener = stack.enter_context(listen(settings.host, port))
        click.echo(said("starting"), err=True)
        # Both load their libraries while the servers start.
        fd = listener.fileno()
        api, worker = stack.enter_context(_children(Child("api", [str(fd)], keeps=[fd]), Child("worker")))
        addresses, servers = stack.enter_context(watched(settings.data, fresh=fresh, waiting=say_waiting))
        stack.callback(stop, (api, worker))  # before the servers that they work on
        ready = with_data_keys(with_secret(with_addresses(settings, addresses)))
        asyncio.run(bring_up_to_date(ready))
        if sample:
            load_sample(ready)
        for child in (api, worker):
            child.begin(line_of(ready))
        url = url_of(listener)
        await_ready(url, api)
        _say(ready, url)
        _keep_running(servers, (api, worker))


@contextmanager
def _children(*children: Child) -> Iterator[tuple[Child, ...]]:
    try:
        yield children
    finally:
        stop(children)


def _keep_running(servers: Sequence[Server], children: Sequence[Child]) -> None:
    """The servers first: the API does not start without them."""
    while True:
        time.sleep(_LOOK)
        for server in servers:
            server.keep_running(_tell)
        for child in children:
            child.keep_running()


def _tell(words: str) -> None:
    click.echo(say(words), err=True)


def _say(settings: Settings, url: str) -> None:
    rows = (
        ("data", str(settings.data.resolve())),
        ("docs", f"{url}/docs"),
        ("token", "./just lianban token NAME --party jm-water --role utility --scope cases:read cases:write"),
        ("end", "Ctrl-C"),
    )
    for line in lines((name_of("row", name), value) for name, value in rows):
        click.echo(line, err=True)
    click.echo(f"ready {url}")
