"""The worked cases for lawyers: of each, every deadline and finding that its file works out by hand, and no other finding."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.acts import decode_act
from tests.domain.stories import Story, said

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*/*.toml"))
NAMES = [f"{path.parent.name}/{path.stem}" for path in EXAMPLES]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _told(example: dict[str, Any]) -> Story:
    story = Story(example["scheme"])
    for one in example["acts"]:
        story.at(one["at"], one.get("written")).does(decode_act(msgspec.json.encode(one["act"])), by=one["by"])
    return story


def test_each_city_has_at_least_six_worked_cases() -> None:
    cities = [path.parent.name for path in EXAMPLES]
    assert min(cities.count("daye"), cities.count("jingmen")) >= 6


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_every_deadline_is_due_when_the_example_works_it_out(path: Path) -> None:
    example = _read(path)
    story = _told(example)
    for one in example["deadlines"]:
        clock = story.clock(one["rule"], *one["keys"])
        assert (clock.party, said(clock.due), clock.state) == (one["party"], one["due"], one["state"]), one


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_the_findings_are_those_of_the_example_and_no_other(path: Path) -> None:
    example = _read(path)
    found = [(f.rule, list(f.keys), f.party, said(f.due_at), f.state) for f in _told(example).swept(example["now"])]
    expected = [(one["rule"], one["keys"], one["party"], one["due"], "open") for one in example.get("findings", ())]
    assert sorted(found) == sorted(expected)
