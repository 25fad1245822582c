"""Checks that the database keeps itself, since Piccolo enforces neither choices nor offsets; it checks no act.

A check is named after the attribute it is given to, whatever else it is told, so the attribute carries table and version:
Piccolo sees no change under an old name.
"""

from typing import Any, get_args

from piccolo.constraints import Check


def one_of(column: str, choices: Any) -> Check:  # noqa: ANN401 -- a Literal has no type of its own
    """Allow the words of a domain literal alone; new words need a new name, or no migration sees them."""
    words = ", ".join(f"'{word}'" for word in get_args(choices))
    return Check(f"{column} IN ({words})")


def numbered(column: str) -> Check:
    """Allow the numbers from 1."""
    return Check(f"{column} >= 1")


def digest(column: str) -> Check:
    """Allow a digest of 32 bytes (SHA-256 and SM3 alike)."""
    return Check(f"octet_length({column}) = 32")


def moment(*columns: str) -> Check:
    """Allow moments in whole seconds; infinity is none."""
    each = (f"(isfinite({column}) AND {column} = date_trunc('second', {column}))" for column in columns)
    return Check(" AND ".join(each))
