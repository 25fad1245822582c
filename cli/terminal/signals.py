"""Makes SIGTERM and a closed terminal end a program as Ctrl-C does: by unwinding what it holds; stops nothing itself."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import rich_click as click

from cli.terminal.saying import said

_SAME_WISH = 2.0
"""Seconds within which a second signal is the same wish again, as wrappers pass it on."""


@contextmanager
def ends_in_order() -> Iterator[None]:
    """Run until told to end; that is no fault."""
    _listen()
    try:
        yield
    except KeyboardInterrupt:
        click.echo(said("stopped"), err=True)


def _listen() -> None:
    told: list[float] = []

    def end(_: int, __: FrameType | None) -> None:
        if told and time.monotonic() - told[0] < _SAME_WISH:
            return
        told[:] = [time.monotonic()]
        raise KeyboardInterrupt

    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, end)
