"""What is said when a plan file cannot be used; knows no exit codes and no HTTP."""

import errno
from collections.abc import Sequence
from typing import Self

from msgspec import Struct

from domain.refusals import NotFound
from words import sentence

NoScheme = NotFound
"""No plan has that id."""
_WHY = {
    errno.ENOENT: sentence("No such file or directory"),
    errno.EACCES: sentence("Permission denied"),
    errno.EISDIR: sentence("Is a directory"),
    errno.ENOTDIR: sentence("Not a directory"),
}


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


def unread(fault: OSError) -> str:
    """Say why a file cannot be read; what is rare, in the machine's own words."""
    return _WHY.get(fault.errno or 0) or fault.strerror or str(fault)
