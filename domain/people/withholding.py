"""Takes fields out of an act: what a reader may not read, and what the feed leaves out; it decides about no reader."""

from collections.abc import Collection
from functools import cache
from typing import Any

from msgspec import NODEFAULT, structs
from msgspec.structs import replace

from domain.acts import ROWS, Acted
from domain.acts.kinds import leaves, parts_of
from domain.people.fields import is_about_somebody
from domain.people.particulars import LEFT_OUT


def as_fed(act: Acted) -> Acted:
    """Give the act as the feed carries it."""
    firms, persons, names = _not_fed(type(act))
    for name in names:
        act = replace(act, **{name: f"{LEFT_OUT}.{getattr(act, name).rpartition('.')[2]}"})
    return without(act, persons if persons is not firms and is_about_somebody(act) else firms)


@cache
def _not_fed(kind: type[Acted]) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Give the paths that are left out of an act about a firm, and about somebody, and those of which the ending alone is told."""
    fields = ROWS[kind].fields.items()
    never = frozenset(path for path, field in fields if field.fed == "never")
    of_firms = frozenset(path for path, field in fields if field.fed == "of-firms")
    return never, never | of_firms if of_firms else never, tuple(path for path, field in fields if field.fed == "suffix")


def without(act: Acted, paths: Collection[str]) -> Acted:
    """Take these fields out of an act: each is as if it had not been given, and a text that has to be there is a dash.

    `TypeError` for a field that has to be there and is no text: it can be withheld from nobody who reads the entry.
    """
    return _without(act, "", paths) if paths else act


def _without(part: Any, at: str, paths: Collection[str]) -> Any:  # noqa: ANN401 -- an act, or a piece of one
    changed: dict[str, Any] = {}
    for field in structs.fields(part):
        path, value = f"{at}{field.name}", getattr(part, field.name)
        inside = [one for one in paths if one == path or one.startswith(f"{path}.")]
        if not inside:
            continue
        if _leaves_of(field, path) <= set(inside):
            changed[field.name] = _empty(field, path)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(_without(one, f"{path}.", inside) for one in value)
        elif value is not None:
            changed[field.name] = _without(value, f"{path}.", inside)
    return replace(part, **changed)


def _leaves_of(field: structs.FieldInfo, path: str) -> set[str]:
    return {leaf for piece in parts_of(field.type) for leaf in leaves(piece, f"{path}.")} or {path}


def _empty(field: structs.FieldInfo, path: str) -> Any:  # noqa: ANN401 -- whatever the field's own default is
    if field.default is not NODEFAULT:
        return field.default
    if field.default_factory is not NODEFAULT:
        return field.default_factory()
    if field.type is str or str in getattr(field.type, "__args__", (getattr(field.type, "__origin__", None),)):
        return LEFT_OUT
    message = f"{path} has to be there: it cannot be withheld"
    raise TypeError(message)
