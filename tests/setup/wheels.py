"""Makes wheels of made-up packages; builds nothing that anybody would want."""

import base64
import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

_BACKEND = """
import zipfile
def get_requires_for_build_editable(config_settings=None): return []
def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(f"{wheel_directory}/tiny-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\nRequires-Dist: web\\n")
        wheel.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: tiny\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("tiny-1.dist-info/RECORD", "")
    return "tiny-1-py3-none-any.whl"
"""
PROJECT = (
    '[build-system]\nrequires = ["backend"]\nbuild-backend = "backend"\n[project]\nname = "tiny"\nversion = "1"\ndependencies = ["web"]\n'
)
"""A project that one of the wheels can build, as hatchling builds the real one."""


class Release(Struct, frozen=True):
    """A release of a package: what it requires and what else is in its wheel."""

    name: str
    version: str
    requires: tuple[str, ...] = ()
    files: Mapping[str, str] = {}

    @property
    def file(self) -> str:
        return f"{self.name}-{self.version}-py3-none-any.whl"


def releases(minor: int) -> tuple[Release, ...]:
    """The packages of a tiny project; `web` asks for an extra of any `shape` of 2, as some of ours do of pydantic."""
    says = '#!/bin/sh\necho "just $*"\n'
    return (
        Release("backend", f"1.{minor}", files={"backend.py": _BACKEND}),
        Release("post", f"2.{minor}"),
        Release("rust_just", f"1.{minor}", files={f"rust_just-1.{minor}.data/scripts/just": says}),
        Release("shape", f"2.{minor}", requires=('post>=2; extra == "email"',)),
        Release("web", f"1.{minor}", requires=("shape[email]==2.*", "plain")),
        Release("plain", f"1.{minor}"),
    )


def make_wheel(release: Release, folder: Path) -> Path:
    """Write the wheel of a release into a folder."""
    about = f"{release.name}-{release.version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {release.name}", f"Version: {release.version}", "Provides-Extra: email"]
    metadata = "\n".join([*lines, *(f"Requires-Dist: {one}" for one in release.requires), ""])
    wheel = "Wheel-Version: 1.0\nGenerator: made up\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {**release.files, f"{about}/METADATA": metadata, f"{about}/WHEEL": wheel}
    record = "".join(f"{name},{_record(text)}\n" for name, text in files.items()) + f"{about}/RECORD,,\n"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / release.file, "w") as archive:
        for name, text in {**files, f"{about}/RECORD": record}.items():
            archive.writestr(_entry(name), text)
    return folder / release.file


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
    entry.external_attr = (0o100755 if "/scripts/" in name else 0o100644) << 16
    return entry


def _record(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(text.encode())}"


def lock(wheels: list[Path]) -> str:
    """Name each wheel with its hash, as requirements.lock does."""
    parted = ((wheel.name.split("-")[:2], hashlib.sha256(wheel.read_bytes()).hexdigest()) for wheel in wheels)
    return "".join(f"{name.replace('_', '-')}=={version} \\\n    --hash=sha256:{digest}\n" for (name, version), digest in parted)
