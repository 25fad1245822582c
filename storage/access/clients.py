"""Keeps the programs that may ask for tokens; secrets arrive hashed and are compared elsewhere."""

from typing import Any

from msgspec import Struct

from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

_COLUMNS = ("client_id", "name", "secret_hash", "city", "party", "role", "scopes", "disabled")


class ApiClient(Struct, frozen=True, kw_only=True):
    """A program: for which party of which city it speaks, in which role, with which scopes."""

    client_id: str
    name: str
    secret_hash: str
    """scrypt, with its salt and costs."""
    city: str
    party: str
    role: str
    scopes: tuple[str, ...]
    disabled: bool = False


async def add_client(tx: Tx, client: ApiClient) -> None:
    """Keep a new client; its id is new."""
    await tx.execute(
        f"INSERT INTO client ({names(_COLUMNS)}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        *(getattr(client, column) for column in _COLUMNS),
    )


async def find_client(tx: Tx, client_id: str) -> ApiClient | None:
    row = await tx.fetchrow(f"SELECT {names(_COLUMNS)} FROM client WHERE client_id = $1", client_id)
    return None if row is None else _client_of(row)


async def list_clients(tx: Tx) -> list[ApiClient]:
    """Give every client by its name."""
    rows = await tx.fetch(f"SELECT {names(_COLUMNS)} FROM client ORDER BY name, client_id")
    return [_client_of(row) for row in rows]


async def disable_client(tx: Tx, client_id: str) -> bool:
    """Let it ask for no more tokens; says whether there is such a client."""
    done: str = await tx.execute("UPDATE client SET disabled = true WHERE client_id = $1", client_id)
    return done != "UPDATE 0"


def _client_of(row: Any) -> ApiClient:  # noqa: ANN401 -- asyncpg comes without types
    client_id, name, secret_hash, city, party, role, scopes, disabled = row
    return ApiClient(
        client_id=client_id, name=name, secret_hash=secret_hash, city=city, party=party, role=role,
        scopes=tuple(scopes), disabled=disabled,
    )  # fmt: skip
