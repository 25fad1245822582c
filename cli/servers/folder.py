"""The data folder: what lies where, private from the first byte; changes the mode of nothing it did not make."""

import os
import shutil
from pathlib import Path
from typing import IO

from msgspec import Struct

from cli.servers.faults import DataFolderClosed, DataFolderNotOurs
from cli.terminal.saying import cause_of
from words import sentence

OURS = frozenset({"servers", "postgres", "calendars", "documents", "secret", "data-keys"})
"""What a data folder may hold before servers have ever been started in it."""


class Folder(Struct, frozen=True):
    data: Path

    @property
    def servers(self) -> Path:
        """Locks, logs and passwords of the servers; its presence says that the data folder is lianban's."""
        return self.data / "servers"

    @property
    def passwords(self) -> Path:
        return self.servers / "passwords.json"

    @property
    def addresses(self) -> Path:
        """Where the running servers answer; left behind by a killed starter, so never proof that they run."""
        return self.servers / "addresses.json"

    @property
    def sockets_note(self) -> Path:
        """Names the folder of the sockets, so that the next start removes one that a killed starter left."""
        return self.servers / "sockets"

    def lock(self, name: str) -> Path:
        return self.servers / f"{name}.lock"

    def log(self, name: str) -> Path:
        return self.servers / f"{name}.log"

    def new_log(self, name: str, *, again: bool = False) -> IO[bytes]:
        """Only the last run is kept, with what went before where a server is started `again`; only the owner may read it."""
        return open(self.log(name), "ab" if again else "wb", opener=_private)


def open_folder(data: Path) -> Folder:
    """Make what is missing of the data folder, with mode 700; a folder that holds what is not lianban's is left alone."""
    try:
        _refuse_if_not_ours(data)
        folder = Folder(data.resolve())
        folder.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.servers.mkdir(mode=0o700, exist_ok=True)
    except OSError as fault:
        raise DataFolderClosed(
            sentence("{data} cannot be a data folder ({cause}): choose another with LIANBAN_DATA", data=data, cause=cause_of(fault))
        ) from fault
    return folder


def _refuse_if_not_ours(data: Path) -> None:
    """Refuse a folder that lianban did not make, before anything put into it makes it look like ours."""
    held = {path.name.partition(".")[0] for path in data.iterdir()} if data.is_dir() else set()
    if held - OURS and "servers" not in held:
        message = sentence("{data} holds files that are not lianban's: choose another folder with LIANBAN_DATA", data=data)
        raise DataFolderNotOurs(message)


def empty(folder: Folder) -> None:
    """Remove everything but the locks, which others may be waiting for."""
    for path in (*folder.data.iterdir(), *folder.servers.iterdir()):
        if path != folder.servers and path.suffix != ".lock":
            remove(path)


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def last_words(log: str | Path) -> str:
    return sentence("its log {log} ends:\n{lines}", log=log, lines=Path(log).read_text(errors="replace")[-2000:])


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def write_private(path: Path, content: bytes) -> None:
    """Write whole or not at all, readable by the owner alone."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    with open(beside, "xb", opener=_private) as file:
        file.write(content)
    beside.replace(path)
