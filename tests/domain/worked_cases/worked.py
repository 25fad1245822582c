"""A worked case for lawyers as its file tells it; works nothing out.

A file tells one matter, or several cases that belong to it (a commitment beside the works under it), each by a name of its own;
`{name}` in an act stands for that case's id.
"""

import re
import tomllib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from domain.acts import Acted, decode_act
from tests.domain.stories import shanghai

FILES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.toml"))
NAMES = [f"{path.parent.name}/{path.stem}" for path in FILES]
_NAMED = re.compile(r"\{([\w-]+)\}")


class Refused(Struct, frozen=True, forbid_unknown_fields=True):
    """How an act is refused: the kind of refusal, and words that its message holds."""

    kind: str
    says: str
    hidden: bool = False
    """The case is not the party's to see: over HTTP there is no such case."""


class Act(Struct, frozen=True, forbid_unknown_fields=True):
    """One act of a file; the role is the first that the plan gives the party for it."""

    at: str
    by: str
    act: dict[str, Any]
    case: str = ""
    written: str | None = None
    role: str | None = None
    account: str = "person"
    district: str | None = None
    refused: Refused | None = None
    doubts: tuple[str, ...] | None = None
    """Words of each doubt that the act is taken with; not looked at where left out."""

    @property
    def moment(self) -> datetime:
        return shanghai(self.at)

    @property
    def recorded(self) -> datetime:
        return shanghai(self.written or self.at)

    def told(self, ids: dict[str, str]) -> dict[str, Any]:
        """Give the act as it is sent, with the ids of the cases that it names."""
        text = msgspec.json.encode(self.act).decode()
        told: dict[str, Any] = msgspec.json.decode(_NAMED.sub(lambda found: ids.get(found[1], found[0]), text))
        return told

    def body(self, ids: dict[str, str]) -> Acted:
        return decode_act(msgspec.json.encode(self.told(ids)))


STILL = "stands still"


class Deadline(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A clock at the end of the file."""

    rule: str
    keys: tuple[str, ...]
    party: str
    due: str
    """`stands still` where it has no due moment as things are."""
    state: str
    case: str = ""


class Found(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A finding at the end of the file."""

    rule: str
    keys: tuple[str, ...]
    party: str
    due: str
    state: str = "open"
    case: str = ""
    contested: bool | None = None
    """Whether the other reading would have cleared it; not looked at where left out."""

    @property
    def bare(self) -> "Found":
        """Give what every file tells of it."""
        return msgspec.structs.replace(self, contested=None)


class Way(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """The route that a utility's works take, and its length."""

    utility: str
    route: str
    metres: int
    case: str = ""


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """A file."""

    title: str
    scheme: str
    why: str
    now: str
    acts: tuple[Act, ...]
    deadlines: tuple[Deadline, ...] = ()
    findings: tuple[Found, ...] = ()
    routes: tuple[Way, ...] = ()
    """Looked at where there are any: then of every utility that they name."""
    states: dict[str, str] = {}
    """How each case ends; every other is open."""
    numbers: dict[str, int] = {}
    """The running numbers that its cases get, in a year that begins with this file."""
    suspicions: dict[str, tuple[str, ...]] | None = None
    """What each case has for a person to look at, in order; not looked at where left out."""


def read(path: Path) -> Example:
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Example)


def check_doubts(act: Act, doubts: tuple[str, ...]) -> None:
    """Compare the doubts with their words in the file, one for one."""
    if act.doubts is not None:
        assert len(doubts) == len(act.doubts), (act.at, doubts)
        assert all(any(words in doubt for doubt in doubts) for words in act.doubts), (act.at, doubts)


def check_findings(found: Iterable[Found], expected: Iterable[Found]) -> None:
    """Compare findings one for one, and whether they are contested where the file says so."""
    by_bare = {one.bare: one.contested for one in found}
    assert sorted(by_bare) == sorted(one.bare for one in expected)
    told = [one for one in expected if one.contested is not None]
    assert {one.bare: by_bare[one.bare] for one in told} == {one.bare: one.contested for one in told}


def check_suspicions(found: Iterable[tuple[str, str]], expected: dict[str, tuple[str, ...]] | None) -> None:
    """Compare what there is to look at, case by case, where the file says so."""
    if expected is not None:
        assert sorted(found) == sorted((name, about) for name, several in expected.items() for about in several)
