"""Prints a form or a blank: fills the layout, marks what no font has, has it set; reads no ledger."""

import unicodedata
from pathlib import Path
from typing import Any

import msgspec

from domain.printing.records import PrintedForm, Record
from domain.printing.sheet import blank_sheet
from domain.schemes.scheme import Scheme
from exports.printing.fillable import with_fields
from exports.printing.filling import filled
from exports.printing.fonts import SHIPPED, Font
from exports.printing.typesetting import typesetter
from schemes.printing.layout import Printed

GETA = "〓"
"""Stands for a character that the font does not have, as printers have always put it."""
_KEPT = "\n☐☑\u200b"
"""What needs no glyph of the font."""


def print_form(layout: Printed, record: Record, fonts: Path | None) -> bytes:
    """Make the PDF of a filled form."""
    return _pdf(layout, record, fonts or SHIPPED, fillable=False)


def print_blank(scheme: Scheme, form: PrintedForm, layout: Printed, fonts: Path | None, *, fillable: bool = False) -> bytes:
    """Make the PDF of an empty form; with `fillable`, a viewer's fields lie over its boxes."""
    made = _pdf(layout, blank_sheet(scheme) if form == "sheet" else None, fonts or SHIPPED, fillable=fillable)
    return with_fields(made, "".join(layout.title)) if fillable else made


def print_page(page: dict[str, Any], fonts: Path | None, template: str) -> bytes:
    """Make the PDF of what a template draws; what no font has is marked, and noted below."""
    setter = typesetter(fonts or SHIPPED)
    marking = _Marking(setter.font)
    made = marking.printable(page)
    made |= {"fonts": [setter.font.family], "missing": marking.note()}
    return setter.pdf(msgspec.json.encode(made).decode(), template)


def _pdf(layout: Printed, record: Record | None, folder: Path, *, fillable: bool) -> bytes:
    return print_page(filled(layout, record) | {"fillable": fillable}, folder, "form.typ")


class _Marking:
    """Goes through all that is printed and notes what cannot be."""

    def __init__(self, font: Font) -> None:
        self.font, self.missed = font, ""

    def printable(self, value: Any) -> Any:  # noqa: ANN401 -- any part of a page
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list | tuple):
            return [self.printable(one) for one in value]
        return {name: self.printable(one) for name, one in value.items()} if isinstance(value, dict) else value

    def _text(self, text: str) -> str:
        text = "".join(one if one in _KEPT else _shown(one) for one in text)
        for one in self.font.missing(text.translate(dict.fromkeys(map(ord, _KEPT)))):
            self.missed += "" if one in self.missed else one
            text = text.replace(one, GETA)
        return text

    def note(self) -> str | None:
        """Say below the form what stands for what."""
        codes = "、".join(f"U+{ord(one):04X}" for one in self.missed)
        return f"{GETA} 为字库缺字，依次为：{codes}" if codes else None


def _shown(one: str) -> str:
    """A control or a mark that only shapes its neighbours prints nothing; a tab is a space."""
    if one == "\t":
        return " "
    return "" if unicodedata.category(one) in {"Cc", "Cf", "Mn", "Me"} else one
