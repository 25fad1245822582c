"""Checks limits as they are written; counts nothing."""

from collections.abc import Iterator

from calendars.limit import parse_limit
from schemes.faults import Wrong
from schemes.structure import LIMIT_FORMS
from words import Sentence, sentence

_WHY = {
    "longer than ten years": sentence("{limit!r} is longer than ten years").pattern,
    "positive count": sentence("{limit!r} is not a whole, positive count").pattern,
    "": sentence("{limit!r} is not a limit").pattern,
}


def wrong_limit(path: str, limit: str | None) -> Iterator[Wrong]:
    """Refuse a limit that no clock can count."""
    if limit is None or limit == "at-once":
        return
    try:
        parse_limit(limit)
    except ValueError as fault:
        what = next(form for sign, form in _WHY.items() if sign in str(fault))
        yield Wrong(path, Sentence(what, {"limit": limit}), sentence("Write {limit_forms}, at most ten years", limit_forms=LIMIT_FORMS))
