"""The forms in which records are written: whole for programs, a flat row for spreadsheets, a table for people."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct

from cli.terminal.formats import CommaSeparated, Form, JsonLines, JsonList, Spreadsheet
from cli.terminal.tables import headed, print_whole

Whole = TypeVar("Whole", bound=Struct)


class Flat(Generic[Whole]):
    """Makes of each record a row before it is written."""

    def __init__(self, form: Form[Any], row: Callable[[Whole], Struct]) -> None:
        self.form, self.row = form, row

    def add(self, items: Iterable[Whole]) -> None:
        self.form.add(map(self.row, items))

    def end(self) -> None:
        self.form.end()


class RecordTable(Generic[Whole]):
    """A table, which has to see every row before it knows how wide its columns are."""

    def __init__(self, columns: Sequence[str], cells: Callable[[Whole], Sequence[str]]) -> None:
        self.table, self.cells = headed(*columns), cells

    def add(self, items: Iterable[Whole]) -> None:
        for item in items:
            self.table.add_row(*self.cells(item))

    def end(self) -> None:
        print_whole(self.table)


def forms_of(
    table: Callable[[], Form[Whole]], kind: type[Struct], row: Callable[[Whole], Struct], title: str, name: str
) -> Mapping[str, Callable[[], Form[Whole]]]:
    """Give the forms of a list by their names."""
    return {
        "table": table,
        "csv": lambda: Flat(CommaSeparated(kind), row),
        "xlsx": lambda: Flat(Spreadsheet(kind, title, name), row),
        "json": JsonList,
        "jsonl": JsonLines,
    }
