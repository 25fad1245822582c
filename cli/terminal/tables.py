"""How text reaches a person or a file: columns that line up whatever the script, never cut for a pipe; decides nothing."""

import sys
import unicodedata
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table

from cli.terminal.saying import said
from words import name_of

Row = tuple[str, str]
_WIDE_ENOUGH = 400


def console(*, stderr: bool = False) -> Console:
    """Fit the window where there is one; elsewhere nothing is folded or cut."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else _WIDE_ENOUGH, highlight=False)


def headed(*columns: str) -> Table:
    """Begin a table whose columns bear their names."""
    return Table(*(name_of("column", column) for column in columns), box=None)


def print_whole(table: Table) -> None:
    """Print a list with how many it has; an empty one is its number alone."""
    if table.row_count:
        print_table(table)
    console().print(said("{count} in all", count=table.row_count), markup=False)


def print_table(table: Table) -> None:
    """Print a table; its last column is not filled up with blanks."""
    out = console()
    with out.capture() as printed:
        out.print(table)
    for line in printed.get().splitlines():
        sys.stdout.write(f"{line.rstrip()}\n")


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Write names and values in two columns."""
    kept = list(rows)
    widest = max(map(_width, (name for name, _ in kept)), default=0)
    return (f"{name}{' ' * (widest + 2 - _width(name))}{value}" for name, value in kept)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
