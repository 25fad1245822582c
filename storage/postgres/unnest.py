"""Turns many rows into one statement's arrays, so that no number of rows meets the limit of bind arguments; it knows no table."""

from collections.abc import Iterable, Sequence
from typing import Any


def source(types: Sequence[str], first: int = 1) -> str:
    """Write the `unnest(…)` that makes rows of arrays bound from `first` on."""
    return f"unnest({', '.join(f'${number}::{kind}[]' for number, kind in enumerate(types, first))})"


def arrays(rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Turn rows into columns; there must be at least one row."""
    return list(zip(*rows, strict=True))


def upsert(table: str, columns: Sequence[str], types: Sequence[str], key: Sequence[str]) -> str:
    """Write the statement that keeps rows under their key, and touches none that is the same already."""
    given, kept = names(columns, "excluded."), names(columns, f"{table}.")
    return (
        f"INSERT INTO {table} ({names(columns)}) SELECT * FROM {source(types)} ON CONFLICT ({names(key)}) "
        f"DO UPDATE SET ({names(columns)}) = ROW ({given}) WHERE ({kept}) IS DISTINCT FROM ({given})"
    )


def names(columns: Sequence[str], before: str = "") -> str:
    """List columns, each with what stands before it."""
    return ", ".join(before + column for column in columns)
