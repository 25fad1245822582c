"""`lianban token`: makes a client for a party and shows its secret once; keeps only the secret's hash."""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import get_args

import msgspec
import rich_click as click

from api.tokens import hash_secret, make_secret
from casework.access.roles import SCOPES
from casework.settings import Settings
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import schemes_of
from cli.terminal.choices import Named
from cli.terminal.exit_codes import WrongWords
from cli.terminal.saying import said
from cli.terminal.tables import lines
from domain.schemes.enforcement import Role
from domain.schemes.scheme import Scheme
from storage.access.clients import ApiClient, Secret, add_client
from storage.postgres.transaction import Database
from words import listed, sentence

_ANY_PARTY: Role = "admin"
"""Given by whoever keeps the machine, not by a plan."""


@click.command(help=said("Make a client that may ask POST /oauth/token for tokens; its secret is shown this once."))
@click.argument("name", metavar="NAME")
@click.argument("more_scopes", metavar="[SCOPE]…", nargs=-1)
@click.option("--party", "code", required=True, metavar="CODE", help=said("the party that it speaks for"))
@click.option(
    "--scope", "scopes", multiple=True, required=True, metavar="SCOPE…", help=said("what it may do: {scopes}", scopes=listed(SCOPES))
)
@click.option("--role", type=Named("role", get_args(Role)), help=said("in which role, where the party has several"))
@click.option("--json", "as_json", is_flag=True, help=said("as JSON"))
def token(name: str, more_scopes: tuple[str, ...], code: str, scopes: tuple[str, ...], role: Role | None, as_json: bool) -> None:
    if not name.strip():
        raise WrongWords(sentence("NAME is empty: say who the client is, for example '样例门户'"))
    asked = _scopes(" ".join((*scopes, *more_scopes)))
    scheme = _scheme_of(schemes_of(here()).all, code)
    secret, now = make_secret(), datetime.now(UTC).replace(microsecond=0)
    client = ApiClient(
        client_id=f"lb-{secrets.token_hex(8)}",
        name=name,
        city=scheme.city.code,
        party=code,
        role=_role(scheme, code, role),
        scopes=asked,
        created_at=now,
        secrets=(Secret(hash_secret(secret), now),),
    )
    with_database(partial(_keep, client))
    _show(client, secret, as_json=as_json)


async def _keep(client: ApiClient, database: Database, _: Settings) -> None:
    async with database.transaction() as tx:
        await add_client(tx, client)


def _show(client: ApiClient, secret: str, *, as_json: bool) -> None:
    rows = {
        "client_id": client.client_id,
        "client_secret": secret,
        "party": client.party,
        "role": client.role,
        "scope": " ".join(client.scopes),
    }
    if as_json:
        click.echo(msgspec.json.encode(rows))
        return
    for line in lines(rows.items()):
        click.echo(line)


def _scopes(text: str) -> tuple[str, ...]:
    found = sorted(set(text.replace(",", " ").split()))
    wrong = [scope for scope in found if scope not in SCOPES]
    if wrong or not found:
        raise WrongWords(
            sentence("there is no scope {wrong!r}; the scopes are: {scopes}", wrong=" ".join(wrong) or text, scopes=listed(SCOPES))
        )
    return tuple(found)


def _scheme_of(schemes: Iterable[Scheme], code: str) -> Scheme:
    """Find the city that a party belongs to, by its newest plan."""
    found = [scheme for scheme in schemes if any(party.code == code for party in scheme.parties)]
    if not found:
        known = sorted({party.code for scheme in schemes for party in scheme.parties})
        raise WrongWords(sentence("{code!r} is no party; the parties are: {known}", code=code, known=listed(known)))
    return found[-1]


def _role(scheme: Scheme, code: str, role: Role | None) -> Role:
    roles = next(party.roles for party in scheme.parties if party.code == code)
    if role is None and len(roles) == 1:
        return roles[0]
    if role is not None and role in {*roles, _ANY_PARTY}:
        return role
    asked = sentence("name one with --role") if role is None else sentence("it has not {role!r}", role=role)
    raise WrongWords(sentence("{code} has the roles {roles}: {asked}", code=code, roles=listed(roles), asked=asked))
