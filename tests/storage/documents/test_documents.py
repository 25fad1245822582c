"""Bytes are kept once and whole, in a folder and in a bucket; what nothing names goes, and a store that fails says so."""

import asyncio
import hashlib
import os
import resource
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.archive import archive_of
from auditor.documents.cleaning import clean
from casework.settings import SettingFault, Settings
from domain.documents import Document
from storage.documents.archive import Archive, digest_in, name_of, open_archive
from storage.documents.documents import COLUMNS, document_row, find_document, list_documents, named_bytes, same_bytes, unlisted
from storage.documents.objects import Objects
from storage.documents.staging import Staged
from storage.postgres.faults import DocumentLost, DocumentsAway, ObjectGone
from storage.postgres.transaction import Database, Tx
from tests.buckets import in_bucket, place, s3
from tests.storage.making import stored

__all__ = ["place", "s3"]


@pytest.fixture
def archive(place: dict[str, Any]) -> Archive:
    return archive_of(Settings(**place))


async def keep(archive: Archive, content: bytes) -> bytes:
    async with archive.stage() as upload:
        for at in range(0, len(content), 1000):
            await upload.take(content[at : at + 1000])
        await archive.keep(upload)
    assert upload.sha256 == hashlib.sha256(content).digest()
    return upload.sha256


async def whole(archive: Archive, digest: bytes, size: int) -> bytes:
    return b"".join([piece async for piece in archive.read_whole(digest, size)])


async def test_bytes_come_back_whole_and_in_parts(archive: Archive) -> None:
    for content in (b"x", os.urandom(700_000), os.urandom(9_000_000)):
        digest = await keep(archive, content)
        await archive.check(digest, len(content))
        assert await whole(archive, digest, len(content)) == content
        assert b"".join([piece async for piece in archive.read(digest, 0, 1)]) == content[:1]
        assert [piece async for piece in archive.read(digest, 5, 5)] == []


async def test_an_upload_that_is_not_kept_leaves_nothing(archive: Archive) -> None:
    async with archive.stage() as upload:
        await upload.take(b"half of it")
        assert await upload.read(0, 4) == b"half"
        assert len(list(archive.incoming.iterdir())) == 1
    assert list(archive.incoming.iterdir()) == []
    assert not await archive.holds(upload.sha256)


async def test_the_same_bytes_are_kept_once_by_whoever_comes_first(archive: Archive) -> None:
    content = os.urandom(5000)
    digests = await asyncio.gather(*[keep(archive, content) for _ in range(6)])
    assert len(set(digests)) == 1
    assert await whole(archive, digests[0], 5000) == content
    assert list(archive.incoming.iterdir()) == []


async def test_an_upload_may_be_kept_again_after_its_bytes_were_removed(archive: Archive) -> None:
    async with archive.stage() as upload:
        await upload.take(b"kept twice")
        await archive.keep(upload)
        await archive.keep(upload)
        await archive.objects.delete(name_of(upload.sha256))
        await archive.objects.delete(name_of(upload.sha256))
        assert not await archive.holds(upload.sha256)
        await archive.keep(upload)
        assert await whole(archive, upload.sha256, 10) == b"kept twice"


async def test_bytes_that_have_changed_are_not_given_to_the_end(archive: Archive) -> None:
    content = os.urandom(600_000)
    digest = await keep(archive, content)
    async with archive.stage() as wrong:
        await wrong.take(content[:-1] + b"?")
        await archive.objects.put(name_of(digest), wrong.path)
    given: list[bytes] = []
    with pytest.raises(DocumentLost, match="not what they were"):
        await read_into(given, archive.read_whole(digest, len(content)))
    assert sum(map(len, given)) < len(content)
    with pytest.raises(DocumentLost):
        await archive.check(digest, len(content) + 1)
    await archive.objects.delete(name_of(digest))
    for reading in (archive.check(digest, 1), whole(archive, digest, 1)):
        with pytest.raises(DocumentLost):
            await reading


async def read_into(given: list[bytes], pieces: AsyncIterator[bytes]) -> None:
    async for piece in pieces:
        given.append(piece)  # noqa: PERF401 -- what came before the fault is to be seen


def test_a_name_is_a_digest_and_nothing_else() -> None:
    digest = hashlib.sha256(b"").digest()
    assert name_of(digest) == f"objects/e3/{digest.hex()}"
    assert digest_in(name_of(digest)) == digest
    assert [digest_in(name) for name in ("objects/aa/ff", "objects/e3/../../x", "x")] == [None] * 3


async def test_what_nothing_names_is_removed_after_its_days(archive: Archive, database: Database, tx: Tx) -> None:
    case = (await stored(tx)).case_id
    named, unnamed = await keep(archive, os.urandom(100)), await keep(archive, os.urandom(100))
    await add(tx, document(case, named))
    left = archive.incoming / "killed.part"
    left.write_bytes(b"half")
    now = datetime.now(UTC)
    assert (await cleaned(database, archive, now))[1] == 0, "it is too new"
    assert left.exists()
    later = now + timedelta(days=7, minutes=1)
    incoming, removed = await cleaned(database, archive, later)
    assert (incoming, removed >= 1, left.exists()) == (1, True, False)
    assert await archive.holds(unnamed) is False


