"""One struct of plain values as a row of cells: text, whole number or moment; formats nothing else and calculates nothing."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import msgspec
from msgspec import Struct

from calendars import SHANGHAI

Cell = str | int | datetime


def head_of(kind: type[Struct]) -> Sequence[str]:
    """Name the columns as the wire names the fields."""
    return tuple(one.encode_name for one in msgspec.structs.fields(kind))


def cells_of(item: Struct) -> list[Cell]:
    return [value if type(value) in _PLAIN else "" if value is None else _cell(value) for value in msgspec.structs.astuple(item)]


_PLAIN = frozenset({str, int, datetime})


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return " ".join([f"{name}={held}" for name, held in value.items()])
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


@lru_cache(1 << 16)
def written(at: datetime) -> str:
    """Write a moment as clocks in Shanghai show it, with the offset (RFC 3339)."""
    return at.astimezone(SHANGHAI).isoformat()
