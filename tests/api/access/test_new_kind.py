"""A kind of act that a plan gets tomorrow is closed to whom its row does not name, though nothing else was ever told of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ROOMS = "api auditor board calendars casework cli domain exports schemes simulation storage tests words pyproject.toml"
KIND = '''
@kind(
    "试压",
    ALL,
    {
        **read_by(ALL, "utility", "bars"),
        "tester": Field(PARTIES, "name", fed="never"),
        "phone": Field(OFFICES, "phone", fed="never"),
        "internal_remark": Field(OFFICES),
    },
)
class PressureTested(Acted, tag="pressure.tested", kw_only=True):
    """The pipes were tested."""

    utility: Code
    bars: int
    tester: Text
    phone: Text | None = None
    internal_remark: Text | None = None


__all__ = '''
SCHEME = '"fee.charged" = {'
RULE = '"pressure.tested" = { kind = "fact", case = ["connection"], roles = ["utility"], own = "utility" }\n'
IMPORTS = "from domain.acts.kinds import ALL, OFFICES, PARTIES, Field"


@pytest.mark.slow("a copy of the house is made, and servers are started for it")
def test_a_new_kind_is_read_by_nobody_whom_its_row_does_not_name(tmp_path: Path) -> None:
    for room in ROOMS.split():
        source = ROOT / room
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / room)
    facts, scheme = tmp_path / "domain/acts/fact.py", tmp_path / "schemes/jingmen-2023.toml"
    text = facts.read_text()
    facts.write_text(
        text.replace("\n__all__ = ", KIND, 1).replace("from domain.acts.kinds import", f"{IMPORTS}\nfrom domain.acts.kinds import", 1)
    )
    scheme.write_text(scheme.read_text().replace(SCHEME, RULE + SCHEME, 1))
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/api/access/new_kind.py"]
    alone = os.environ | {"PYTHONPATH": str(tmp_path)}
    said = subprocess.run(words, cwd=tmp_path, env=alone, capture_output=True, encoding="utf-8", check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "2 passed" in said.stdout
