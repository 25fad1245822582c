"""How keys, conditions and moments are read off acts: worked out once per rule, at load."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from domain.acts import KINDS
from domain.acts.field import Acted
from domain.schemes.rule import Equal
from words import listed, sentence

PLURAL = {"utility": "utilities", "department": "departments", "document": "documents", "district": "districts"}
Keys = tuple[str, ...]
Made = tuple[Keys, Any]
"""The keys of one clock and the element of the act that made it (or None)."""
Getter = Callable[[Any], Any]
_PAIR = 2


class WrongField(ValueError):
    """A rule names a field that the act does not have."""


def attribute(kind: type[Struct], name: str) -> str | None:
    """Find the struct's attribute for a field's name as the scheme writes it (`class` is `class_`)."""
    fields = kind.__struct_fields__
    return name if name in fields else f"{name}_" if f"{name}_" in fields else None


def getter(kind: type[Struct], name: str) -> Getter:
    """Make the reader of one field of that kind of act."""
    found = attribute(kind, name)
    if found is None:
        fields = listed(kind.__struct_fields__) or sentence("none")
        message = sentence("{act} has no field {name!r}; it has {fields}", act=NAMES.get(kind, kind.__name__), name=name, fields=fields)
        raise WrongField(message)
    return attrgetter(found)


NAMES: dict[type[Struct], str] = {kind: tag for tag, kind in KINDS.items()}


def element_type(kind: type[Struct], path: str) -> type[Struct] | None:
    """Say what a list field holds: a struct, or None for plain text."""
    field = next(f for f in msgspec.structs.fields(kind) if f.name == path)
    return next((a for a in _arguments(field.type) if isinstance(a, type) and issubclass(a, Struct)), None)


def _itself(element: Any) -> Any:  # noqa: ANN401 -- a list of plain text has no fields to read
    return element


def _together(readers: Sequence[Getter]) -> Callable[[Any], Keys]:
    """Read several fields as one tuple, in as few steps as can be: most rules have one key or two."""
    if len(readers) == 1:
        (only,) = readers
        return lambda held: (only(held),)
    if len(readers) == _PAIR:
        first, second = readers
        return lambda held: (first(held), second(held))
    return lambda held: tuple([read(held) for read in readers])


def _spelt(kind: type[Struct], name: str) -> Getter:
    """Make the reader of a key: keys are texts, and an id is spelt out."""
    read = getter(kind, name)
    field = next(one for one in msgspec.structs.fields(kind) if one.name == attribute(kind, name))
    return (lambda held: str(read(held))) if field.type is UUID else read


def _arguments(hint: Any) -> Iterable[Any]:  # noqa: ANN401 -- a type hint is anything
    yield hint
    for inner in getattr(hint, "__args__", ()):
        yield from _arguments(inner)


class KeyReader:
    """Reads the key tuples off one kind of act: scalar fields, or one for each element of a list."""

    def __init__(self, tag: str, keys: Iterable[str], each: str | None = None, *, partial: bool = False) -> None:
        """Find where each key stands; with `partial`, keys that the act does not name are left out (`named`)."""
        self.kind: type[Acted] = KINDS[tag]
        keys = tuple(keys)
        self.list_path = self._list(keys, each)
        self.element = element_type(*self._owner(self.list_path)) if self.list_path else None
        self.named = tuple(key for key in keys if not partial or self._stands(key))
        self.readers = tuple(self._reader(key) for key in self.named)
        self.may_lack = any(self._may_lack(key) for key in self.named)
        """Whether an act may leave a key open (None)."""
        self._list_of: Getter | None = attrgetter(self.list_path) if self.list_path else None

        self.read = self._compiled()
        """Gives the key tuples that an act names, each with its element."""

    def _compiled(self) -> Callable[[Any], list[Made]]:
        """Decide once how the keys are read: off the act, off each element, or off both."""
        readers, list_of = self.readers, self._list_of
        together = _together([read for _, read in readers])
        if list_of is None:
            return lambda act: [(together(act), None)]
        if all(off for off, _ in readers):
            return lambda act: [(together(element), element) for element in list_of(act)]
        return lambda act: [(tuple([read(element if off else act) for off, read in readers]), element) for element in list_of(act)]

    def _list(self, keys: Keys, each: str | None) -> str | None:
        if each is not None:
            return self._path(each)
        missing = [key for key in keys if attribute(self.kind, key) is None]
        if not missing:
            return None
        plain = [PLURAL[key] for key in missing if attribute(self.kind, PLURAL.get(key, "")) is not None]
        return plain[0] if plain else self._structs(missing)

    def _structs(self, missing: list[str]) -> str | None:
        for field in msgspec.structs.fields(self.kind):
            element = element_type(self.kind, field.name)
            if element is not None and all(attribute(element, key) for key in missing):
                return field.name
        return None

    def _path(self, each: str) -> str:
        if attribute(self.kind, each):
            return each
        form = element_type(self.kind, "form") if attribute(self.kind, "form") else None
        if form is not None and attribute(form, each):
            return f"form.{each}"
        message = sentence("{act} has no list {name!r}", act=NAMES[self.kind], name=each)
        raise WrongField(message)

    def _owner(self, path: str) -> tuple[type[Struct], str]:
        if path.startswith("form."):
            form = element_type(self.kind, "form")
            return (form or self.kind), path.removeprefix("form.")
        return self.kind, path

    def _stands(self, key: str) -> bool:
        return attribute(self.kind, key) is not None or self._on_element(key)

    def _on_element(self, key: str) -> bool:
        if self.list_path is None:
            return False
        if self.element is None:
            return PLURAL.get(key) == self.list_path
        return attribute(self.element, key) is not None

    def _may_lack(self, key: str) -> bool:
        kind = self.element if self.element is not None and self._on_element(key) else self.kind
        name = attribute(kind, key)
        return any(field.name == name and type(None) in _arguments(field.type) for field in msgspec.structs.fields(kind))

    def _reader(self, key: str) -> tuple[bool, Getter]:
        if self._on_element(key):
            return True, (_itself if self.element is None else _spelt(self.element, key))
        return False, _spelt(self.kind, key)


class Condition:
    """Equality on fields: of the element, then of the act, then of the case."""

    def __init__(self, equal: Equal, kind: type[Acted], element: type[Struct] | None, of_case: Iterable[str]) -> None:
        """Decide once where each field is looked up."""
        self.on_element: list[tuple[Getter, Any]] = []
        self.on_act: list[tuple[Getter, Any]] = []
        self.on_case: list[tuple[str, Any]] = []
        for name, value in equal.items():
            if element is not None and attribute(element, name):
                self.on_element.append((getter(element, name), value))
            elif attribute(kind, name):
                self.on_act.append((getter(kind, name), value))
            elif name in of_case:
                self.on_case.append((name, value))
            else:
                getter(kind, name)
        self.always = not equal

    def holds(self, act: Acted, element: Any, of_case: Callable[[str], Any]) -> bool:  # noqa: ANN401 -- an element is any struct
        """Say whether every field has its value."""
        if self.always:
            return True
        return self.fits(act, element) and all(of_case(name) == value for name, value in self.on_case)

    def fits(self, act: Acted, element: Any) -> bool:  # noqa: ANN401 -- as above
        """Say so of the fields of the element and the act."""
        for read, value in self.on_element:
            if read(element) != value:
                return False
        for read, value in self.on_act:  # noqa: SIM110 -- a generator is felt in every audit
            if read(act) != value:
                return False
        return True
