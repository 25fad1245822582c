"""The file around a pack: a ZIP file (APPNOTE 6.3.10) that is written one way only, so that one byte changed anywhere shows."""

import struct
import zlib
from collections.abc import Mapping

from words import sentence

MOST_BYTES = 2**32 - 1
"""A larger ZIP file is written another way."""
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_NEEDS, _MADE_BY, _UTF_8, _STORED, _ON = 20, 0x0314, 0x0800, 0, 0x21
"""Version 2.0, made on Unix, names in UTF-8, bytes as they are, 1 January 1980."""
_MODE = 0o644 << 16


class Damaged(Exception):
    """No pack can be read from these bytes; the message says from where on."""


class TooLarge(Exception):
    """More than one file of this kind can hold."""


def written(files: Mapping[str, bytes]) -> bytes:
    """Write the files in the order of their names, the same bytes for the same files."""
    local, central, at = [], [], 0
    for name, data in sorted(files.items()):
        encoded, crc = name.encode(), zlib.crc32(data)
        about = (crc, len(data), len(data), len(encoded), 0)
        head = _LOCAL.pack(_LOCAL_MARK, _NEEDS, _UTF_8, _STORED, 0, _ON, *about) + encoded
        local += [head, data]
        central += [_CENTRAL.pack(_CENTRAL_MARK, _MADE_BY, _NEEDS, _UTF_8, _STORED, 0, _ON, *about, 0, 0, 0, _MODE, at), encoded]
        at += len(head) + len(data)
        if at > MOST_BYTES:
            raise TooLarge(sentence("the pack would have more than {most_bytes} bytes", most_bytes=MOST_BYTES))
    directory = b"".join(central)
    end = _END.pack(_END_MARK, 0, 0, len(files), len(files), len(directory), at, 0)
    return b"".join([*local, directory, end])


def read(data: bytes) -> dict[str, bytes]:
    """Read the files back, in the order in which they stand, trusting nothing; `Damaged` where the next one cannot be told."""
    files: dict[str, bytes] = {}
    at = 0
    before: str = sentence("its beginning")
    while data[at : at + 4] == _LOCAL_MARK:
        name, begins, ends = _next(data, at, before)
        if name in files:
            raise Damaged(sentence("the file {name} is in it twice", name=name))
        files[name] = data[begins:ends]
        at, before = ends, name
    if data[at : at + 4] != (_CENTRAL_MARK if files else _END_MARK):
        raise Damaged(sentence("what follows {before}, at byte {at}, is neither a file nor the directory", before=before, at=at))
    return files


def _next(data: bytes, at: int, before: str) -> tuple[str, int, int]:
    try:
        _, _, _, _, _, _, _, size, _, wide, extra = _LOCAL.unpack_from(data, at)
        begins = at + _LOCAL.size + wide + extra
        name = data[at + _LOCAL.size : at + _LOCAL.size + wide].decode()
    except (struct.error, UnicodeDecodeError) as fault:
        raise Damaged(sentence("the header behind {before}, at byte {at}, cannot be read", before=before, at=at)) from fault
    if not (name.isascii() and name.isprintable()) or {"", ".", ".."} & set(name.split("/")):
        raise Damaged(
            sentence("the file behind {before}, at byte {at}, is called {name!r}, as no file of a pack is", before=before, at=at, name=name)
        )
    if begins + size > len(data):
        raise Damaged(sentence("the file {name!r} is cut off, or its header, at byte {at}, is changed", name=name, at=at))
    return name, begins, begins + size


def unlike(data: bytes, files: Mapping[str, bytes]) -> str | None:
    """Say where the bytes are not those that these files are written as; None where they are."""
    right = written(files)
    if data == right:
        return None
    same = next((place for place, (one, other) in enumerate(zip(data, right, strict=False)) if one != other), min(len(data), len(right)))
    return sentence("from byte {byte} on it is not as it was written: {place}", byte=same, place=_place(data, files, same))


def _place(data: bytes, files: Mapping[str, bytes], byte: int) -> str:
    at = 0
    for name in files:
        ends = _next(data, at, name)[2]
        if byte < ends:
            return sentence("the header of {name}", name=name)
        at = ends
    return sentence("the directory behind the files, or what was added to it")
