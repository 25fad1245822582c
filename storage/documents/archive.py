"""The bytes of documents 文档库, each kept once under its digest; which case has them, and who may read them, is not known here."""

import hashlib
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

from storage.documents.objects import Bucket, Found, Objects
from storage.documents.staging import Staged, staged
from storage.postgres.faults import DocumentLost, ObjectGone
from words import sentence

_OBJECTS = "objects"
_INCOMING = "incoming"


class Archive:
    """Where the bytes lie, and where those that come wait until they are known to be right."""

    def __init__(self, objects: Objects, incoming: Path) -> None:
        self.objects = objects
        self.incoming = incoming

    def stage(self) -> AbstractAsyncContextManager[Staged]:
        """Have a place for an upload while it comes."""
        return staged(self.incoming)

    async def keep(self, upload: Staged) -> None:
        """Keep an upload's bytes under their digest; doing it twice is doing it once."""
        await upload.settle()
        await self.objects.put(name_of(upload.sha256), upload.path)

    async def holds(self, sha256: bytes) -> bool:
        try:
            await self.objects.size(name_of(sha256))
        except ObjectGone:
            return False
        return True

    async def check(self, sha256: bytes, size: int) -> None:
        """Say nothing when bytes of that size lie there, or `DocumentLost`; whether they are the right ones only reading tells."""
        try:
            found = await self.objects.size(name_of(sha256))
        except ObjectGone as fault:
            raise DocumentLost(sentence("the bytes {sha256} are gone", sha256=sha256.hex())) from fault
        if found != size:
            raise DocumentLost(sentence("the bytes {sha256} are {found}, not {size}", sha256=sha256.hex(), found=found, size=size))

    async def read(self, sha256: bytes, begins: int, ends: int) -> AsyncGenerator[bytes, None]:
        """Give a part of the bytes, which is checked against nothing."""
        async for piece in self.objects.read(name_of(sha256), begins, ends):
            yield piece

    async def read_whole(self, sha256: bytes, size: int) -> AsyncGenerator[bytes, None]:
        """Give all bytes; the last are given only once the digest fits, `DocumentLost` in their place where it does not."""
        digest, held = hashlib.sha256(), b""
        try:
            async for piece in self.objects.read(name_of(sha256), 0, size):
                if held:
                    yield held
                digest.update(piece)
                held = piece
        except ObjectGone as fault:
            raise DocumentLost(sentence("the bytes {sha256} are gone", sha256=sha256.hex())) from fault
        if digest.digest() != sha256:
            raise DocumentLost(sentence("the bytes {sha256} are not what they were", sha256=sha256.hex()))
        yield held

    async def listed(self) -> AsyncGenerator[list[Found], None]:
        """List all that is kept, some at a time."""
        async for page in self.objects.listed(_OBJECTS):
            yield page

    def clear_incoming(self, before: datetime) -> int:
        """Remove what a killed process left of uploads; gives how many files."""
        left = [path for path in self.incoming.glob("*.*") if _is_older(path, before)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def open_archive(folder: Path, bucket: Bucket | None) -> Archive:
    """Open the archive in a bucket, or in the folder itself; uploads wait in the folder in either case."""
    objects = Objects.in_folder(folder) if bucket is None else Objects.in_bucket(bucket)
    return Archive(objects, folder / _INCOMING)


def name_of(sha256: bytes) -> str:
    """Say under which name bytes are kept."""
    return f"{_OBJECTS}/{sha256.hex()[:2]}/{sha256.hex()}"


def digest_in(name: str) -> bytes | None:
    """Read the digest from a name that `name_of` gave; None for any other."""
    try:
        digest = bytes.fromhex(name.rpartition("/")[2])
    except ValueError:
        return None
    return digest if name_of(digest) == name else None


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False
