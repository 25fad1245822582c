"""The forms in which rows are written: CSV and workbooks for spreadsheets, JSON for programs; a table for people is each command's own."""

import csv
import io
import sys
from collections.abc import Iterable
from typing import Protocol, TypeVar

import msgspec
import rich_click as click
from msgspec import Struct

from cli.faults import WrongWords
from cli.sheets.cells import cells_of, head_of
from cli.sheets.workbook import Workbook

_BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes the Chinese for another script."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_encode = msgspec.json.Encoder().encode
Row_contra = TypeVar("Row_contra", bound=Struct, contravariant=True)


class Form(Protocol[Row_contra]):
    """Takes the rows a page at a time, so that a long list needs no room."""

    def add(self, items: Iterable[Row_contra]) -> None: ...

    def end(self) -> None: ...


class CommaSeparated:
    def __init__(self, kind: type[Struct]) -> None:
        self.lines = io.StringIO(_BYTE_ORDER_MARK)
        self.lines.seek(0, io.SEEK_END)
        self.writer = csv.writer(self.lines)
        self.writer.writerow(head_of(kind))

    def add(self, items: Iterable[Struct]) -> None:
        self.writer.writerows(map(_guarded, map(cells_of, items)))
        self.end()

    def end(self) -> None:
        _write(self.lines.getvalue().encode())
        self.lines.seek(0)
        self.lines.truncate()


def _guarded(cells: Iterable[str]) -> list[str]:
    """A spreadsheet takes what begins like a formula for one, and it may be somebody else's."""
    return [f"'{text}" if text.startswith(_FORMULA) else text for text in cells]


class Spreadsheet:
    def __init__(self, kind: type[Struct], title: str, name: str) -> None:
        if sys.stdout.isatty():
            raise WrongWords(f"a workbook is no text for a terminal: write `> {name}.xlsx`")
        self.workbook = Workbook(title)
        self.workbook.add([head_of(kind)])

    def add(self, items: Iterable[Struct]) -> None:
        self.workbook.add(map(cells_of, items))

    def end(self) -> None:
        self.workbook.finish(sys.stdout.buffer)


class JsonLines:
    def add(self, items: Iterable[Struct]) -> None:
        _write(b"".join(_encode(item) + b"\n" for item in items))

    def end(self) -> None:
        """The last line is ended already."""


class JsonList:
    def __init__(self) -> None:
        self.before = b"["

    def add(self, items: Iterable[Struct]) -> None:
        for item in items:
            _write(self.before + b"\n" + _encode(item))
            self.before = b","

    def end(self) -> None:
        _write(b"[]\n" if self.before == b"[" else b"\n]\n")


def _write(data: bytes) -> None:
    click.echo(data, nl=False)
