"""Every sentence for people can be said in Chinese, with the same values, and no catalogue holds what nobody says."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "auditor", "board", "calendars", "casework", "cli", "domain", "exports", "schemes", "simulation", "storage")
ZH, EN = (tomllib.loads((ROOT / "words" / f"{name}.toml").read_text("utf-8")) for name in ("zh", "en"))
SAID = {pattern: said for room in ZH["sentences"].values() for pattern, said in room.items()}


def patterns(room: str) -> Iterator[str]:
    """The sentences that a room's files write."""
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"sentence", "said"}:
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{path}:{node.lineno}: a pattern is written out, so that it can be found"
                assert isinstance(first.value, str)
                yield first.value


def values(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_is_there_in_chinese(room: str) -> None:
    assert sorted(set(patterns(room)) - set(SAID)) == []


def test_no_catalogue_keeps_what_nobody_says() -> None:
    assert sorted(set(SAID) - {pattern for room in ROOMS for pattern in patterns(room)}) == []


@pytest.mark.parametrize("pattern", sorted(SAID))
def test_a_sentence_says_the_same_values_in_both(pattern: str) -> None:
    assert values(SAID[pattern]) == values(pattern)


def test_both_languages_have_the_same_names() -> None:
    assert {kind: set(names) for kind, names in ZH["names"].items()} == {kind: set(names) for kind, names in EN["names"].items()}
