"""One struct of plain values as a row of texts, for spreadsheets of either kind; formats nothing else."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from cli.moments import rfc3339


def head_of(kind: type[Struct]) -> Sequence[str]:
    """Name the columns as the wire names the fields."""
    return tuple(one.encode_name for one in msgspec.structs.fields(kind))


def cells_of(item: Struct) -> list[str]:
    return [_text(value) for value in msgspec.structs.astuple(item)]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, dict):
        return " ".join(f"{name}={held}" for name, held in value.items())
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return "" if value is None else str(value)
