"""The PDFs of docs/forms as they are made now, and what stands on a page: words, lines and boxes; compares nothing."""

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pdfplumber

from domain.printing.records import PrintedForm
from exports.printing.forms import print_blank, print_form
from schemes import load_schemes
from schemes.printing.reader import Layouts, load_layouts
from tests.exports.printing.examples import EXAMPLES

FOLDER = Path(__file__).parents[3] / "docs" / "forms"
INTAKE = ("demand", "application")


class Page(NamedTuple):
    """A page's words in their order with their places, and its drawn lines and boxes; whole points."""

    words: tuple[tuple[str, int, int], ...]
    drawn: tuple[tuple[int, int, int, int], ...]


@cache
def layouts() -> Layouts:
    return load_layouts(load_schemes())


def pdfs() -> Iterator[tuple[str, bytes]]:
    """Give each file's name and bytes: a blank and a filled one of every form, and the fillable blanks."""
    schemes = {scheme.id: scheme for scheme in load_schemes().all}
    for (plan, form), record in EXAMPLES.items():
        city, layout = plan.partition("-")[0], layouts()[plan][form]
        yield f"{city}-{form}-blank.pdf", print_blank(schemes[plan], form, layout, None)
        yield f"{city}-{form}-example.pdf", print_form(layout, record, None)
        if form in INTAKE:
            yield f"{city}-{form}-fillable.pdf", print_blank(schemes[plan], form, layout, None, fillable=True)


def pages(pdf: bytes) -> list[Page]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [_page(page) for page in document.pages]


def _page(page: pdfplumber.page.Page) -> Page:
    words = tuple((word["text"], round(word["x0"]), round(word["top"])) for word in page.extract_words())
    drawn = [*page.lines, *page.rects]
    return Page(words, tuple(sorted({(round(one["x0"]), round(one["top"]), round(one["x1"]), round(one["bottom"])) for one in drawn})))


def blank(plan: str, form: PrintedForm, *, fillable: bool = False) -> bytes:
    return print_blank(load_schemes().by_id(plan), form, layouts()[plan][form], None, fillable=fillable)
