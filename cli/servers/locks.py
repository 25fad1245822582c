"""Locks on files, which the system opens when their holder dies, however it dies; they know not what they guard."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_POLL = 0.02
_SAY_SO_AFTER = 0.5


class Busy(Exception):
    """Somebody else holds the lock."""


@contextmanager
def held(path: Path, *, shared: bool = False, wait: bool = True) -> Iterator[int]:
    """Hold the lock of `path`; without `wait`, `Busy` at once when it cannot be had. Gives the open file."""
    with _opened(path) as file:
        _take(file, shared=shared, wait=wait)
        yield file


@contextmanager
def held_once_free(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock alone as soon as nobody has it; `waiting` is called once if that takes a while."""
    with _opened(path) as file:
        since = time.monotonic()
        told = False
        while not _taken(file):
            if not told and time.monotonic() - since > _SAY_SO_AFTER:
                told = True
                waiting()
            time.sleep(_POLL)
        yield


def is_free(path: Path) -> bool:
    with suppress(Busy), held(path, wait=False):
        return True
    return False


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield file
    finally:
        os.close(file)


def _take(file: int, *, shared: bool, wait: bool) -> None:
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(file, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Busy from None


def _taken(file: int) -> bool:
    with suppress(Busy):
        _take(file, shared=False, wait=False)
        return True
    return False
