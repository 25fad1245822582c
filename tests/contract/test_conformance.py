"""Made-up requests, right and wrong, against the running application: it answers each as the contract says."""

import os
import subprocess
import sys
from pathlib import Path

from tests.contract.conftest import Served

ROOT = Path(__file__).parents[2]
EXAMPLES = "12"
SECONDS = "25"


def test_the_running_application_keeps_its_contract(served: Served, tmp_path: Path) -> None:
    asked = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"),
            *("--config-file", ROOT / "tests" / "contract" / "schemathesis.toml"),
            *("run", f"{served.address}/v1/openapi.json"),
            *("--header", f"Authorization: Bearer {served.token}"),
            *("--checks", "all", "--max-examples", EXAMPLES, "--max-time", SECONDS, "--seed", "20230512", "--no-color"),
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
