"""What may stand in words that people write: something to read, and no character that hides or turns other ones."""

import re
from collections.abc import Iterator
from functools import cache

import msgspec
from msgspec import inspect

from domain.acts.field import MOST_OF_TEXT
from domain.refusals import Malformed
from words import sentence

_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_IN_TEXT = re.compile(f"[{_CONTROLS}{_HIDDEN}]")
_IN_LINE = re.compile(f"[{_CONTROLS}\t\n\r\u200c\u200d{_HIDDEN}]")


def check_wording(act: msgspec.Struct) -> None:
    """Refuse words of nothing but spaces, and control, direction and zero-width characters: they print other than they read."""
    for name, text, long in _texts(act):
        found = (_IN_TEXT if long else _IN_LINE).search(text)
        if found is not None:
            message = sentence(
                "{name} holds the character U+{code:04X}, which cannot be seen or turns the text round; write it without",
                name=name,
                code=ord(found[0]),
            )
            raise Malformed(message, field=name)
        if not text.strip():
            message = sentence("{name} holds nothing but spaces; write it, or leave it out", name=name)
            raise Malformed(message, field=name)


def _texts(value: msgspec.Struct) -> Iterator[tuple[str, str, bool]]:
    """Give every text of a struct at any depth, with its name on the wire and whether it may have lines."""
    for attribute, name, long in _fields(type(value)):
        yield from _within(getattr(value, attribute), name, long=long)


def _within(held: object, name: str, *, long: bool) -> Iterator[tuple[str, str, bool]]:
    if isinstance(held, str):
        yield name, held, long
    elif isinstance(held, msgspec.Struct):
        yield from _texts(held)
    elif isinstance(held, tuple):
        for one in held:
            yield from _within(one, name, long=long)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, str, bool], ...]:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)  # noqa: S101 -- asked of structs alone
    return tuple((one.name, one.encode_name, _may_have_lines(one.type)) for one in info.fields)


def _may_have_lines(kind: inspect.Type) -> bool:
    """A `Text` may; a name, an address or a number has one line."""
    if isinstance(kind, inspect.UnionType):
        return any(map(_may_have_lines, kind.types))
    if isinstance(kind, inspect.VarTupleType):
        return _may_have_lines(kind.item_type)
    return isinstance(kind, inspect.StrType) and kind.max_length == MOST_OF_TEXT
