"""How far a long piece of work is, for a person who watches; a pipe or a file gets nothing of it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from cli.terminal.tables import console

_SOON = 2
"""Times a second that the line is drawn anew: seen at once, and slowing nothing down."""


@contextmanager
def progress(words: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Give what is to be told how many more are done."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    shown = Progress(*columns, console=console(stderr=True), transient=True, refresh_per_second=_SOON, disable=not sys.stderr.isatty())
    with shown:
        task = shown.add_task(words, total=total)
        yield lambda done: shown.advance(task, done)
