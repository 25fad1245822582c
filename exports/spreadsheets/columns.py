"""The columns of a sheet, worked out from the struct that is shown: its fields in its own order, each once; reads no value anew."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from exports.spreadsheets.cells import Cell, cell_of

_OWN = "own"
"""What a value within a value is of its own: it stands under the name of the whole."""
_PLAIN = frozenset({str, int, datetime})


class Column(Struct, frozen=True, eq=False):
    """How a field stands in a sheet, written beside it as its annotation. Without one it stands under its own name, as it is."""

    heading: str = ""
    """For people; of one struct every column has one, or none."""
    says: Mapping[str, str] = {}
    """What people read for its codes."""
    of: Callable[[Any], Any] | None = None
    """What stands in it, of the whole that is shown."""
    name: str = ""
    """Instead of the wire's name."""


class Apart(Struct, frozen=True):
    """Said beside a field that no sheet has: why."""

    why: str


class _Placed(Struct, frozen=True, eq=False):
    """A column in its place."""

    name: str
    column: Column
    path: str
    """Where its value stands, whatever is made of it."""
    made: Callable[[Any], Any] | None
    is_flag: bool


class Columns:
    """A struct's columns, and the rows that what is shown makes of them."""

    def __init__(self, kind: type[Struct]) -> None:
        """Work them out; two of one name, a part without its own, and a heading too few are faults of ours, said at once."""
        placed = tuple(_placed(kind))
        self.head = tuple(one.name for one in placed)
        headings = tuple(one.column.heading for one in placed)
        if len(set(self.head)) < len(placed) or 0 < headings.count("") < len(placed):
            message = f"{kind.__name__}: each column has a name of its own, and all have a heading or none: {self.head}, {headings}"
            raise TypeError(message)
        self.head_for_people = headings if all(headings) else self.head
        self._plain = attrgetter(*(one.path for one in placed))
        self._made = [(place, one.made) for place, one in enumerate(placed) if one.made is not None]
        sayers = [_sayer(one) for one in placed] if all(headings) else []
        self._sayers = [(place, say) for place, say in enumerate(sayers) if say is not None]

    def named(self, item: Struct) -> dict[str, Any]:
        """Give a row for programs: the values by their columns' names."""
        return dict(zip(self.head, self._values(item), strict=True))

    def _values(self, item: Struct) -> list[Any]:
        values = list(self._plain(item))
        for place, made in self._made:
            values[place] = made(item)
        return values

    def cells(self, item: Struct) -> list[Cell]:
        """Give a row as programs read it from a sheet."""
        return _cells(self._values(item))

    def cells_for_people(self, item: Struct) -> list[Cell]:
        """Give a row as people read it, where its columns have headings for them; codes that are not said stay as they are."""
        values = self._values(item)
        for place, say in self._sayers:
            values[place] = say(values[place])
        return _cells(values)


def _cells(values: Iterable[Any]) -> list[Cell]:
    return [value if type(value) in _PLAIN else "" if value is None else cell_of(value) for value in values]


def _placed(kind: type[Struct]) -> Iterator[_Placed]:
    for field in msgspec.structs.fields(kind):
        beside = _beside(field)
        if any(isinstance(one, Apart) for one in beside):
            continue
        columns = [one for one in beside if isinstance(one, Column)]
        inner = _within(field)
        if inner is None or any(one.of for one in columns):
            yield from (_one(field, column) for column in columns or [Column()])
        else:
            yield from (_inner(field, one) for one in _placed(inner))


def _beside(field: FieldInfo) -> Sequence[Any]:
    return field.type.__metadata__ if get_origin(field.type) is Annotated else ()


def _within(field: FieldInfo) -> type[Struct] | None:
    """Give the struct that a field holds; one that holds many has to say what a sheet makes of them."""
    bare = get_args(field.type)[0] if get_origin(field.type) is Annotated else field.type
    parts = get_args(bare) if get_origin(bare) in {Union, UnionType} else (bare,)
    held = [one for one in parts if isinstance(one, type) and issubclass(one, Struct)]
    many = [one for part in parts for one in get_args(part) if isinstance(one, type) and issubclass(one, Struct)]
    if many and not any(isinstance(one, Column) and one.of for one in _beside(field)):
        message = f"{field.name}: say beside it by a Column what a sheet makes of so many, or by Apart why it has none of it"
        raise TypeError(message)
    return held[0] if held else None


def _may_be_missing(field: FieldInfo) -> bool:
    bare = get_args(field.type)[0] if get_origin(field.type) is Annotated else field.type
    return NoneType in get_args(bare)


def _one(field: FieldInfo, column: Column) -> _Placed:
    is_flag = bool in [field.type, *get_args(field.type)]
    return _Placed(column.name or field.encode_name, column, field.name, column.of, is_flag and column.of is None)


def _inner(field: FieldInfo, one: _Placed) -> _Placed:
    """Place a column of a value within a value; where that may be missing, all its columns are empty then."""
    name = field.encode_name if one.name == _OWN else one.name
    if one.made is None and not _may_be_missing(field):
        return _Placed(name, one.column, f"{field.name}.{one.path}", None, one.is_flag)
    whole, value = attrgetter(field.name), one.made or attrgetter(one.path)
    return _Placed(name, one.column, field.name, lambda item: None if (held := whole(item)) is None else value(held), one.is_flag)


def _sayer(one: _Placed) -> Callable[[Any], Any] | None:
    if one.is_flag:
        return lambda value: "是" if value else ""
    says = one.column.says
    if not says:
        return None
    return lambda value: "、".join(says.get(part, part) for part in value) if isinstance(value, tuple) else says.get(value, value)
