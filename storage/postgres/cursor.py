"""The places that keyset lists and the feed go on from, and their opaque text; a broken text is a ValueError and nothing else."""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 2**63 - 1
_T = TypeVar("_T")


class Place(Struct, frozen=True):
    """Where a list sorted by a moment and an id goes on."""

    at: datetime
    id: UUID
    then: tuple[str | int, ...] = ()
    """What rows that share both are sorted by."""


class Cursor(Struct, frozen=True):
    """Where the feed goes on: the era, the transaction and the entry's position in it."""

    era: int
    xid: int
    position: int


BEGINNING = Cursor(0, 0, 0)


def encode_cursor(cursor: Cursor) -> str:
    return packed((cursor.era, cursor.xid, cursor.position))


def decode_cursor(text: str) -> Cursor:
    era, xid, position = parts_of(text, tuple[int, int, int])
    if not (0 <= era < 2**31 and 0 <= xid <= _LAST and 0 <= position <= _LAST):
        raise ValueError("not a cursor of this feed")
    return Cursor(era, xid, position)


def encode_place(place: Place) -> str:
    return packed((seconds_of(place.at), place.id.hex))


def decode_place(text: str) -> Place:
    return place_of(*parts_of(text, tuple[int, str]))


def encode_raised(place: Place) -> str:
    """Write the place of an entry: when it was written, its case, its number."""
    return packed((seconds_of(place.at), place.id.hex, *place.then))


def decode_raised(text: str) -> Place:
    """Read it back; a broken text is a ValueError."""
    seconds, name, seq = parts_of(text, tuple[int, str, Annotated[int, Meta(ge=1, le=2**31 - 1)]])
    return place_of(seconds, name, (seq,))


def seconds_of(at: datetime) -> int:
    """Write a moment of a place as a number."""
    return (at - _EPOCH) // timedelta(seconds=1)


def place_of(seconds: int, name: str, then: tuple[str | int, ...] = ()) -> Place:
    """Make a place of what a cursor says; what is none is a ValueError."""
    try:
        return Place(_EPOCH + timedelta(seconds=seconds), UUID(hex=name), then)
    except (ValueError, OverflowError):
        raise ValueError("not a cursor of this list") from None


def packed(parts: tuple[Any, ...]) -> str:
    """Write the parts of a cursor as opaque text."""
    return base64.urlsafe_b64encode(msgspec.json.encode(parts)).rstrip(b"=").decode()


def parts_of(text: str, kind: type[_T]) -> _T:
    """Read the parts back; a broken text is a ValueError."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        return msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=kind)
    except (UnicodeEncodeError, binascii.Error, msgspec.DecodeError):
        raise ValueError("not a cursor of ours") from None
