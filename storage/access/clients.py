"""Keeps the programs that may ask for tokens, and which of their tokens are over; secrets arrive hashed and are compared elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from msgspec import Struct

from storage.postgres.engine import Gate
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

AT_ONCE = 2
"""Secrets that a client may have: comparing one is slow on purpose."""
_STILL_KNOWN = "PREPARE still_known (text, int) AS SELECT FROM client WHERE client_id = $1 AND generation = $2 AND NOT disabled"
_COLUMNS = ("client_id", "name", "city", "party", "role", "scopes", "disabled", "generation", "created_at")
_SECRET = ("secret_hash", "made_at", "ends_at")
_SELECT = f"SELECT {names(_COLUMNS)}, {names(_SECRET)} FROM client LEFT JOIN client_secret USING (client_id)"

_NEWEST = "made_at DESC, ends_at DESC NULLS FIRST"


class Secret(Struct, frozen=True):
    """A client's secret: scrypt, with its salt and costs."""

    hash: str
    made_at: datetime
    ends_at: datetime | None = None
    """From this moment on it is refused; None is not yet known."""


class ApiClient(Struct, frozen=True, kw_only=True):
    """A program: for which party of which city it speaks, in which role, with which scopes."""

    client_id: str
    name: str
    city: str
    party: str
    role: str
    scopes: tuple[str, ...]
    created_at: datetime
    disabled: bool = False
    generation: int = 1
    """Tokens of an earlier one are over."""
    secrets: tuple[Secret, ...] = ()
    """The newest first."""

    def secrets_at(self, at: datetime) -> tuple[Secret, ...]:
        """Give the secrets that hold at a moment."""
        return tuple(one for one in self.secrets if one.ends_at is None or at < one.ends_at)


async def add_client(tx: Tx, client: ApiClient) -> None:
    """Keep a new client with its secrets; its id is new."""
    places = ", ".join(f"${place}" for place in range(1, len(_COLUMNS) + 1))
    await tx.execute(f"INSERT INTO client ({names(_COLUMNS)}) VALUES ({places})", *(getattr(client, column) for column in _COLUMNS))
    for secret in client.secrets:
        await add_secret(tx, client.client_id, secret)


async def add_secret(tx: Tx, client_id: str, secret: Secret) -> None:
    """Keep one more secret of a client."""
    statement = f"INSERT INTO client_secret (client_id, {names(_SECRET)}) VALUES ($1, $2, $3, $4)"
    await tx.execute(statement, client_id, secret.hash, secret.made_at, secret.ends_at)


async def end_secrets(tx: Tx, client_id: str, at: datetime) -> None:
    """Let each of its secrets hold until then at the longest."""
    await tx.execute("UPDATE client_secret SET ends_at = $2 WHERE client_id = $1 AND (ends_at IS NULL OR ends_at > $2)", client_id, at)


async def find_client(tx: Tx, client_id: str) -> ApiClient | None:
    rows = await tx.fetch(f"{_SELECT} WHERE client_id = $1 ORDER BY {_NEWEST}", client_id)
    return _client_of(rows) if rows else None


async def hold_client(tx: Tx, client_id: str) -> ApiClient | None:
    """Give a client that nobody else changes until the transaction ends."""
    await tx.execute("SELECT FROM client WHERE client_id = $1 FOR UPDATE", client_id)
    return await find_client(tx, client_id)


async def list_clients(tx: Tx) -> list[ApiClient]:
    """Give every client by its name."""
    rows = await tx.fetch(f"{_SELECT} ORDER BY name, client_id, {_NEWEST}")
    return [_client_of(list(those)) for _, those in groupby(rows, key=lambda row: row["client_id"])]


async def disable_client(tx: Tx, client_id: str) -> bool:
    """End its tokens and let it ask for no more; says whether there is such a client."""
    done: str = await tx.execute("UPDATE client SET disabled = true, generation = generation + 1 WHERE client_id = $1", client_id)
    return done != "UPDATE 0"


async def end_tokens(tx: Tx, client_id: str) -> None:
    """End the tokens that it was given so far."""
    await tx.execute("UPDATE client SET generation = generation + 1 WHERE client_id = $1", client_id)


def still_known(client_id: str, generation: int) -> Gate:
    """Ask for a row if the client is as it was when its token was made."""
    quoted = client_id.replace("'", "''")
    return Gate("still_known", _STILL_KNOWN, f"EXECUTE still_known('{quoted}', {generation:d})")


def _client_of(rows: Sequence[Any]) -> ApiClient:
    """Make a client of its rows, one for each secret."""
    first = rows[0]
    secrets = tuple(Secret(*(row[column] for column in _SECRET)) for row in rows if row["secret_hash"] is not None)
    given = {column: first[column] for column in _COLUMNS}
    return ApiClient(**given | {"scopes": tuple(first["scopes"]), "secrets": secrets})
