"""The forms in which rows are written: CSV and workbooks for spreadsheets, JSON for programs; a table for people is each command's own."""

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

import msgspec
import rich_click as click
from msgspec import Struct

from cli.terminal.exit_codes import WrongWords
from exports.spreadsheets import csv_lines as comma_separated
from exports.spreadsheets.cells import Cell, cells_of, head_of
from exports.spreadsheets.workbook import Workbook
from words import say, sentence

_encode = msgspec.json.Encoder().encode
Row_contra = TypeVar("Row_contra", bound=Struct, contravariant=True)


class Form(Protocol[Row_contra]):
    """Takes the rows a page at a time, so that a long list needs no room."""

    def add(self, items: Iterable[Row_contra]) -> None: ...

    def end(self) -> None: ...


class CommaSeparated:
    def __init__(self, kind: type[Struct]) -> None:
        self.lines = comma_separated.CommaSeparated(head_of(kind))

    def add(self, items: Iterable[Struct]) -> None:
        _write(self.lines.take(map(cells_of, items)))

    def end(self) -> None:
        _write(self.lines.take(()))


class Spreadsheet:
    def __init__(
        self,
        kind: type[Struct],
        title: str,
        name: str,
        head: Sequence[str] = (),
        cells: Callable[[Any], Sequence[Cell]] = cells_of,
    ) -> None:
        """Name the columns by `head`, or as the wire names the fields."""
        if sys.stdout.isatty():
            raise WrongWords(sentence("a workbook is no text for a terminal: write `> {name}.xlsx`", name=name))
        self.workbook = Workbook(say(title), head or head_of(kind))
        self.cells = cells

    def add(self, items: Iterable[Struct]) -> None:
        self.workbook.add(map(self.cells, items))

    def end(self) -> None:
        with self.workbook.finish() as made:
            shutil.copyfileobj(made, sys.stdout.buffer)


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
