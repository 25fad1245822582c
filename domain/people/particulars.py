"""Finds the particulars in an act and puts others in their place: sealed before it is written, masked before it is shown."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from domain.acts import Acted
from domain.people.fields import PERSONAL, Personal, is_about_somebody
from domain.refusals import Malformed
from words import sentence

MARK = "sealed:"
"""What every sealed value begins with, and no given one may."""
ERASED = "已删除"
"""Stands where the key has been destroyed."""
UNREADABLE = "无法读取"
"""Stands where the key cannot be had now."""
LEFT_OUT = "—"
"""Stands where a text would that has to be there and is kept from the reader, such as a resident's own name."""
Seal = Callable[[str, str], str]
"""Seals or opens a value: given the field's name and the text."""


def may_hold(act: Acted) -> bool:
    """Say whether this kind of act has room for particulars."""
    return type(act) in PERSONAL


def particulars(act: Acted) -> list[tuple[Personal, str]]:
    """Give every particular that the act holds, with its field; none of most acts."""
    found = ((field, _value(act, field.path)) for field in PERSONAL.get(type(act), ()))
    return [(field, value) for field, value in found if value is not None and _is_personal(field, act)]


def replaced(act: Acted, change: Callable[[Personal, str], str]) -> Acted:
    """Put another text in the place of each particular."""
    for field, value in particulars(act):
        act = _with(act, field.path, change(field, value))
    return act


def sealing(seal: Seal) -> Callable[[Acted], Acted]:
    """Make of a seal for one value the step that seals an act; a given value that looks sealed, or is too long, is refused."""

    def step(act: Acted) -> Acted:
        _check_given(act)
        return replaced(act, lambda field, value: seal(field.name, value))

    return step


def masked(act: Acted, opened: Seal) -> Acted:
    """Mask every particular, opened first where it is sealed; what is gone is shown as gone."""
    return replaced(act, lambda field, value: _mask(field, opened(field.name, value)))


def _mask(field: Personal, plain: str) -> str:
    return plain if plain in {ERASED, UNREADABLE, LEFT_OUT} else field.mask(plain)


def _check_given(act: Acted) -> None:
    for field in PERSONAL.get(type(act), ()):
        value = _value(act, field.path)
        if value is None:
            continue
        if value.startswith(MARK):
            message = sentence(
                "{name} begins with {mark!r}, which only values that are kept do; give it as the form has it", name=field.name, mark=MARK
            )
            raise Malformed(message, field=field.name)
        if len(value) > field.most:
            message = sentence("{name} has {count} characters; it may have {most}", name=field.name, count=len(value), most=field.most)
            raise Malformed(message, field=field.name)


def _is_personal(field: Personal, act: Acted) -> bool:
    return not field.of_persons or is_about_somebody(act)


def _value(part: Any, path: Sequence[str]) -> str | None:  # noqa: ANN401 -- an act, or a piece of one
    for name in path:
        part = getattr(part, name, None)
    return part  # type: ignore[no-any-return]  # the table names texts alone, which a test shows


def _with(part: Any, path: Sequence[str], value: str) -> Any:  # noqa: ANN401 -- an act, or a piece of one
    first, *others = path
    return replace(part, **{first: _with(getattr(part, first), others, value) if others else value})
