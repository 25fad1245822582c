"""Looks for cycles among values less often while much is read and dropped; several at once may ask for it; frees nothing itself."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 100_000
"""Values made since the last look for cycles; Python's own figure is some hundreds."""
_asking: list[int] = []


@contextmanager
def few_collections() -> Iterator[None]:
    """A sweep or an audit makes and drops a million values without a cycle among them: looking for cycles is a fifth of its time."""
    usual = gc.get_threshold()
    _asking.append(usual[0] if not _asking else _asking[0])
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        first = _asking.pop()
        gc.set_threshold(SELDOM if _asking else first, *usual[1:])
