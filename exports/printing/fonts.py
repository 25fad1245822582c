"""Finds the Chinese font that forms are set in, and says which characters it has; sets nothing."""

import struct
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from domain.refusals import Refusal
from words import sentence

SHIPPED = Path(__file__).parents[2] / "node_modules" / "@expo-google-fonts" / "noto-serif-sc"
"""Where the set-up puts Noto Serif SC (思源宋体)."""
LIKED = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "NSimSun", "FangSong")
"""Song typefaces by name, the best known first; of others the first with Chinese in it is taken."""
_OFTEN = "中"
_HEADER, _RECORD = 12, 16


class NoFont(Refusal):
    """There is no Chinese font here to print with."""


class Found(Struct, frozen=True):
    """One font file, as the typesetter lists it."""

    family: str
    path: Path
    index: int
    weight: int


class Font(Struct, frozen=True):
    """A family in one folder, and the characters that its regular weight has."""

    folder: Path
    family: str
    has: frozenset[int]

    def missing(self, text: str) -> str:
        """Give each character that cannot be printed, once."""
        return "".join(dict.fromkeys(one for one in text if ord(one) not in self.has))


def choose(folder: Path, found: list[Found]) -> Font:
    """Choose the family; a folder without a Chinese font is refused."""
    for family in sorted({one.family for one in found}, key=_rank):
        regular = min((one for one in found if one.family == family), key=lambda one: abs(one.weight - 400))
        has = characters(regular.path.read_bytes(), regular.index)
        if ord(_OFTEN) in has:
            return Font(folder, family, has)
    raise none_in(folder)


def none_in(folder: Path) -> NoFont:
    return NoFont(
        sentence(
            "There is no Chinese font in {folder!r}, so nothing can be printed. "
            "Run ./just setup, or name a folder with one (TTF, OTF or TTC) in LIANBAN_FONTS.",
            folder=folder.name,
        )
    )


def _rank(family: str) -> tuple[int, str]:
    return (LIKED.index(family) if family in LIKED else len(LIKED), family)


def characters(data: bytes, index: int = 0) -> frozenset[int]:
    """Read the code points that a font maps to a glyph (OpenType `cmap`, formats 4 and 12)."""
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    cmap = _tables(data, start).get(b"cmap")
    if cmap is None:
        return frozenset()
    several = struct.unpack_from(">H", data, cmap + 2)[0]
    subtables = {cmap + struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)[2] for number in range(several)}
    return frozenset(code for at in subtables for code in _codes(data, at))


def _tables(data: bytes, start: int) -> Mapping[bytes, int]:
    several = struct.unpack_from(">H", data, start + 4)[0]
    records = (struct.unpack_from(">4sIII", data, start + _HEADER + _RECORD * number) for number in range(several))
    return {tag: offset for tag, _, offset, _ in records}


def _codes(data: bytes, at: int) -> set[int]:
    kind = struct.unpack_from(">H", data, at)[0]
    if kind == 12:  # noqa: PLR2004 -- the number of the format
        return _of_groups(data, at)
    return _of_segments(data, at) if kind == 4 else set()  # noqa: PLR2004 -- the number of the format


def _of_groups(data: bytes, at: int) -> set[int]:
    several = struct.unpack_from(">I", data, at + 12)[0]
    groups = (struct.unpack_from(">III", data, at + 16 + 12 * number) for number in range(several))
    return {code for first, last, _ in groups for code in range(first, last + 1)}


def _of_segments(data: bytes, at: int) -> set[int]:
    several = struct.unpack_from(">H", data, at + 6)[0] // 2
    lasts = struct.unpack_from(f">{several}H", data, at + 14)
    firsts = struct.unpack_from(f">{several}H", data, at + 16 + 2 * several)
    return {code for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1) if last != 0xFFFF}  # noqa: PLR2004 -- the end mark
