"""How a city's forms look on paper, as data: title, rows of cells, check boxes, signing boxes; draws nothing."""

import re
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, convert, field

from domain.acts.field import Code
from domain.schemes.citation import Cite, Table
from domain.schemes.scheme import Box

Span = Annotated[int, Meta(ge=1, le=100)]
Words = Annotated[str, Meta(min_length=1, max_length=2_000)]
"""Printed as they stand, but for boxes in braces: `{town}镇（街道）`, `{held_for:minute}`, `{number:6}` (six characters wide)."""
Fine = Literal["day", "hour", "minute"]
_BOX = re.compile(r"\{([a-z_.]+)(?::(day|hour|minute|\d{1,2}))?\}")


class Gap(NamedTuple):
    """A box within words."""

    box: str
    fine: Fine | None = None
    """How far a day or a moment is told."""
    width: int | None = None
    """At least so many characters wide."""


class Cell(Table, kw_only=True):
    """One cell of a row: words, a box, check boxes, or a department's opinion."""

    text: Words | None = None
    box: Box | None = None
    """Fills the cell."""
    choices: dict[str, Words] = field(default_factory=dict)
    """The box's values and the words beside their check boxes, in the annex's order."""
    opinion: Code | None = None
    """Which department's, with the time of signing below."""
    otherwise: Box | None = None
    """Printed instead where every box of the cell is empty."""
    asked: dict[Code, Words] = field(default_factory=dict)
    """Words for services that are asked for and that the annex gives no check box."""
    span: Span = 1
    down: Span = 1
    align: Literal["left", "center"] | None = None
    """A cell of words alone is centred, any other begins at the left."""
    bold: bool = False


class Row(Table, kw_only=True):
    """One row, or one for each element of a list."""

    cells: Annotated[tuple[Cell, ...], Meta(min_length=1)]
    each: Box | None = None
    """The list, with a row for each element; its cells name the elements' boxes in full."""
    at_least: Annotated[int, Meta(ge=1, le=50)] = 1
    millimetres: Annotated[int, Meta(ge=4, le=200)] = 10
    """How high, at least."""


class Printed(Table, kw_only=True):
    """One form on paper."""

    title: Annotated[tuple[Words, ...], Meta(min_length=1)]
    annex: Words | None = None
    cite: Cite | None = None
    number: Words | None = None
    """The line of the running number, above the table."""
    to: Words | None = None
    """Whom a letter is to."""
    opening: tuple[Words, ...] = ()
    columns: Annotated[int, Meta(ge=0, le=100)] = 0
    rows: tuple[Row, ...] = ()
    closing: tuple[Words, ...] = ()
    signs: tuple[tuple[Words, ...], ...] = ()
    """Who signs, side by side, each a few lines."""


def parts(words: str) -> list[str | Gap]:
    """Take words and boxes apart, in their order."""
    found: list[str | Gap] = []
    end = 0
    for match in _BOX.finditer(words):
        found += [words[end : match.start()]] if match.start() > end else []
        found.append(_gap(match[1], match[2]))
        end = match.end()
    return found + ([words[end:]] if end < len(words) else [])


def _gap(box: str, how: str | None) -> Gap:
    if how is None or how.isdigit():
        return Gap(box, width=None if how is None else int(how))
    return Gap(box, fine=convert(how, Fine))
