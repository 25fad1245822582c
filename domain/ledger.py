"""The ledger's entry, who wrote it, and the hash that chains it to the one before."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from domain.acts import Acted, encode_act
from words import sentence

HashName = Literal["sha256", "sm3"]
GENESIS = b""
"""What the first entry of a case is chained to."""

AUDITOR_PARTY = "auditor"
FORMAT = 2
"""What is written today. A chain keeps each of its formats for ever: 1 knew neither person, post, provenance nor the entry's id."""
Provenance = Literal["told", "brought-in", "made"]
"""How an entry came to be: somebody said so through a door; it was loaded from elsewhere; the auditor or a simulation made it."""


class Actor(Struct, frozen=True, gc=False):
    """Who wrote an entry: the party, the role used, the account or client; empty where there is none."""

    party: str
    role: str
    account: str
    person: str = ""
    """Who signed in."""
    post: str = ""
    """The post that was held in writing it."""
    on_behalf_of: str = ""
    """For whom a machine or another's account spoke."""


AUDITOR = Actor(party=AUDITOR_PARTY, role="auditor", account="auditor")


class Origin(NamedTuple):
    """Where new entries come from, and how each gets its id, which tells nothing of its place."""

    provenance: Provenance
    new_id: Callable[[], UUID] = uuid4


TOLD = Origin("told")


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
    entry_id: UUID = UUID(int=0)
    """Made when it is written; the name that others know it by."""
    provenance: Provenance | None = "told"
    """None in format 1, which did not say."""
    format: int = FORMAT


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
    `ValueError` where the entry's format is none of ours, or holds what its format does not cover.
    """
    actor, occurred = entry.actor, _written(entry.occurred_at)
    recorded = occurred if entry.recorded_at == entry.occurred_at else _written(entry.recorded_at)
    if entry.format == FORMAT:
        text = (
            f"{FORMAT}\n{case}\n{entry.seq}\n{entry.entry_id}\n{entry.provenance}\n{occurred}\n{recorded}\n{actor.party}\n{actor.role}\n"
            f"{actor.account}\n{actor.person}\n{actor.post}\n{actor.on_behalf_of}\n{entry.edition}\n{entry.body}"
        )
    else:
        _check_first(entry)
        text = f"{case}\n{entry.seq}\n{occurred}\n{recorded}\n{actor.party}\n{actor.role}\n{actor.account}\n{entry.edition}\n{entry.body}"
    return previous + text.encode("utf-8", "surrogatepass")


def _check_first(entry: Entry) -> None:
    """Refuse what would pass unhashed: another format than the first, and in the first what it does not cover."""
    if entry.format != 1:
        raise ValueError(sentence("its format is {format}; known are 1 and {newest}", format=entry.format, newest=FORMAT))
    if entry.provenance is not None or entry.actor.person or entry.actor.post or entry.actor.on_behalf_of:
        raise ValueError(sentence("an entry of format 1 names neither person, post, principal nor provenance"))


def digest_id(digest: bytes) -> UUID:
    """Make an id of a digest, as of an entry of format 1, which had none: RFC 9562 version 8, by hand, as Python before 3.14 refuses to."""
    made = bytearray(digest[:16])
    made[6] = made[6] & 0x0F | 0x80
    made[8] = made[8] & 0x3F | 0x80
    return UUID(bytes=bytes(made))


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
