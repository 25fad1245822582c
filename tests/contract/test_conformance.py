"""Made-up requests, right and wrong, against the running application: it answers each as the contract says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.conftest import Served

pytestmark = pytest.mark.contract

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("examples", "seconds"), [(12, 25), pytest.param(100, 600, marks=pytest.mark.nightly)])
def test_the_running_application_keeps_its_contract(served: Served, tmp_path: Path, examples: int, seconds: int) -> None:
    asked = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"),
            *("--config-file", ROOT / "tests" / "contract" / "schemathesis.toml"),
            *("run", f"{served.address}/v1/openapi.json"),
            *("--header", f"Authorization: Bearer {served.token}"),
            *("--checks", "all", "--max-examples", str(examples), "--max-time", str(seconds), "--seed", "20230512", "--no-color"),
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stdout[-8000:] + asked.stderr[-2000:]
    assert "Server error" not in asked.stdout
    assert " passed" in asked.stdout
