"""Which language is spoken now, and which one somebody asked for; Chinese, where nobody said."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_spoken: ContextVar[Language] = ContextVar("language", default="zh")


def spoken() -> Language:
    """Give the language that is spoken here."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language until the end of the block, in this task alone."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def speak(language: Language) -> None:
    """Speak a language from now on, in this task: for one that answers a single request or runs a single command."""
    _spoken.set(language)


@lru_cache(256)
def language_of(wanted: str | None) -> Language:
    """Choose by a header `Accept-Language` (RFC 9110, 12.5.4) or a locale (`en_GB.UTF-8`): the first of ours with the highest weight."""
    ranked = sorted((_weighed(one) for one in (wanted or "").split(",")), key=lambda one: -one[1])
    return next((language for name, weight in ranked for language in LANGUAGES if weight > 0 and name == language), "zh")


def _weighed(one: str) -> tuple[str, float]:
    name, _, weight = one.partition(";")
    primary = name.strip().lower().replace("_", "-").partition("-")[0].partition(".")[0]
    try:
        return primary, float(weight.strip().removeprefix("q=")) if weight else 1.0
    except ValueError:
        return primary, 0.0
