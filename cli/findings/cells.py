"""One finding as a row of plain texts, for spreadsheets of either kind; formats nothing else."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from cli.findings.item import Item
from cli.moments import rfc3339

HEAD: Sequence[str] = tuple(one.encode_name for one in msgspec.structs.fields(Item))


def cells_of(item: Item) -> list[str]:
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
