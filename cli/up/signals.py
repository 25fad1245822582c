"""Makes SIGTERM and a closed terminal end the program as Ctrl-C does: by unwinding what it holds; stops nothing itself."""

import signal
import time
from types import FrameType

_SAME_WISH = 2.0
"""Seconds within which a second signal is the same wish again, as wrappers pass it on."""


def end_in_order() -> None:
    first: list[float] = []

    def end(_: int, __: FrameType | None) -> None:
        if first and time.monotonic() - first[0] < _SAME_WISH:
            return
        first[:] = [time.monotonic()]
        raise KeyboardInterrupt

    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, end)
