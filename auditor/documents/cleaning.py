"""Looks after the documents' bytes: removes what nothing names, and reads all of it to say what is gone or changed; mends nothing."""

from collections.abc import Callable, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct, field

from storage.documents.archive import Archive, digest_in
from storage.documents.documents import cases_with, hold_bytes, named_bytes, next_bytes, unlisted
from storage.documents.objects import Found
from storage.postgres.faults import DocumentLost, ObjectGone
from storage.postgres.transaction import Database
from words import sentence

INCOMING_KEPT = timedelta(days=1)
"""No upload takes that long; a file that is older was left by a process that was killed."""
UNNAMED_KEPT = timedelta(days=7)
"""Bytes that no case names: kept so long, so that whoever restores a database of these days finds them still."""
PAGE = 500


class Cleaned(Struct):
    """What was removed."""

    incoming: int = 0
    unnamed: int = 0


class Whole(Struct):
    """What was read, and what is wrong with it, in words."""

    documents: int = 0
    size: int = 0
    broken: list[tuple[UUID | None, str]] = field(default_factory=list)


async def clean(db: Database, archive: Archive, now: datetime) -> Cleaned:
    """Remove what killed processes left of uploads, and old bytes that no case names."""
    cleaned = Cleaned(incoming=archive.clear_incoming(now - INCOMING_KEPT))
    async with aclosing(archive.listed()) as pages:
        async for page in pages:
            old = [found for found in page if found.written_at < now - UNNAMED_KEPT]
            for found in await _unnamed(db, old):
                cleaned.unnamed += await _remove(db, archive, found, now)
    return cleaned


async def _unnamed(db: Database, found: Sequence[Found]) -> list[Found]:
    digests = {one.name: digest_in(one.name) for one in found}
    async with db.connection() as tx:
        named = await named_bytes(tx, [digest for digest in digests.values() if digest is not None])
    return [one for one in found if digests[one.name] not in {None, *named}]


async def _remove(db: Database, archive: Archive, found: Found, now: datetime) -> bool:
    """Look again with the bytes to oneself: an upload of the same may have come since."""
    digest = digest_in(found.name) or b""
    async with db.transaction() as tx:
        await hold_bytes(tx, digest)
        if digest in await named_bytes(tx, [digest]) or await _came_again(archive, found.name, now):
            return False
        await archive.objects.delete(found.name)
    return True


async def _came_again(archive: Archive, name: str, now: datetime) -> bool:
    try:
        return await archive.objects.written_at(name) >= now - UNNAMED_KEPT
    except ObjectGone:
        return True


async def read_all(db: Database, archive: Archive, told: Callable[[int], None] = lambda _: None) -> Whole:
    """Read every document's bytes and compare; name the cases of those that are gone or changed."""
    whole = Whole()
    async with db.connection() as tx:
        whole.broken.extend(
            (case_id, sentence("the document of entry {seq} is not in the list of documents", seq=seq))
            for case_id, seq in await unlisted(tx)
        )
    after = b""
    while True:
        async with db.connection() as tx:
            digests = await next_bytes(tx, after, PAGE)
        for digest, size in digests:
            await _read(db, archive, digest, size, whole)
            told(1)
        if len(digests) < PAGE:
            return whole
        after = digests[-1][0]


async def _read(db: Database, archive: Archive, digest: bytes, size: int, whole: Whole) -> None:
    whole.documents += 1
    try:
        await archive.check(digest, size)
        async with aclosing(archive.read_whole(digest, size)) as pieces:
            async for piece in pieces:
                whole.size += len(piece)
    except DocumentLost as fault:
        async with db.connection() as tx:
            whole.broken.extend((case_id, fault.args[0]) for case_id in await cases_with(tx, digest))
