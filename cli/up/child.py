"""One part of `lianban up` in a process of its own: loads at once, starts when its parent says how, and dies with it."""

import ctypes
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import rich_click as click

from casework.settings import Settings
from cli.terminal.exit_codes import line_of as line_of_fault
from cli.terminal.exit_codes import status_of
from words import language_of, speak

_PR_SET_PDEATHSIG = 1


def main() -> int:
    """`python -m cli.up.child PART PARENT LANGUAGE [FD]`; the settings come as a line of JSON on standard input, secrets and all."""
    _, part, parent, language, *rest = sys.argv
    _die_with(int(parent))
    speak(language_of(language))
    start = _PARTS[part](rest)
    line = sys.stdin.buffer.readline()
    try:
        if line:
            start(settings_of(line))
    except Exception as fault:
        status = status_of(fault)
        if status is None:
            raise
        click.echo(line_of_fault(fault), err=True)
        return status
    return 0


def _api(rest: list[str]) -> Callable[[Settings], None]:
    from cli.running.api import answer_requests  # noqa: PLC0415 -- one part does not load the other's libraries

    listener = socket.socket(fileno=int(rest[0]))
    return lambda settings: answer_requests(settings, listener)


def _worker(_: list[str]) -> Callable[[Settings], None]:
    from cli.running.worker import work  # noqa: PLC0415 -- one part does not load the other's libraries

    return work


_PARTS = {"api": _api, "worker": _worker}


def _die_with(parent: int) -> None:
    """Where the system can, a killed parent takes this process with it."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


def line_of(settings: Settings) -> bytes:
    return msgspec.json.encode(settings, enc_hook=str) + b"\n"


def settings_of(line: bytes) -> Settings:
    return msgspec.json.decode(line, type=Settings, dec_hook=_path)


def _path(kind: type, value: Any) -> Any:  # noqa: ANN401 -- msgspec's own signature
    return kind(value) if kind is Path else value


if __name__ == "__main__":
    sys.exit(main())
