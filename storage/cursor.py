"""The places that keyset lists and the feed go on from, and their opaque text; a broken text is a ValueError and nothing else."""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 2**63 - 1
_T = TypeVar("_T")


class Place(Struct, frozen=True):
    """Where a list sorted by a moment and an id goes on."""

    at: datetime
    id: UUID


class Cursor(Struct, frozen=True):
    """Where the feed goes on: the era, the transaction and the entry's position in it."""

    era: int
    xid: int
    position: int


BEGINNING = Cursor(0, 0, 0)


def encode_cursor(cursor: Cursor) -> str:
    return _text((cursor.era, cursor.xid, cursor.position))


def decode_cursor(text: str) -> Cursor:
    era, xid, position = _parts(text, tuple[int, int, int])
    if not (0 <= era < 2**31 and 0 <= xid <= _LAST and 0 <= position <= _LAST):
        raise ValueError("not a cursor of this feed")
    return Cursor(era, xid, position)


def encode_place(place: Place) -> str:
    return _text(((place.at - _EPOCH) // timedelta(seconds=1), place.id.hex))


def decode_place(text: str) -> Place:
    seconds, name = _parts(text, tuple[int, str])
    try:
        return Place(_EPOCH + timedelta(seconds=seconds), UUID(hex=name))
    except (ValueError, OverflowError):
        raise ValueError("not a cursor of this list") from None


def _text(parts: tuple[int | str, ...]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(parts)).rstrip(b"=").decode()


def _parts(text: str, kind: type[_T]) -> _T:
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        return msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=kind)
    except (UnicodeEncodeError, binascii.Error, msgspec.DecodeError):
        raise ValueError("not a cursor of ours") from None
