"""Refuses a layout that does not fit its form: a box that the form does not have or that is left out, a row too short; changes none."""

from collections import Counter
from collections.abc import Iterator

from domain.printing.records import PrintedForm
from domain.schemes.scheme import Scheme
from schemes.faults import Wrong
from schemes.printing.boxes import boxes_of, has_to_be_printed, values_of
from schemes.printing.layout import Cell, Gap, Printed, Row, parts
from words import listed, sentence


def wrong_layout(scheme: Scheme, form: PrintedForm, layout: Printed) -> Iterator[Wrong]:
    """Give everything that is wrong in one form's layout."""
    known = boxes_of(scheme, form)
    named = list(_named(layout))
    for where, box in named:
        if box not in known:
            yield Wrong(
                f"{form}.{where}",
                sentence("the form has no box {box!r}", box=box),
                sentence("Write one of {known}", known=listed(sorted(known))),
            )
    missing = has_to_be_printed(scheme, form) - {box for _, box in named}
    if missing:
        yield Wrong(
            f"{form}.rows",
            sentence("no cell has {missing}", missing=listed(sorted(missing))),
            sentence("Give every box of the form a cell"),
        )
    yield from _wrong_grid(form, layout)
    yield from _wrong_cells(scheme, form, layout)
    if form == "sheet":
        yield from _wrong_opinions(scheme, layout)


def cells_of(layout: Printed) -> Iterator[tuple[str, Cell]]:
    """Give each cell with its place."""
    for number, row in enumerate(layout.rows):
        for place, cell in enumerate(row.cells):
            yield f"rows[{number}].cells[{place}]", cell


def boxes_in(cell: Cell) -> list[str]:
    """Name the boxes of a cell: those in its words, then its own."""
    within = [part.box for part in parts(cell.text or "") if isinstance(part, Gap)]
    return within + ([] if cell.box is None else [cell.box])


def _named(layout: Printed) -> Iterator[tuple[str, str]]:
    lines = {"number": (layout.number,), "to": (layout.to,), "opening": layout.opening, "closing": layout.closing}
    lines |= {f"signs[{number}]": sign for number, sign in enumerate(layout.signs)}
    for where, words in lines.items():
        yield from ((where, part.box) for one in words for part in parts(one or "") if isinstance(part, Gap))
    for where, cell in cells_of(layout):
        yield from ((where, box) for box in (*boxes_in(cell), *((cell.otherwise,) if cell.otherwise else ())))


def _wrong_grid(form: str, layout: Printed) -> Iterator[Wrong]:
    """Each row is as wide as the table, with the cells that reach down into it."""
    reaching: list[tuple[int, int]] = []
    for number, row in enumerate(layout.rows):
        wide = sum(cell.span for cell in row.cells) + sum(span for span, _ in reaching)
        if wide != layout.columns:
            what = sentence("the row is {wide} columns wide, the table {columns}", wide=wide, columns=layout.columns)
            yield Wrong(f"{form}.rows[{number}]", what, sentence("Correct the spans, or the columns"))
        reaching = [(span, left - 1) for span, left in reaching if left > 1]
        reaching += [(cell.span, cell.down - 1) for cell in row.cells if cell.down > 1]


def _wrong_cells(scheme: Scheme, form: PrintedForm, layout: Printed) -> Iterator[Wrong]:
    known = boxes_of(scheme, form)
    for where, cell in cells_of(layout):
        if cell.choices and cell.box is None:
            yield Wrong(
                f"{form}.{where}",
                sentence("check boxes need a box that they are for"),
                sentence("Add box"),
            )
        if cell.box is not None and cell.box in known:
            values = values_of(scheme, cell.box, known[cell.box]) or ()
            strange = [value for value in cell.choices if value not in values]
            yield from (
                Wrong(
                    f"{form}.{where}.choices",
                    sentence("{one!r} is no value of {box}", one=one, box=cell.box),
                    _may(values),
                )
                for one in strange
            )
    yield from (
        Wrong(
            f"{form}.rows[{number}]",
            sentence("{box} is no box of {each}", box=box, each=row.each),
            sentence("Name the element's boxes in full"),
        )
        for number, row in enumerate(layout.rows)
        for box in _foreign(row)
    )


def _may(values: tuple[str, ...]) -> str:
    if not values:
        return sentence("Take the check boxes out: the box takes any text")
    return sentence("Write one of {known}", known=listed(values))


def _foreign(row: Row) -> list[str]:
    boxes = [box for cell in row.cells for box in boxes_in(cell)] if row.each else []
    return [box for box in boxes if not box.startswith(f"{row.each}.")]


def _wrong_opinions(scheme: Scheme, layout: Printed) -> Iterator[Wrong]:
    shown = Counter(cell.opinion for _, cell in cells_of(layout) if cell.opinion)
    rows = [row.department for row in scheme.signoffs]
    if sorted(shown.elements()) != sorted(rows):
        what = sentence(
            "it has opinions of {elements}, the scheme of {rows}",
            elements=listed(shown.elements()) or sentence("nobody"),
            rows=listed(rows) or sentence("nobody"),
        )
        yield Wrong("sheet.rows", what, sentence("Give each of the scheme's signoffs one cell"))
