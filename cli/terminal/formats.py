"""The forms in which rows are written: CSV and workbooks for spreadsheets, JSON for programs; a table for people is each command's own."""

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

import msgspec
import rich_click as click
from msgspec import Struct

from cli.terminal.exit_codes import WrongWords
from exports.spreadsheets import csv_lines as comma_separated
from exports.spreadsheets.columns import Columns
from exports.spreadsheets.workbook import Workbook
from words import say, sentence

_encode = msgspec.json.Encoder().encode
Row = TypeVar("Row", bound=Struct)
Row_contra = TypeVar("Row_contra", bound=Struct, contravariant=True)


class Form(Protocol[Row_contra]):
    """Takes the rows a page at a time, so that a long list needs no room."""

    def add(self, items: Iterable[Row_contra]) -> None: ...

    def end(self) -> None: ...


class CommaSeparated:
    def __init__(self, columns: Columns) -> None:
        self.columns, self.lines = columns, comma_separated.CommaSeparated(columns.head)

    def add(self, items: Iterable[Struct]) -> None:
        _write(self.lines.take(map(self.columns.cells, items)))

    def end(self) -> None:
        _write(self.lines.take(()))


class Spreadsheet:
    def __init__(self, columns: Columns, title: str, name: str) -> None:
        if sys.stdout.isatty():
            raise WrongWords(sentence("a workbook is no text for a terminal: write `> {name}.xlsx`", name=name))
        self.columns, self.workbook = columns, Workbook(say(title), columns.head_for_people)

    def add(self, items: Iterable[Struct]) -> None:
        self.workbook.add(map(self.columns.cells_for_people, items))

    def end(self) -> None:
        with self.workbook.finish() as made:
            shutil.copyfileobj(made, sys.stdout.buffer)


class JsonLines:
    def __init__(self, shape: Callable[[Any], Any]) -> None:
        self.shape = shape

    def add(self, items: Iterable[Struct]) -> None:
        _write(b"".join(_encode(self.shape(item)) + b"\n" for item in items))

    def end(self) -> None:
        """The last line is ended already."""


class JsonList:
    def __init__(self, shape: Callable[[Any], Any]) -> None:
        self.shape, self.before = shape, b"["

    def add(self, items: Iterable[Struct]) -> None:
        for item in items:
            _write(self.before + b"\n" + _encode(self.shape(item)))
            self.before = b","

    def end(self) -> None:
        _write(b"[]\n" if self.before == b"[" else b"\n]\n")


def _write(data: bytes) -> None:
    click.echo(data, nl=False)


def forms_of(
    table: Callable[[], Form[Row]] | None, columns: Columns, title: str, name: str, *, whole: bool = True
) -> Mapping[str, Callable[[], Form[Row]]]:
    """Give the forms of a list by their names; programs get each item whole, or by its columns alone."""
    shape = _as_it_is if whole else columns.named
    forms: Mapping[str, Callable[[], Form[Row]]] = {
        "csv": lambda: CommaSeparated(columns),
        "xlsx": lambda: Spreadsheet(columns, title, name),
        "json": lambda: JsonList(shape),
        "jsonl": lambda: JsonLines(shape),
    }
    return forms if table is None else {"table": table, **forms}


def _as_it_is(item: Any) -> Any:  # noqa: ANN401 -- whatever the list holds
    return item
