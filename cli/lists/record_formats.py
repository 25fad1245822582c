"""The table in which people read records; the other forms are those of every list."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from cli.terminal.tables import headed, print_whole

Whole = TypeVar("Whole", bound=Struct)


class RecordTable(Generic[Whole]):
    """A table, which has to see every row before it knows how wide its columns are."""

    def __init__(self, columns: Sequence[str], cells: Callable[[Whole], Sequence[str]]) -> None:
        self.table, self.cells = headed(*columns), cells

    def add(self, items: Iterable[Whole]) -> None:
        for item in items:
            self.table.add_row(*self.cells(item))

    def end(self) -> None:
        print_whole(self.table)
