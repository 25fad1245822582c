"""What each kind of act carries, by the names that rules use: its fields, and those of the elements of its lists."""

from functools import cache
from typing import Any

from msgspec import Struct, inspect

from domain.acts import KINDS

SINGULAR = {"utilities": "utility", "departments": "department", "documents": "document"}
"""A list of codes or names is asked for one by one under this name."""

OF_CASE: dict[str, tuple[str | bool, ...]] = {
    "route": ("commitment", "joint", "none"),
    "class": ("general", "complex"),
    "business_environment": (True, False),
}
"""What a condition may ask of the case itself, and the answers."""


class Carried(Struct, frozen=True):
    """An act's own fields, and for each of its lists the fields of an element; types as msgspec sees them."""

    fields: dict[str, inspect.Type]
    lists: dict[str, dict[str, inspect.Type]]
    optional: frozenset[str]

    def names(self) -> set[str]:
        """Every name that an owner may be read from."""
        return {*self.fields, *(name for element in self.lists.values() for name in element)}

    def types(self, name: str) -> list[inspect.Type]:
        """Every type that the name has in the act or in an element."""
        own = [self.fields[name]] if name in self.fields else []
        return own + [element[name] for element in self.lists.values() if name in element]

    def listing(self, name: str) -> list[str]:
        """The lists whose elements have the name."""
        return [key for key, element in self.lists.items() if name in element]


@cache
def carried(act: str) -> Carried:
    """Look an act's kind up; the caller has seen that there is one."""
    info = inspect.type_info(KINDS[act])
    assert isinstance(info, inspect.StructType)  # noqa: S101 -- every kind of act is a struct
    own = {_spoken(field.name): _filled(field.type) for field in info.fields}
    optional = frozenset(_spoken(field.name) for field in info.fields if not field.required)
    return Carried(own, _lists(own), optional)


def is_moment(kind: inspect.Type) -> bool:
    """Say whether the field holds a moment."""
    return isinstance(kind, inspect.DateTimeType)


def is_moment_or_day(kind: inspect.Type) -> bool:
    """Say whether the field can say when something is due."""
    return isinstance(kind, inspect.DateTimeType | inspect.DateType)


def answers(kind: inspect.Type) -> tuple[Any, ...] | None:
    """Give the values that a field can have, where they are few; None for free text."""
    if isinstance(kind, inspect.BoolType):
        return (True, False)
    return kind.values if isinstance(kind, inspect.LiteralType) else None


def _spoken(name: str) -> str:
    """A field whose name is a word of the language is written without its underscore (`class`)."""
    return name.rstrip("_")


def _filled(kind: inspect.Type) -> inspect.Type:
    kind = kind.type if isinstance(kind, inspect.Metadata) else kind
    if not isinstance(kind, inspect.UnionType):
        return kind
    return next(one for one in kind.types if not isinstance(one, inspect.NoneType))


def _lists(own: dict[str, inspect.Type]) -> dict[str, dict[str, inspect.Type]]:
    found: dict[str, dict[str, inspect.Type]] = {}
    for name, kind in own.items():
        if isinstance(kind, inspect.StructType):
            found |= _lists({_spoken(field.name): _filled(field.type) for field in kind.fields})
        elif isinstance(kind, inspect.VarTupleType):
            found[name] = _element(name, kind.item_type)
    return found


def _element(name: str, kind: inspect.Type) -> dict[str, inspect.Type]:
    kind = _filled(kind)
    if isinstance(kind, inspect.StructType):
        return {_spoken(field.name): _filled(field.type) for field in kind.fields}
    return {SINGULAR[name]: kind} if name in SINGULAR else {}
