"""Lets programs of both sides run by turns, a fifth of a second each, so that whatever else the machine does slows both alike."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from resource import struct_rusage

from bench.paired.side import Cost, Side

SLICE = 0.2
_BEHIND_A_SWEEP = 5
_WITHIN = 900.0


class Job:
    """A command of one side on its way to its end; `is_done` says when one that never ends by itself has done enough."""

    def __init__(self, side: Side, *words: str, is_done: Callable[[], bool] = lambda: False) -> None:
        """Start it, and hold it at once."""
        self._side, self._words, self._is_done, self._before = side, words, is_done, side.postgres()
        self._process = side.start(*words)
        self.cost: Cost | None = None
        self.said = b""
        self.hold()

    def hold(self) -> None:
        """Let it stand still where it is."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it run."""
        os.kill(self._process.pid, signal.SIGCONT)

    def look(self) -> bool:
        """Say whether it is over; one that has done enough is asked to end."""
        if self.cost is None and self._is_done():
            os.kill(self._process.pid, signal.SIGTERM)
            return self._ended(os.wait4(self._process.pid, 0))
        return self._ended(os.wait4(self._process.pid, os.WNOHANG))

    def give_up(self) -> None:
        """End it, whatever it is at."""
        if self._process.returncode is None:
            self._process.kill()
            self._process.communicate()

    def _ended(self, waited: tuple[int, int, struct_rusage]) -> bool:
        pid, status, used = waited
        if not pid:
            return False
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self.said, _ = self._process.communicate()
        ended = f"lianban {' '.join(self._words)} ended with {self._process.returncode}; {self._side.last_words()}"
        assert self._process.returncode in {0, -signal.SIGTERM}, ended
        self.cost = Cost(used.ru_utime + used.ru_stime, self._side.postgres() - self._before)
        return True


def in_slices(jobs: Sequence[Job]) -> list[Cost]:
    """Let each run for a slice in turn until all are over; gives what each cost."""
    left, until = list(jobs), time.monotonic() + _WITHIN
    try:
        while left:
            assert time.monotonic() < until, "a command came to no end"
            for job in tuple(left):
                _slice(job, left)
    finally:
        for job in jobs:
            job.give_up()
    return [job.cost for job in jobs if job.cost is not None]


def _slice(job: Job, left: list[Job]) -> None:
    job.go_on()
    time.sleep(SLICE)
    if job.look():
        left.remove(job)
    else:
        job.hold()


class Swept:
    """Says of a worker when it has swept once, and has had some slices for what it does behind a sweep."""

    def __init__(self, last_sweep: Callable[[], object]) -> None:
        """Note the last sweep before it."""
        self._last_sweep, self._before, self._slices = last_sweep, last_sweep(), 0

    def __call__(self) -> bool:
        """Ask again."""
        self._slices += self._last_sweep() != self._before
        return self._slices > _BEHIND_A_SWEEP
