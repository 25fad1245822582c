"""What kinds of document an office takes, and whether bytes are of their kind; packages are looked into, never unpacked."""

import re
import struct
from collections.abc import Mapping

from msgspec import Struct

from domain.refusals import Malformed
from words import all_of, sentence

HEAD = 4096
"""How much of the beginning tells a kind."""
TAIL = 22 + 65_535
"""How much of the end holds a package's last record, with the longest comment there can be."""
MOST_DIRECTORY = 1_000_000
"""Bytes of a package's list of members: some ten thousand names."""
MOST_UNPACKED = 1_000_000_000
"""Bytes that a package may say it unpacks to."""

_LAST = struct.Struct("<4s4H2IH")
_MEMBER = struct.Struct("<4s6H3I5H2I")
_LOCAL = 30
"""The least that stands before a member's own bytes."""
_MEANT_FOR_ZIP64 = 0xFFFFFFFF
_ENCRYPTED = 1
_STORED, _DEFLATED = 0, 8


class Media(Struct, frozen=True):
    """A kind of document."""

    name: str
    suffixes: tuple[str, ...]
    begins: re.Pattern[bytes]
    holds: frozenset[str] = frozenset()
    """Of a package: the members that make it what it is."""


_PACKAGE = re.compile(rb"PK\x03\x04")
_DXF = rb"AutoCAD Binary DXF\r\n\x1a\x00|\s*(?:999\r?\n[^\n]{0,255}\n\s*){0,20}0\s*\r?\n\s*SECTION\s"
_OFFICE = "application/vnd.openxmlformats-officedocument"

MEDIA: Mapping[str, Media] = {
    media.name: media
    for media in (
        Media("application/pdf", (".pdf",), re.compile(rb"%PDF-[12]\.")),
        Media("image/jpeg", (".jpg", ".jpeg"), re.compile(rb"\xff\xd8\xff")),
        Media("image/png", (".png",), re.compile(rb"\x89PNG\r\n\x1a\n")),
        Media("image/tiff", (".tif", ".tiff"), re.compile(rb"II\*\x00|MM\x00\*")),
        Media("application/ofd", (".ofd",), _PACKAGE, frozenset({"OFD.xml"})),  # 版式文档 GB/T 33190
        Media(f"{_OFFICE}.wordprocessingml.document", (".docx",), _PACKAGE, frozenset({"[Content_Types].xml", "word/document.xml"})),
        Media(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), _PACKAGE, frozenset({"[Content_Types].xml", "xl/workbook.xml"})),
        Media("image/vnd.dwg", (".dwg",), re.compile(rb"AC10\d\d")),
        Media("image/vnd.dxf", (".dxf",), re.compile(_DXF)),
    )
}
"""Every kind that is taken: what people sign, scan, photograph, count in and draw in; nothing that a browser would run."""


def check_head(media: Media, head: bytes) -> None:
    """Refuse bytes that do not begin as their kind does."""
    if not head:
        raise Malformed(sentence("The document is empty. Send its bytes as the body."), field="body")
    if media.begins.match(head) is None:
        found = next((other.name for other in MEDIA.values() if not other.holds and other.begins.match(head)), None)
        what = sentence("they begin as {other} does", other=found) if found else sentence("they do not begin as one does")
        raise Malformed(
            sentence("The bytes are said to be {name}, but {what}. Send them under their own type.", name=media.name, what=what),
            field="body",
        )


def directory_of(tail: bytes, size: int) -> tuple[int, int]:
    """Say where a package's list of members begins and ends, from its last bytes."""
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _LAST.size:
        raise _broken(sentence("its list of members is missing"))
    _, disk, first_disk, here, members, length, start, comment = _LAST.unpack_from(tail, at)
    ends = size - len(tail) + at
    if ends + _LAST.size + comment != size or start + length != ends or disk or first_disk or here != members:
        raise _broken(sentence("its list of members does not fit its bytes"))
    if length > MOST_DIRECTORY:
        raise _broken(sentence("its list of members is over {most} bytes", most=MOST_DIRECTORY))
    return start, ends


def check_members(media: Media, directory: bytes, start: int) -> None:
    """Refuse a package that is not of its kind, cannot be looked into, carries programs, or would unpack without end."""
    names, places, unpacked, at = set(), [], 0, 0
    while at < len(directory):
        name, place, grown, at = _member(directory, at)
        names.add(name)
        places.append(place)
        unpacked += grown
    if unpacked > MOST_UNPACKED:
        raise _broken(sentence("it would unpack to {unpacked} bytes, of {most} at the most", unpacked=unpacked, most=MOST_UNPACKED))
    ends = [*sorted(begin for begin, _ in places)[1:], start]
    if any(end > following for (_, end), following in zip(sorted(places), ends, strict=False)):
        raise _broken(sentence("its members lie one upon another"))
    if not media.holds <= names:
        lacking = all_of(sentence("no {member}", member=one) for one in sorted(media.holds - names))
        raise _broken(sentence("it holds {lacking}", lacking=lacking))


def _member(directory: bytes, at: int) -> tuple[str, tuple[int, int], int, int]:
    """Read one member: its name, where its bytes lie, what it unpacks to, and where the next record begins."""
    if len(directory) - at < _MEMBER.size or directory[at : at + 4] != b"PK\x01\x02":
        raise _broken(sentence("its list of members does not fit its bytes"))
    _, _, _, flags, method, _, _, _, packed, unpacked, named, extra, comment, *_, place = _MEMBER.unpack_from(directory, at)
    begins = at + _MEMBER.size
    name = directory[begins : begins + named].decode("utf-8", "replace")
    if flags & _ENCRYPTED or method not in {_STORED, _DEFLATED} or _MEANT_FOR_ZIP64 in {packed, unpacked, place}:
        raise _broken(sentence("a member is encrypted, or packed in a way that is not looked into"))
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise _broken(sentence("a member's name leads out of it"))
    if name.lower().endswith("vbaproject.bin"):
        raise _broken(sentence("it carries macros, which are programs; save it without them"))
    return name, (place, place + _LOCAL + packed), unpacked, begins + named + extra + comment


def _broken(why: str) -> Malformed:
    return Malformed(sentence("The package cannot be taken: {why}.", why=why), field="body")
