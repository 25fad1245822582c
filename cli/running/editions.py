"""The calendar for commands without a database: China's days as shipped, and what was imported into the data folder.

`calendar import` keeps each file in the database, where the API and the auditor read it; the folder `calendars` of the
data folder is a copy of those, in order, written again in full after every import. It is never the only place.
"""

from collections.abc import Iterable
from pathlib import Path

from calendars import Edition, edition_with

Import = tuple[str, bytes]
"""The name of an imported file, and what it holds."""


def current_edition(data: Path) -> Edition:
    """Give the newest edition that this data folder knows."""
    return edition_with(kept_imports(data))


def kept_imports(data: Path) -> list[Import]:
    """Read the copies in the order of their import, each under the name that it came with."""
    paths = sorted((data / "calendars").glob("[0-9]*-*.json"))
    return [(path.name.partition("-")[2], path.read_bytes()) for path in paths]


def keep_imports(data: Path, imports: Iterable[Import]) -> None:
    """Write the copies again: first what there is, then away with what there is no more."""
    folder = data / "calendars"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {_kept(folder / f"{number:04}-{_plain(name)}", content) for number, (name, content) in enumerate(imports, 1)}
    for path in set(folder.iterdir()) - kept:
        path.unlink()


def _kept(path: Path, content: bytes) -> Path:
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    return beside.replace(path)


def _plain(name: str) -> str:
    """Give a file name that any folder takes and the reader finds again."""
    stem = Path(name).name.removesuffix(".json")
    return f"{''.join(letter if letter.isalnum() or letter in '-_' else '-' for letter in stem)[:60]}.json"
