"""Says in plain words how two schemes differ; does not say which is right."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct

from domain.intake.boxes import BOXES
from domain.schemes.scheme import Scheme
from words import Sentence, listed, sentence

_ROWS = {
    "parties": (sentence("party {name}"), "code"),
    "districts": (sentence("district {name}"), "code"),
    "signoffs": (sentence("sign-off of {name}"), "department"),
    "deciders": (sentence("decider {name}"), "by"),
    "rule": (sentence("rule {name}"), "id"),
}
"""Rows of tables: what one is called, and the key by which it is found in the other scheme."""
_NAMED = {"acts": sentence("act {name}"), "assumptions": sentence("assumption {name}")}
_ZONE, _FORM = sentence("zone {name}"), sentence("form {name}")

Leaves = dict[str, str]
"""Each value of a table by its path, as people read it."""


class Change(Struct, frozen=True):
    """One difference: where it is, and what it was and is."""

    kind: Literal["added", "removed", "changed"]
    where: str
    was: str | None = None
    now: str | None = None

    @property
    def words(self) -> Sentence:
        """Say it in a line: `rule joint-approval: deadline.limit: 3wd -> 2wd`."""
        if self.kind == "changed":
            return sentence("{where}: {was} -> {now}", where=self.where, was=self.was, now=self.now)
        if self.kind == "added":
            return sentence("{where}: added ({now})", where=self.where, now=self.now)
        return sentence("{where}: removed ({was})", where=self.where, was=self.was)

    def __str__(self) -> str:
        """Say it in English."""
        return str(self.words)


def diff(a: Scheme, b: Scheme) -> list[Change]:
    """Give what has to change in `a` to make `b`, in the order of the file; rows are matched by their codes."""
    before, after = dict(_things(a)), dict(_things(b))
    return [change for thing in _either(before, after) for change in _thing(thing, before.get(thing), after.get(thing))]


def _either(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[str]:
    return [*a, *(key for key in b if key not in a)]


def _thing(name: str, was: Leaves | None, now: Leaves | None) -> Iterator[Change]:
    if was is None or now is None:
        kind: Literal["added", "removed"] = "added" if was is None else "removed"
        yield _change(kind, name, _title(now or was or {}))
        return
    for path in _either(was, now):
        where = sentence("{thing}: {path}", thing=name, path=path) if name else path
        if path not in was:
            yield _change("added", where, now[path])
        elif path not in now:
            yield _change("removed", where, was[path])
        elif was[path] != now[path]:
            yield Change("changed", where, was[path], now[path])


def _change(kind: Literal["added", "removed"], where: str, said: str) -> Change:
    return Change(kind, where, now=said) if kind == "added" else Change(kind, where, was=said)


def _title(leaves: Leaves) -> str:
    """What a thing is called by people, or all that it says."""
    return next((leaves[key] for key in ("title", "name", "text") if key in leaves), listed(leaves.values()))


def _things(scheme: Scheme) -> Iterator[tuple[str, Leaves]]:
    """Give each named thing of a scheme with its values; what has no name of its own comes first."""
    tables: dict[str, Any] = msgspec.to_builtins(scheme)
    zones = tables["scope"].pop("zones")
    rest = {key: value for key, value in tables.items() if key not in _ROWS and key not in _NAMED and key != "forms"}
    yield "", dict(_leaves("", rest))
    rows = [(called, row[key], row) for table, (called, key) in _ROWS.items() for row in tables[table]]
    rows += [(_ZONE, zone["code"], zone) for zone in zones]
    rows += [(called, name, row) for table, called in _NAMED.items() for name, row in tables[table].items()]
    rows += [(_FORM, name, _by_box(form)) for name, form in tables["forms"].items()]
    for called, name, row in rows:
        yield Sentence(called.pattern, {"name": name}), dict(_leaves("", row))


def _by_box(form: dict[str, Any]) -> dict[str, Any]:
    """Let every box of a form be a value of its own, under its name on paper."""
    boxes = {key: {box: BOXES[box] for box in form[key]} for key in ("boxes", "also")}
    wanted = {key: {" or ".join(one): True for one in map(_alternatives, form[key])} for key in ("required", "expected")}
    return form | boxes | wanted


def _alternatives(one: str | Sequence[str]) -> Sequence[str]:
    return (one,) if isinstance(one, str) else one


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 -- anything a table holds
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list | tuple) and any(isinstance(one, dict) for one in value):
        for number, inner in enumerate(value):
            yield from _leaves(f"{path}[{number}]", inner)
    elif value not in (None, [], ()):
        yield path, _said(value)


def _said(value: Any) -> str:  # noqa: ANN401 -- anything a table holds
    if isinstance(value, list | tuple):
        return listed(_said(one) for one in value)
    if isinstance(value, bool):
        return sentence("yes") if value else sentence("no")
    return str(value)
