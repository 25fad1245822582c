"""A project of a few lines on which the suite's own rules are tried, with the settings of ours; it holds no test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLUGINS = ("pytest_asyncio.plugin", "pytest_cov.plugin", "xdist.plugin")
"""What our settings speak of; the others take longer to load than the tests to run."""


def run(folder: Path, files: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Write the files and run pytest on them."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    shutil.copy(ROOT / "pyproject.toml", folder)
    loaded = (word for plugin in PLUGINS for word in ("-p", plugin))
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *loaded, *words]
    alone = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=folder, env=alone, capture_output=True, encoding="utf-8", check=False)
