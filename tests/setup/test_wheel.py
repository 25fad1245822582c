"""The wheel is whole or is not built; what is in it is tried in test_every_machine.py."""

import os
import sys
from pathlib import Path

from tests.setup.machines import copied, run


def test_a_wheel_without_the_font_is_not_built(tmp_path: Path) -> None:
    words = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path / "dist"))
    said = run(copied(tmp_path / "checkout"), dict(os.environ), *words)
    assert said.returncode != 0
    assert "run ./just setup, then build again" in said.stderr
    assert list((tmp_path / "dist").glob("*.whl")) == []
