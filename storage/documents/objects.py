"""Bytes under names, in a folder or in an S3-compatible bucket; the one file that knows obstore, and asks not what they are."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Self

import obstore
from msgspec import Struct
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from storage.documents.staging import make_private, refused
from storage.postgres.faults import DocumentsAway, ObjectGone
from words import sentence

CHUNK = 256 * 1024
"""Bytes that are read at once."""
_PART = 5 * 1024 * 1024
"""Bytes of one part of an upload to a bucket, of which two are on their way at once."""
_PUTS_AT_ONCE = 4
"""So that the parts in memory stay few, however many uploads there are."""
_GONE = sentence("there are no such bytes")
_MARK = ".lianban"
"""Lies in a folder that is written to: where it is missing from then on, the disk is away, and what it was mounted on shows."""


class Bucket(Struct, frozen=True, kw_only=True):
    """A bucket, and how it is reached; an endpoint whose host begins with the bucket's name is taken for the bucket's own."""

    name: str
    prefix: str
    endpoint: str
    region: str
    key_id: str
    secret: str


class Found(Struct, frozen=True):
    """An object as a list shows it."""

    name: str
    size: int
    written_at: datetime


class Objects:
    """A store of objects; `DocumentsAway` when it cannot do now what is asked, `ObjectGone` when there is no such object."""

    def __init__(self, store: Callable[[], ObjectStore], folder: Path | None) -> None:
        """Take a way to open the store, which is tried anew until it succeeds: a disk may be away when the program starts."""
        self._open = store
        self._opened: ObjectStore | None = None
        self._folder = folder
        self._marked = False
        self._putting = asyncio.Semaphore(_PUTS_AT_ONCE)

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """Keep them in a folder of this machine, which is made where it is missing, for its owner alone."""

        def open_folder() -> ObjectStore:
            make_private(folder)
            return LocalStore(folder.resolve())

        return cls(open_folder, folder)

    @classmethod
    def in_bucket(cls, bucket: Bucket) -> Self:
        """Keep them in a bucket; it is not asked anything yet."""
        return cls(partial(_open_bucket, bucket), None)

    @property
    def _store(self) -> ObjectStore:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    async def put(self, name: str, file: Path) -> None:
        """Keep a file's bytes under a name, whole or not at all; what was there is replaced. The file stays."""
        with _told():
            self.mark()
            if self._folder is not None:
                await asyncio.to_thread(_place, file, self._folder / name)
                return
            async with self._putting:
                await obstore.put_async(self._store, name, file, chunk_size=_PART, max_concurrency=2)

    async def size(self, name: str) -> int:
        with _told(missing=True):
            self._check_disk()
            return (await obstore.head_async(self._store, name))["size"]

    async def read(self, name: str, begins: int, ends: int) -> AsyncGenerator[bytes, None]:
        """Give the bytes from one place up to another, piece by piece."""
        if begins >= ends:
            return
        with _told(missing=True):
            result = await obstore.get_async(self._store, name, options={"range": (begins, ends)})
            async for piece in result.stream(min_chunk_size=CHUNK):
                yield bytes(piece)

    async def delete(self, name: str) -> None:
        """Remove an object, if it is there."""
        with suppress(ObjectGone), _told(missing=True):
            await obstore.delete_async(self._store, name)

    async def listed(self, prefix: str) -> AsyncGenerator[list[Found], None]:
        """List what lies under a prefix, some at a time."""
        with _told():
            async for page in obstore.list(self._store, prefix=prefix, chunk_size=500):
                yield [Found(one["path"], one["size"], one["last_modified"]) for one in page]

    async def written_at(self, name: str) -> datetime:
        with _told(missing=True):
            return (await obstore.head_async(self._store, name))["last_modified"]

    async def answer(self) -> None:
        """Say nothing when the store can be used, or `DocumentsAway`."""
        with _told():
            store = self._store
            self._check_disk()
            if self._folder is not None and not os.access(self._folder, os.R_OK | os.W_OK | os.X_OK):
                raise DocumentsAway(sentence("the folder of the documents {folder} cannot be written to", folder=self._folder))
            async for _ in obstore.list(store, prefix="answer", chunk_size=1):
                return

    def mark(self) -> None:
        """Take the folder for the one to write to, from now on; `DocumentsAway` where it no longer is that one."""
        self._check_disk()
        if self._folder is not None and not self._marked:
            with _told():
                make_private(self._folder)
                (self._folder / _MARK).touch(mode=0o600)
            self._marked = True

    def _check_disk(self) -> None:
        """Keep nothing in, and miss nothing from, the empty folder that shows where a disk is not mounted."""
        if self._marked and self._folder is not None and not (self._folder / _MARK).exists():
            raise DocumentsAway(
                sentence("the folder of the documents {folder} is not the one that it was: is its disk mounted?", folder=self._folder)
            )


def _open_bucket(bucket: Bucket) -> ObjectStore:
    return S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        endpoint=bucket.endpoint,
        region=bucket.region,
        access_key_id=bucket.key_id,
        secret_access_key=bucket.secret,
        virtual_hosted_style_request=bucket.endpoint.partition("://")[2].startswith(f"{bucket.name}."),
        # A download takes as long as its reader; what ends a hanging one is that nothing comes.
        client_options={"allow_http": True, "connect_timeout": "3s", "read_timeout": "30s", "timeout": "6h"},
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=15)},
    )


@contextmanager
def _told(*, missing: bool = False) -> Iterator[None]:
    """Say in our own words what went wrong; a missing object is that only where one was asked for."""
    try:
        yield
    except FileNotFoundError as fault:
        if missing and "NoSuchBucket" not in str(fault):
            raise ObjectGone(_GONE) from fault
        raise _away(fault) from fault
    except (BaseError, OSError) as fault:
        raise _away(fault) from fault


def _away(fault: Exception) -> DocumentsAway:
    why = refused(fault) if isinstance(fault, OSError) else str(fault).partition("\n")[0]
    return DocumentsAway(sentence("the storage of the documents failed: {why}", why=why))


def _place(file: Path, target: Path) -> None:
    """Put a file at its place as one step, and have the disk hold it before anything speaks of it."""
    make_private(target.parent)
    beside = file.with_suffix(".kept")
    try:
        beside.unlink(missing_ok=True)
        _link(file, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)  # of two names of one file, replacing one by the other leaves both
    for folder in (target.parent, target.parent.parent):
        _sync(folder)


def _link(file: Path, beside: Path) -> None:
    """Some file systems give a file one name only: there it is copied."""
    try:
        beside.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, beside)
        _sync(beside)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
