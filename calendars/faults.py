"""What is said when a calendar cannot be used or a moment lies outside it; knows no exit codes and no HTTP."""

from typing import Self

from words import sentence


class CalendarFault(Exception):
    """A notice, closure or edition that may not be used: which file, where in it, what is wrong, how to mend it."""

    def __init__(self, file: str, path: str, what: str, mend: str) -> None:
        self.file, self.path, self.what, self.mend = file, path, what, mend
        super().__init__(sentence("{file}, {path}: {what}. {mend}", file=file, path=path, what=what, mend=mend))

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, str, str]]:
        return type(self), (self.file, self.path, self.what, self.mend)


class BeyondCalendar(ValueError):
    """A moment or a limit that leaves the years the calendar holds."""
