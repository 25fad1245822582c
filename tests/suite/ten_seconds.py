"""A test without a mark is done within ten seconds, and fails if it is not; nothing else in the tests judges time."""

import os
import time
from collections.abc import Generator

import psutil
import pytest
from msgspec import Struct

MOST = 10.0
"""Seconds."""
EXEMPT = ("slow", "contract", "browser", "office", "scale", "nightly")


class Spent(Struct, frozen=True):
    """Seconds that have gone by: worked by this process and those it saw end, on the clock, and of idle processors."""

    worked: float
    clock: float
    idle: float

    def since(self, start: "Spent") -> "Spent":
        return Spent(self.worked - start.worked, self.clock - start.clock, self.idle - start.idle)

    @property
    def own(self) -> float:
        """What the test itself takes: the work, or the time that it waits while a processor is there for it, whichever is more.

        On a busy machine no processor is idle, and the clock is not asked.
        """
        return max(self.worked, min(self.clock, self.idle))


def spent() -> Spent:
    times = os.times()
    worked = times.user + times.system + times.children_user + times.children_system
    return Spent(worked, time.monotonic(), psutil.cpu_times().idle)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    start = spent()
    yield
    took = spent().since(start).own
    if took > MOST and not any(map(item.get_closest_marker, EXEMPT)):
        pytest.fail(f"it took {took:.1f} s: make it quicker, or give it the mark that says why it takes longer", pytrace=False)
