"""Standard output and error made fit for Chinese, whatever the terminal or pipe says it is; writes nothing itself."""

import codecs
import io
import os
import sys


def prepare() -> None:
    """A closed stream swallows what is written; one that says ASCII gets UTF-8, as a bare `LANG=C` means no more by it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 -- open for as long as the program runs
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if is_ascii else None, errors="replace")


def forget_output() -> None:
    """Nobody reads on, or there is no room: what is still held back must not be written at the end, which would fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
