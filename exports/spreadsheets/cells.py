"""A value as a cell: text, whole number or moment; formats nothing else and calculates nothing."""

from datetime import datetime
from functools import lru_cache

from calendars import SHANGHAI

Cell = str | int | datetime


def cell_of(value: object) -> str:
    """Write what is no plain value, nor none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return " ".join([f"{name}={held}" for name, held in value.items()])
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


@lru_cache(1 << 16)
def written(at: datetime) -> str:
    """Write a moment as clocks in Shanghai show it, with the offset (RFC 3339)."""
    return at.astimezone(SHANGHAI).isoformat()
