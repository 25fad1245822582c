"""The processes that `lianban up` keeps running: started, started again when they end, and stopped; knows not what they do."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

import rich_click as click

from cli.terminal.saying import said
from words import spoken

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_LIVED_LONG = 60.0
_STOP_WITHIN = 15.0


class Child:
    """One part in a process of its own, in a session of its own, so that a Ctrl-C reaches it through its parent alone."""

    def __init__(self, part: str, words: Sequence[str] = (), *, keeps: Sequence[int] = ()) -> None:
        self.part = part
        self._words, self._keeps = words, tuple(keeps)
        self._line = b""
        self._pause, self._again_at = _FIRST_PAUSE / 2, 0.0
        self._process = self._start()

    def begin(self, line: bytes) -> None:
        """Give it its settings, also for the next time."""
        self._line = line
        pipe = self._process.stdin
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.write(line)
                pipe.close()

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def keep_running(self) -> None:
        """Start it again where it has ended: soon at first, then at longer and longer intervals."""
        if not self.ended:
            return
        now = time.monotonic()
        if not self._again_at:
            lived_long = now - self._since > _LIVED_LONG
            self._pause = _FIRST_PAUSE if lived_long else min(self._pause * 2, _LONGEST_PAUSE)
            self._again_at = now + self._pause
            told = {"part": self.part, "status": self._process.returncode, "seconds": f"{self._pause:.0f}"}
            click.echo(said("{part} ended ({status}) and starts again in {seconds} s", **told), err=True)
        elif now >= self._again_at:
            self._process = self._start()
            self.begin(self._line)

    def ask_to_stop(self) -> None:
        with suppress(ProcessLookupError):
            self._process.terminate()

    def await_end(self) -> None:
        """Wait until it has ended, and end it when it takes too long."""
        try:
            self._process.wait(_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        self._since, self._again_at = time.monotonic(), 0.0
        return subprocess.Popen(  # noqa: S603 -- our own program with our own words
            [sys.executable, "-P", "-m", "cli.up.child", self.part, str(os.getpid()), spoken(), *self._words],
            stdin=subprocess.PIPE,
            stdout=2,  # standard output is for the line that says ready
            pass_fds=self._keeps,
            start_new_session=True,
        )


def stop(children: Sequence[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.await_end()
