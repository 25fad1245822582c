"""Fills a layout with what a case says, as data for the template: pieces of words, gaps and check boxes; knows no type and no PDF."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from calendars import SHANGHAI
from domain.printing.records import Intake, Record, Sheet
from exports.printing.opinions import opinion_cell, unplaced
from exports.printing.pieces import ON, Piece, gap, tick, words
from schemes.printing.layout import Cell, Fine, Gap, Printed, Row, parts

Data = dict[str, Any]
_DAY = (("year", 3.0, "年"), ("month", 2.0, "月"), ("day", 2.0, "日"))
_FINE: dict[Fine, tuple[tuple[str, float, str], ...]] = {
    "day": _DAY,
    "hour": (*_DAY, ("hour", 2.0, "时")),
    "minute": (*_DAY, ("hour", 2.0, "时"), ("minute", 2.0, "分")),
}
_DAYS = frozenset(
    {
        "planned_use_on",
        "works_from",
        "works_until",
        "signed_on",
        "issued_on",
        "due_on",
        "ordered_on",
        "called_on",
        "referred_on",
        "submitted_on",
        "checked_on",
        "paid_on",
    }
)
_MOMENTS = frozenset({"survey_wanted_at", "held_for"})
_GAP = 4.0
"""How wide a gap is that says no width of its own, in characters."""


def filled(layout: Printed, record: Record | None) -> Data:
    """Fill every box that is known; without a record the form is a blank."""
    return {
        "title": list(layout.title),
        "annex": layout.annex,
        "number": _line(layout.number, record),
        "to": _line(layout.to, record),
        "opening": [_line(words, record) for words in layout.opening],
        "columns": layout.columns,
        "rows": [*chain.from_iterable(_rows(row, record) for row in layout.rows), *_further(layout, record)],
        "closing": [_line(words, record) for words in layout.closing],
        "signs": [[_line(words, record) for words in sign] for sign in layout.signs],
    }


def _rows(row: Row, record: Record | None) -> Iterator[Data]:
    if row.each is None:
        yield _row(row, record, None)
        return
    elements = _value(record, row.each) or ()
    for number in range(max(len(elements), row.at_least)):
        element = elements[number] if number < len(elements) else None
        yield _row(row, record, _Place(row.each, number + 1, element))


class _Place:
    """One element of a list, whose boxes a row names in full."""

    def __init__(self, path: str, number: int, element: object) -> None:
        self.path, self.number, self.element = path, number, element

    def value(self, box: str) -> Any:  # noqa: ANN401 -- any field
        return _walk(self.element, box.removeprefix(f"{self.path}."))

    def name(self, box: str) -> str:
        return f"{self.path}.{self.number}.{box.removeprefix(f'{self.path}.')}"


def _row(row: Row, record: Record | None, place: _Place | None) -> Data:
    return {"high": row.millimetres, "cells": [_cell(cell, record, place) for cell in row.cells]}


def _cell(cell: Cell, record: Record | None, place: _Place | None) -> Data:
    made: Data = {"span": cell.span, "down": cell.down, "bold": cell.bold, "field": None, "foot": []}
    made["align"] = cell.align or ("center" if _is_label(cell) else "left")
    if cell.opinion and isinstance(record, Sheet):
        return made | opinion_cell(record, cell.opinion)
    if cell.box and not cell.choices:
        value = _value(record, cell.box) if place is None else place.value(cell.box)
        name = cell.box if place is None else place.name(cell.box)
        return made | {"field": name, "lines": _lines(value)}
    return made | {"lines": [_words(cell, record), *_asked(cell, record)]}


def _is_label(cell: Cell) -> bool:
    return cell.box is None and cell.opinion is None and not any(isinstance(part, Gap) for part in parts(cell.text or ""))


def _words(cell: Cell, record: Record | None) -> list[Piece]:
    boxes = [part.box for part in parts(cell.text or "") if isinstance(part, Gap)]
    instead = _value(record, cell.otherwise) if cell.otherwise else None
    if instead and not any(_value(record, box) for box in boxes):
        return [words(_text(instead))]
    return [*_line(cell.text, record), *_ticks(cell, record)]


def _ticks(cell: Cell, record: Record | None) -> Iterator[Piece]:
    if cell.box and cell.choices:
        chosen = _chosen(record, cell.box)
        for value, beside in cell.choices.items():
            # Several services may be asked for, of other boxes one value holds
            name, state = (f"{cell.box}.{value}", ON) if cell.box == "supplies" else (cell.box, value)
            yield tick(value in chosen, name, state, beside)


def _asked(cell: Cell, record: Record | None) -> list[list[Piece]]:
    """Say what is asked for and has no check box."""
    chosen = _chosen(record, "supplies") if cell.asked else frozenset()
    said = [words(beside) for service, beside in cell.asked.items() if service in chosen]
    return [said] if said else []


def _chosen(record: Record | None, box: str) -> frozenset[str]:
    value = _value(record, box)
    if box == "supplies":
        return frozenset(supply.service for supply in value or ())
    return frozenset() if value is None else frozenset({str(value).lower() if isinstance(value, bool) else str(value)})


def _line(text: str | None, record: Record | None) -> list[Piece]:
    return list(chain.from_iterable(_part(part, record) for part in parts(text or "")))


def _part(part: str | Gap, record: Record | None) -> Iterable[Piece]:
    if isinstance(part, str):
        return [words(part)]
    value = _value(record, part.box)
    fine = part.fine or ("day" if part.box in _DAYS else "hour" if part.box in _MOMENTS else None)
    if fine:
        return _moment(part.box, fine, value)
    return [gap(_text(value), part.width or _GAP, part.box)]


def _moment(box: str, fine: Fine, value: date | datetime | None) -> Iterator[Piece]:
    local = value.astimezone(SHANGHAI) if isinstance(value, datetime) else value
    for name, wide, after in _FINE[fine]:
        yield gap("" if local is None else _shown(getattr(local, name), name), wide, f"{box}.{name}")
        yield words(after)


def _shown(value: int, name: str) -> str:
    return f"{value:02}" if name == "minute" else str(value)


def _value(record: Record | None, box: str) -> Any:  # noqa: ANN401 -- any field
    source = record.form if isinstance(record, Intake) and box not in {"number", "year"} else record
    return _walk(source, box)


def _walk(source: object, path: str) -> Any:  # noqa: ANN401 -- any field
    for name in path.split("."):
        source = None if source is None else getattr(source, name)
    return source


def _lines(value: object) -> list[list[Piece]]:
    if isinstance(value, tuple):
        return [[words(f"{number}. {_text(one)}")] for number, one in enumerate(value, start=1)]
    if isinstance(value, date):
        return [list(_moment("", "minute" if isinstance(value, datetime) else "day", value))]
    return [[words(_text(value))]]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value)


def _further(layout: Printed, record: Record | None) -> Iterator[Data]:
    """Add a row for each department that was asked and that the annex has no box for."""
    shown: Sequence[Cell] = [cell for row in layout.rows for cell in row.cells if cell.opinion]
    if not isinstance(record, Sheet) or not shown:
        return
    for signing in unplaced(record, {cell.opinion for cell in shown}):
        wide = layout.columns - shown[-1].span
        label = {"span": wide, "down": 1, "bold": False, "field": None, "foot": [], "align": "center", "lines": [[words(signing.title)]]}
        own = {"span": shown[-1].span, "down": 1, "bold": False, "field": None, "align": "left"}
        yield {"high": 30, "cells": [label, own | opinion_cell(record, signing.department)]}
