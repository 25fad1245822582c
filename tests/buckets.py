"""S3 as others speak it, in a process of its own on this machine alone; and the two places that documents are tried in."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from cli.running.port import listen

_names = count(1)
BUCKET = "lianban-documents"


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of a server with one empty bucket."""
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
    server = subprocess.Popen(
        [Path(sys.executable).with_name("moto_server"), "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _make_bucket(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _make_bucket(address: str) -> None:
    request = urllib.request.Request(f"{address}/{BUCKET}", method="PUT")  # noqa: S310 -- our own address
    for _ in range(300):
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request).close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the bucket's server did not start")


@pytest.fixture(scope="module", params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings of a place of its own for documents: a folder, then a bucket."""
    data = tmp_path_factory.mktemp("data")
    if request.param == "folder":
        return {"data": data, "documents": str(data / "elsewhere")}
    return in_bucket(request.getfixturevalue("s3")) | {"data": data}


def in_bucket(address: str) -> dict[str, Any]:
    return {"documents": f"s3://{BUCKET}/tests/{next(_names)}", "s3_endpoint": address, "s3_key": "key", "s3_secret": "secret"}
