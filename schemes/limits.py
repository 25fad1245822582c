"""Checks limits as they are written; counts nothing."""

from collections.abc import Iterator

from calendars.limit import parse_limit
from schemes.faults import Wrong
from schemes.structure import LIMIT_FORMS
from words import sentence


def wrong_limit(path: str, limit: str | None) -> Iterator[Wrong]:
    """Refuse a limit that no clock can count."""
    if limit is None or limit == "at-once":
        return
    try:
        parse_limit(limit)
    except ValueError as fault:
        yield Wrong(path, str(fault).partition(";")[0], sentence("Write {limit_forms}, at most ten years", limit_forms=LIMIT_FORMS))