async def cleaned(database: Database, archive: Archive, now: datetime) -> tuple[int, int]:
    found = await clean(database, archive, now)
    return found.incoming, found.unnamed


async def add(tx: Tx, *found: Document) -> None:
    await tx.copy_records_to_table("document", records=[document_row(one) for one in found], columns=COLUMNS)


def document(case_id: UUID, digest: bytes, seq: int = 1) -> Document:
    return Document(document_id=uuid4(), case_id=case_id, seq=seq, sha256=digest, name="a.pdf", media_type="application/pdf", size=100)


async def test_documents_are_found_by_id_by_case_and_by_bytes(tx: Tx) -> None:
    case = (await stored(tx)).case_id
    digest, other = os.urandom(32), os.urandom(32)
    kept = document(case, digest)
    await add(tx, kept, document(case, other, seq=2))
    assert await find_document(tx, kept.document_id) == kept
    assert await find_document(tx, uuid4()) is None
    assert await same_bytes(tx, case, digest) == kept
    assert await same_bytes(tx, uuid4(), digest) is None
    assert [one.seq for one in await list_documents(tx, case, 0, 10)] == [1, 2]
    assert [one.seq for one in await list_documents(tx, case, 1, 10)] == [2]
    assert await named_bytes(tx, [digest, os.urandom(32)]) == {digest}
    assert case not in [case_id for case_id, _ in await unlisted(tx)]


@contextmanager
def little_room(most: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes: a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_refuses_an_upload_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    archive = open_archive(tmp_path, None)
    with little_room(10_000), pytest.raises(DocumentsAway, match="cannot be taken in"):
        await keep(archive, bytes(20_000))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def test_a_file_system_of_one_name_each_has_the_bytes_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one_name(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", one_name)
    archive = open_archive(tmp_path, None)
    digest = await keep(archive, b"copied")
    assert await whole(archive, digest, 6) == b"copied"


async def test_a_folder_is_its_owners_alone(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "documents", None)
    digest = await keep(archive, b"private")
    made = [tmp_path / "documents", archive.incoming, (tmp_path / "documents" / name_of(digest)).parent]
    assert [path.stat().st_mode & 0o777 for path in made] == [0o700] * 3
    assert (tmp_path / "documents" / name_of(digest)).stat().st_mode & 0o777 == 0o600


async def test_a_disk_that_is_no_longer_mounted_is_said_and_nothing_kept_in_its_stead(tmp_path: Path) -> None:
    folder, away = tmp_path / "documents", tmp_path / "away"
    archive = open_archive(folder, None)
    kept = await keep(archive, b"kept")
    folder.rename(away)
    for _ in range(2):  # no folder, then the empty one that a disk was mounted on
        with pytest.raises(DocumentsAway, match="is its disk mounted"):
            await keep(archive, b"more")
        with pytest.raises(DocumentsAway, match="is its disk mounted"):
            await archive.check(kept, 4)
        with pytest.raises(DocumentsAway):
            await archive.objects.answer()
        assert [one.name for one in folder.iterdir()] == ["incoming"]
    rmtree(folder)
    away.rename(folder)
    await archive.check(kept, 4)
    await keep(archive, b"more")


async def test_a_folder_that_cannot_be_made_is_said_and_tried_again(tmp_path: Path) -> None:
    in_the_way = tmp_path / "documents"
    in_the_way.write_text("a file")
    objects = Objects.in_folder(in_the_way)
    for doing in (objects.answer(), objects.size("x"), open_archive(in_the_way, None).stage().__aenter__()):
        with pytest.raises(DocumentsAway):
            await doing
    in_the_way.unlink()
    await objects.answer()
    with pytest.raises(ObjectGone):
        await objects.size("x")


async def test_a_bucket_that_is_away_missing_or_closed_is_said(s3: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    settings = in_bucket(s3) | {"data": tmp_path}
    for wrong in (settings | {"s3_endpoint": nobody}, settings | {"documents": "s3://no-such-bucket/x"}):
        archive = archive_of(Settings(**wrong))
        with pytest.raises(DocumentsAway):
            await archive.objects.answer()
        with pytest.raises(DocumentsAway):
            await keep(archive, b"x")
        with pytest.raises(DocumentsAway):
            await whole(archive, hashlib.sha256(b"x").digest(), 1)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"documents": "s3://"}, "LIANBAN_DOCUMENTS"),
        ({"s3_endpoint": None}, "LIANBAN_S3_ENDPOINT"),
        ({"s3_endpoint": "host:9000"}, "LIANBAN_S3_ENDPOINT"),
        ({"s3_key": None}, "LIANBAN_S3_SECRET"),
        ({"s3_secret": None}, "LIANBAN_S3_SECRET"),
    ],
)
def test_a_bucket_with_a_setting_amiss_stops_with_its_name(changes: dict[str, Any], name: str) -> None:
    with pytest.raises(SettingFault) as refused:
        archive_of(Settings(**(in_bucket("http://127.0.0.1:1") | changes)))
    assert refused.value.name == name


async def test_pieces_of_any_length_are_written_whole(tmp_path: Path) -> None:
    archive = open_archive(tmp_path, None)
    upload: Staged
    async with archive.stage() as upload:
        for length in (0, 1, 65_536, 3):
            await upload.take(b"y" * length)
        assert (upload.size, upload.path.stat().st_size) == (65_540, 65_540)
