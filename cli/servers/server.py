"""One embedded server: running, started again where it has ended, and stopped; knows not which one it is."""

import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

from cli.servers.faults import ServerFailed
from words import sentence

_PAUSE = 10.0
"""Seconds until a server that did not start is tried again."""


class Server:
    """Started by `start`, which is told whether this is not the first time, and gives a process that is ready."""

    def __init__(self, name: str, start: Callable[[bool], subprocess.Popen[bytes]]) -> None:
        self.name = name
        self._start = start
        self._process = start(False)  # noqa: FBT003 -- the first time
        self._again_at = 0.0

    def keep_running(self, say: Callable[[str], None]) -> None:
        """Start it again where it has ended, by the thread that calls; what happens is said, and a failure is tried again."""
        if self._process.poll() is None or time.monotonic() < self._again_at:
            return
        say(sentence("{name} ended ({status}) and starts again", name=self.name, status=self._process.returncode))
        try:
            self._process = self._start(True)  # noqa: FBT003 -- not the first time
        except ServerFailed as fault:
            self._again_at = time.monotonic() + _PAUSE
            say(fault.args[0])
        else:
            say(sentence("{name} is up again", name=self.name))

    def stop(self, within: float) -> None:
        stop(self._process, within)


def stop(process: subprocess.Popen[bytes], within: float) -> None:
    """End a server cleanly, and when it will not, end it."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(within)
            return
