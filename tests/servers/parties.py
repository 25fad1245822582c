"""Other processes that use a data folder, for tests that start and kill them; asserts nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

# Says "up", waits for a word (or for its end) and leaves.
_USER = """
import sys
from pathlib import Path
from cli.servers import running
with running(Path(sys.argv[1]), fsync=False, waiting=lambda: print("waiting", flush=True)) as addresses:
    print(addresses.database_url, flush=True)
    sys.stdin.readline()
"""


@contextmanager
def another_user(data: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has the servers up, started or joined by it; ended here if it has not ended itself."""
    command = [sys.executable, "-c", _USER, str(data)]
    # What a killed process cannot remove any more lies beside its data folder, and goes with it.
    surroundings = os.environ | {"TMPDIR": str(data.parent)}
    with subprocess.Popen(command, env=surroundings, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell_to_leave(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def servers_of(pid: int) -> list[psutil.Process]:
    """The servers that a process has started, with their own processes."""
    return list(psutil.Process(pid).children(recursive=True))
