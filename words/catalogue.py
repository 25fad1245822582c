"""The catalogues, one file a language: Chinese for every sentence, and in both languages what has a name; reads them once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from words.language import Language, spoken


@cache
def sentences() -> Mapping[str, str]:
    """Give every sentence in Chinese by its English pattern."""
    return {pattern: said for room in _read("zh")["sentences"].values() for pattern, said in room.items()}


def name_of(kind: str, key: str, language: Language | None = None) -> str:
    """Say what something is called: a state, a light, a head of a table; one without a name is called by its key."""
    return names(kind, language).get(key, key)


def names(kind: str, language: Language | None = None) -> Mapping[str, str]:
    """Give every name of one kind, in the language that is spoken; a kind that there is not is a `KeyError`."""
    found: Mapping[str, str] = _read(language or spoken())["names"][kind]
    return found


@cache
def _read(language: Language) -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name(f"{language}.toml").read_text("utf-8"))
