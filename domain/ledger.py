"""The ledger's entry, who wrote it, and the hash that chains it to the one before."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from domain.acts import Acted, encode_act

HashName = Literal["sha256", "sm3"]
GENESIS = b""
"""What the first entry of a case is chained to."""

AUDITOR_PARTY = "auditor"


class Actor(Struct, frozen=True, gc=False):
    """Who wrote an entry: the party, the role used, the account or client."""

    party: str
    role: str
    account: str


AUDITOR = Actor(party=AUDITOR_PARTY, role="auditor", account="auditor")


class Entry(Struct, frozen=True, gc=False):
    """One entry of a case's ledger; moments are UTC in whole seconds."""

    case_id: UUID
    seq: int
    occurred_at: datetime
    """When it happened; what clocks count from."""
    recorded_at: datetime
    """When it was written down."""
    actor: Actor
    edition: str
    """The calendar edition in force when it was written."""
    act: Acted
    body: str
    """The act as canonical JSON text, exactly what is hashed."""
    hash: bytes = GENESIS


def hasher(name: HashName) -> Callable[[bytes], Any]:
    """Give the digest function of that name (SHA-256, or SM3 where the library behind Python has it)."""
    if name == "sha256":
        return hashlib.sha256
    return lambda data: hashlib.new("sm3", data)


SHA256 = hasher("sha256")
_encode = msgspec.json.Encoder().encode


def preimage(previous: bytes, case: str, entry: Entry) -> bytes:
    """Write out, unambiguously, all that an entry's hash covers: only the body, which is last, may hold a line break.

    Moments are RFC 3339 with every fraction of a second that there is, so that none can be slipped in. `case` is the case's id.
    """
    actor, occurred = entry.actor, _written(entry.occurred_at)
    recorded = occurred if entry.recorded_at == entry.occurred_at else _written(entry.recorded_at)
    return previous + (
        f"{case}\n{entry.seq}\n{occurred}\n{recorded}\n{actor.party}\n{actor.role}\n{actor.account}\n{entry.edition}\n{entry.body}"
    ).encode("utf-8", "surrogatepass")


def _written(at: datetime) -> str:
    """Write a moment as `isoformat` does; msgspec writes those of UTC, as all are that are kept, in a fifth of the time."""
    return f"{_encode(at)[1:-2].decode()}+00:00" if at.tzinfo is UTC else at.isoformat()


def chain_hash(previous: bytes, entry: Entry, digest: Callable[[bytes], Any] = hashlib.sha256) -> bytes:
    """Hash the entry together with the hash of the one before."""
    made: bytes = digest(preimage(previous, str(entry.case_id), entry)).digest()
    return made


def body_of(act: Acted) -> str:
    """Write an act as the text that the ledger keeps."""
    return encode_act(act).decode()
