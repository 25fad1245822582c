"""A machine as a newcomer has it: a few tools, one Python with its pip, uv or none; takes no setting from the one it runs on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]
_TOOLS = ("cat", "chmod", "cmp", "cp", "dirname", "find", "flock", "mkdir", "rm", "sed", "sh")
BASE = Path(getattr(sys, "_base_executable", sys.executable))
"""The Python under the tests' own environment."""
UV = shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")


def machine(home: Path, *, python: Path = BASE, pip: Path | None = None, uv: bool = False) -> dict[str, str]:
    """Give the environment of a machine with these; `pip` is the wheel of the one that its venv module brings."""
    tools = home / "tools"
    tools.mkdir(parents=True)
    for name in _TOOLS:
        _stand_in(tools / name, f'exec {shutil.which(name)} "$@"')
    brings = f'"{python}" "$@" || exit\n[ "$1 $2" != "-m venv" ] || {_bring(pip)}' if pip else f'exec "{python}" "$@"'
    _stand_in(tools / "python3", brings)
    if uv:
        _stand_in(tools / "uv", f'exec "{UV}" "$@"')
    return {"PATH": str(tools), "HOME": str(home), "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1", "LANG": "C.UTF-8"}


def copied(folder: Path) -> Path:
    """Copy what is kept here, or would be, and nothing that was made."""
    kept = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=HOUSE, capture_output=True, text=True, check=True)
    for name in filter(None, kept.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOUSE / name, folder / name)
    return folder


def asking(address: str) -> dict[str, str]:
    """The settings of somebody whose index is at an address."""
    return {"PIP_INDEX_URL": address, "UV_DEFAULT_INDEX": address}


def run(folder: Path, env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=900)


def start(checkout: Path, env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return run(checkout, env, "./just", *words)


def _bring(pip: Path) -> str:
    return f'"$3/bin/python" -m pip -qq --no-cache-dir install --no-index "{pip}"'


def _stand_in(file: Path, line: str) -> None:
    file.write_text(f"#!/bin/sh\n{line}\n")
    file.chmod(0o755)
