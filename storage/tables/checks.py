"""Checks that the database keeps itself, since Piccolo enforces neither choices nor offsets; each name carries its table and a version."""

from typing import Any, get_args

from piccolo.constraints import Check


def one_of(column: str, choices: Any, name: str) -> Check:  # noqa: ANN401 -- a Literal has no type of its own
    """Allow the words of a domain literal alone; new words need a new name, or no migration sees them."""
    words = ", ".join(f"'{word}'" for word in get_args(choices))
    return Check(f"{column} IN ({words})", name=name)


def numbered(column: str, name: str) -> Check:
    """Allow the numbers from 1."""
    return Check(f"{column} >= 1", name=name)


def digest(column: str, name: str) -> Check:
    """Allow a digest of 32 bytes (SHA-256 and SM3 alike)."""
    return Check(f"octet_length({column}) = 32", name=name)


def moment(*columns: str, name: str) -> Check:
    """Allow moments in whole seconds; infinity is none."""
    each = (f"(isfinite({column}) AND {column} = date_trunc('second', {column}))" for column in columns)
    return Check(" AND ".join(each), name=name)
