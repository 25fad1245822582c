"""An upload while it comes: its bytes in a file of their own, hashed on the way, gone when it ends; knows no document and no case."""

import asyncio
import errno
import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from io import FileIO
from pathlib import Path
from uuid import uuid4

from storage.postgres.faults import DocumentsAway
from words import sentence

_WHY = {
    errno.ENOENT: sentence("No such file or directory"),
    errno.EACCES: sentence("Permission denied"),
    errno.EIO: sentence("Input/output error"),
    errno.ENOSPC: sentence("No space left on device"),
    errno.EDQUOT: sentence("Disk quota exceeded"),
    errno.EROFS: sentence("Read-only file system"),
}


class Staged:
    """The bytes so far."""

    def __init__(self, path: Path, file: FileIO) -> None:
        self.path = path
        self.size = 0
        self._file = file
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> bytes:
        """The digest of the bytes so far."""
        return self._hash.digest()

    async def take(self, piece: bytes) -> None:
        """Write a piece behind what there is."""
        with _told():
            await asyncio.to_thread(self._take, piece)
        self.size += len(piece)

    async def settle(self) -> None:
        """Have the disk hold what was written."""
        with _told():
            await asyncio.to_thread(os.fsync, self._file.fileno())

    async def read(self, begins: int, ends: int) -> bytes:
        with _told():
            return await asyncio.to_thread(os.pread, self._file.fileno(), ends - begins, begins)

    def _take(self, piece: bytes) -> None:
        self._hash.update(piece)
        left = memoryview(piece)
        while left:
            left = left[self._file.write(left) :]


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[Staged]:
    """Have a file to write to in this folder, which is made where it is missing; it is gone afterwards."""
    path = folder / f"{uuid4().hex}.part"
    with _told():
        file = await asyncio.to_thread(_open, path)
    try:
        yield Staged(path, file)
    finally:
        path.unlink(missing_ok=True)
        file.close()


def make_private(folder: Path) -> None:
    """Make what is missing of a folder and of those above it, for its owner alone."""
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _open(path: Path) -> FileIO:
    make_private(path.parent)
    return FileIO(path, "xb+", opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def refused(fault: OSError) -> str:
    """Say why the disk does not take or give it; what is rare, in the machine's own words."""
    return _WHY.get(fault.errno or 0) or fault.strerror or str(fault).partition("\n")[0]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise DocumentsAway(sentence("an upload cannot be taken in: {why}", why=refused(fault))) from fault
