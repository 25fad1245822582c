"""`lianban clients`: lists the programs that may ask for tokens, gives one another secret, and disables one at once; shows no hash."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec
import rich_click as click

from api.tokens import hash_secret, make_secret
from calendars import SHANGHAI
from casework.settings import Settings
from cli.running.databases import with_database
from cli.terminal.exit_codes import Refused, WrongWords
from cli.terminal.saying import said
from cli.terminal.tables import lines
from storage.access.clients import (
    AT_ONCE,
    ApiClient,
    Secret,
    add_secret,
    disable_client,
    end_secrets,
    end_tokens,
    hold_client,
    list_clients,
)
from storage.postgres.transaction import Database
from words import sentence

OVERLAP = 7
"""Days that the old secret goes on, where nobody says otherwise."""


class SecretLine(msgspec.Struct, frozen=True, rename="camel"):
    """A secret that holds: since when, and until when."""

    made_at: datetime
    ends_at: datetime | None


class ClientLine(msgspec.Struct, frozen=True, rename="camel"):
    """One client as the list shows it."""

    client_id: str
    name: str
    city: str
    party: str
    role: str
    scopes: tuple[str, ...]
    created_at: datetime
    disabled: bool
    secrets: tuple[SecretLine, ...]


@click.group(invoke_without_command=True, help=said("List the clients with their secrets' ends; `lianban token` makes one."))
@click.option("--json", "as_json", is_flag=True, help=said("as JSON"))
@click.pass_context
def clients(context: click.Context, as_json: bool) -> None:
    if context.invoked_subcommand is not None:
        return
    found = with_database(_listed)
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    for line in lines(pair for one in found for pair in _rows(one)):
        click.echo(line)


@clients.command(help=said("End a client for good, and its tokens with it: its very next request is refused."))
@click.argument("client_id", metavar="ID")
def disable(client_id: str) -> None:
    with_database(partial(_disable, client_id))
    click.echo(said("disabled: {client_id}", client_id=client_id))


@clients.command(help=said("Give a client another secret, shown this once; the old one holds on for some days, so that there is no gap."))
@click.argument("client_id", metavar="ID")
@click.option(
    "--old-ends-in", "days", type=click.IntRange(0, 366), default=OVERLAP, metavar="DAYS", show_default=True,
    help=said("days until the old secret is refused; 0 ends it at once, and every token with it"),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=said("as JSON"))
def rotate(client_id: str, days: int, as_json: bool) -> None:
    secret, now = make_secret(), datetime.now(UTC).replace(microsecond=0)
    ends = now + timedelta(days=days)
    with_database(partial(_rotate, client_id, Secret(hash_secret(secret), now), ends))
    told = {"client_id": client_id, "client_secret": secret, "old_ends_at": ends.isoformat().replace("+00:00", "Z")}
    if as_json:
        click.echo(msgspec.json.encode(told))
        return
    for line in lines((told | {"old_ends_at": _moment(ends)}).items()):
        click.echo(line)


async def _listed(database: Database, _: Settings) -> list[ClientLine]:
    async with database.connection() as tx:
        found = await list_clients(tx)
    return [_line(one, datetime.now(UTC)) for one in found]


async def _disable(client_id: str, database: Database, _: Settings) -> None:
    async with database.transaction() as tx:
        if not await disable_client(tx, client_id):
            raise _no_client(client_id)


async def _rotate(client_id: str, secret: Secret, ends: datetime, database: Database, _: Settings) -> None:
    async with database.transaction() as tx:
        client = await hold_client(tx, client_id)
        if client is None:
            raise _no_client(client_id)
        _check_may_rotate(client, secret.made_at, ends)
        await end_secrets(tx, client_id, ends)
        await add_secret(tx, client_id, secret)
        if ends == secret.made_at:
            await end_tokens(tx, client_id)


def _check_may_rotate(client: ApiClient, now: datetime, ends: datetime) -> None:
    """A disabled client stays so; of the secrets that hold at once there are no more than a request is compared with."""
    if client.disabled:
        raise Refused(sentence("{client_id} is disabled: make another client with `lianban token`", client_id=client.client_id))
    holding = client.secrets_at(now)
    if ends > now and len(holding) >= AT_ONCE:
        until = min(one.ends_at for one in holding if one.ends_at is not None)
        raise Refused(
            sentence(
                "{client_id} has {count} secrets already: the older ends {until}; --old-ends-in 0 ends both now",
                client_id=client.client_id,
                count=AT_ONCE,
                until=_moment(until),
            )
        )


def _no_client(client_id: str) -> WrongWords:
    return WrongWords(sentence("there is no client {client_id!r}: `lianban clients` lists them", client_id=client_id))


def _line(client: ApiClient, now: datetime) -> ClientLine:
    given = {name: getattr(client, name) for name in ClientLine.__struct_fields__ if name != "secrets"}
    holding = () if client.disabled else client.secrets_at(now)
    return ClientLine(**given, secrets=tuple(SecretLine(one.made_at, one.ends_at) for one in holding))


def _rows(client: ClientLine) -> Iterator[tuple[str, str]]:
    """Say what a client is on one line, and each of its secrets on one below."""
    state = said("disabled") if client.disabled else said("in use")
    what = f"{client.party} ({client.city}, {client.role})  {' '.join(client.scopes)}"
    yield client.client_id, f"{client.name}  {what}  {_moment(client.created_at)}  {state}"
    for secret in client.secrets:
        ends = said("without end") if secret.ends_at is None else said("until {moment}", moment=_moment(secret.ends_at))
        yield "", said("secret of {made}  {ends}", made=_moment(secret.made_at), ends=ends)


def _moment(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat(" ", "minutes")
