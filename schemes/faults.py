"""What is said when a plan file cannot be used; knows no exit codes and no HTTP."""

from collections.abc import Sequence
from typing import Self

from msgspec import Struct

from domain.refusals import NotFound

NoScheme = NotFound
"""No plan has that id."""


class Wrong(Struct, frozen=True):
    """One thing that is wrong in a plan file: where in it, what was found, how to mend it."""

    path: str
    what: str
    mend: str


class SchemeFault(Exception):
    """A plan file that may not be used; `file`, `path`, `what` and `mend` are of the first thing wrong, `wrongs` has all."""

    def __init__(self, file: str, wrongs: Sequence[Wrong]) -> None:
        self.file, self.wrongs = file, tuple(wrongs)
        first = self.wrongs[0]
        self.path, self.what, self.mend = first.path, first.what, first.mend
        super().__init__("\n".join(f"{file}, {wrong.path}: {wrong.what}. {wrong.mend}" for wrong in self.wrongs))

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[Wrong, ...]]]:
        return type(self), (self.file, self.wrongs)
