"""Puts the forms' font and the page's files into the wheel, so that an operator needs no npm; leaves the editable install alone."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FETCHED = "node_modules"
SERVED = (
    "@expo-google-fonts/noto-serif-sc/400Regular/*.ttf",
    "@expo-google-fonts/noto-serif-sc/700Bold/*.ttf",
    "@expo-google-fonts/noto-serif-sc/LICENSE*",
    "swagger-ui-dist/swagger-ui.css",
    "swagger-ui-dist/swagger-ui-bundle.js",
    "swagger-ui-dist/LICENSE",
    "swagger-ui-dist/NOTICE",
)


class BrowserFiles(BuildHookInterface[Any]):
    """A wheel without them is refused: it would print nothing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            build_data["force_include"] |= {str(file): str(file.relative_to(self.root)) for file in _fetched(Path(self.root))}


def _fetched(root: Path) -> list[Path]:
    found = {pattern: sorted((root / FETCHED).glob(pattern)) for pattern in SERVED}
    missing = [pattern for pattern, files in found.items() if not files]
    if missing:
        raise FileNotFoundError(f"{FETCHED} has no {missing[0]}: run ./just setup, then build again")
    return [file for files in found.values() for file in files]
