"""Writes rows as CSV in UTF-8 with the mark that spreadsheets know it by; no cell of it is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from exports.spreadsheets.cells import Cell, written

_BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes the Chinese for another script."""
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""Also full width: spreadsheets with a Chinese or Japanese input take those for the others."""


class CommaSeparated:
    """Gives back each piece of the text as it is made, so that a long list needs no room."""

    def __init__(self, head: Sequence[str]) -> None:
        self._lines = io.StringIO(_BYTE_ORDER_MARK)
        self._lines.seek(0, io.SEEK_END)
        self._writer = csv.writer(self._lines)
        self._writer.writerow(head)

    def take(self, rows: Iterable[Sequence[Cell]]) -> bytes:
        """Write the rows; the first piece begins with the head."""
        self._writer.writerows([*map(_text, row)] for row in rows)
        made = self._lines.getvalue().encode()
        self._lines.seek(0)
        self._lines.truncate()
        return made


def _text(cell: Cell) -> str:
    """A spreadsheet takes what begins like a formula for one, and it may be somebody else's."""
    if type(cell) is str:
        return cell if cell[:1] not in _FORMULA else f"'{cell}"
    return written(cell) if isinstance(cell, datetime) else str(cell)
