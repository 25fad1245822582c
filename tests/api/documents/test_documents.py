"""A document is uploaded once and read by every party of its case, and by nobody else; the same over a folder and over S3."""

import asyncio
import hashlib
import io
import socket
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx
import pytest
from litestar import Litestar

import api.wire.upload
from auditor.documents.cleaning import read_all
from cli.servers import Addresses
from storage.documents.archive import Archive, name_of
from tests.api.callers import DAYE, Body, Callers, opened, over_asgi, record
from tests.api.cases.test_complaints import complaint
from tests.api.conftest import started
from tests.buckets import in_bucket, place, s3
from tests.conftest import Clock
from tests.database import copied

__all__ = ["place", "s3"]

PDF = b"%PDF-1.7\n" + b"one page of a drawing\n" * 40
DIGEST = hashlib.sha256(PDF).hexdigest()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEY = "idempotency-key"


@pytest.fixture(scope="module")
async def app(servers: Addresses, template: str, moving: Clock, place: dict[str, Any]) -> AsyncIterator[Litestar]:
    """The application over that place, with a database of its own."""
    async with copied(servers, template) as urls, started(urls.app, moving, document_bytes=200_000, **place) as made:
        yield made


@pytest.fixture(scope="module")
def archive(app: Litestar) -> Archive:
    found: Archive = app.state.program.archive
    return found


@pytest.fixture
async def case(callers: Callers) -> Body:
    """A connection case that 城市水务集团 takes part in."""
    return await opened(callers.window())


async def upload(
    client: httpx.AsyncClient, case: Body, content: bytes | AsyncIterator[bytes] = PDF, name: str = "图纸.pdf", **headers: str
) -> httpx.Response:
    sent = {"content-type": "application/pdf"} | {field.replace("_", "-"): value for field, value in headers.items()}
    address = f"/v1/documents?caseId={case['caseId']}&name={quote(name, safe='')}"
    return await client.post(address, content=content, headers=sent)


def package(*members: str, packed: bytes = b"<x/>") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for member in members:
            file.writestr(member, packed)
    return made.getvalue()


def word() -> bytes:
    return package("[Content_Types].xml", "word/document.xml")


async def test_a_document_uploaded_by_one_party_is_read_by_another(callers: Callers, case: Body) -> None:
    made = await upload(callers.window(), case)
    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["name"], shown["mediaType"], shown["size"], shown["sha256"]) == ("图纸.pdf", "application/pdf", len(PDF), DIGEST)
    assert made.headers["location"] == f"/v1/documents/{shown['documentId']}"
    read = await callers.water().get(made.headers["location"])
    assert (read.status_code, read.content) == (200, PDF)
    headers = read.headers
    assert (headers["etag"], headers["content-type"], headers["content-length"]) == (f'"{DIGEST}"', "application/pdf", str(len(PDF)))
    assert headers["content-disposition"] == "attachment; filename=\"document.pdf\"; filename*=UTF-8''%E5%9B%BE%E7%BA%B8.pdf"
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("private, no-cache", "nosniff")
    assert "sandbox" in headers["content-security-policy"]


async def test_the_ledger_says_who_attached_what(callers: Callers, case: Body) -> None:
    shown = (await upload(callers.water(), case)).json()
    acts = (await callers.window().get(f"/v1/cases/{case['caseId']}/acts?after={shown['seq'] - 1}")).json()["items"]
    assert (acts[0]["seq"], acts[0]["act"], acts[0]["actor"]["party"]) == (shown["seq"], "document.attached", "jm-water")
    assert (acts[0]["body"]["sha256"], acts[0]["body"]["documentId"]) == (DIGEST, shown["documentId"])


async def test_a_case_lists_its_documents_in_the_order_in_which_they_came(callers: Callers, case: Body) -> None:
    names = [(await upload(callers.water(), case, PDF + bytes([n]), f"{n}.pdf")).json()["name"] for n in range(3)]
    path = f"/v1/cases/{case['caseId']}/documents"
    first = (await callers.window().get(f"{path}?limit=2")).json()
    rest = (await callers.window().get(f"{path}?limit=2&after={first['next']}")).json()
    assert [one["name"] for one in first["items"] + rest["items"]] == names
    assert rest["next"] is None


async def test_nobody_outside_the_case_reads_or_adds_to_it(callers: Callers, case: Body) -> None:
    made = await upload(callers.window(), case)
    strangers = (callers("utility", "dy-water", DAYE), callers("portal", "dy-portal", DAYE), callers("utility", "jm-heat"))
    for stranger in strangers:
        answers = [
            await stranger.get(made.headers["location"]),
            await stranger.get(f"/v1/cases/{case['caseId']}/documents"),
            await upload(stranger, case, PDF + b"more"),
        ]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
        assert answers[0].json()["detail"] == (await stranger.get(f"/v1/documents/{uuid4()}")).json()["detail"]


async def test_documents_of_a_report_are_closed_to_whom_it_is_about(callers: Callers) -> None:
    report = await opened(callers("inspector", "jm-fgw"), complaint("report", "jm-spj"))
    reader = callers("inspector", "jm-fgw")
    made = await upload(reader, report)
    assert made.status_code == 201, made.text
    for closed in (callers.window(), callers("portal", "hb-portal")):
        assert (await closed.get(made.headers["location"])).status_code == 404
        assert (await closed.get(f"/v1/cases/{report['caseId']}/documents")).status_code == 404
    assert (await reader.get(made.headers["location"])).status_code == 200


async def test_the_same_bytes_come_to_a_case_once(callers: Callers, case: Body) -> None:
    first = await upload(callers.window(), case, idempotency_key="a")
    again = await upload(callers.window(), case, idempotency_key="b", name="other.pdf")
    kept = await upload(callers.window(), case, idempotency_key="a")
    assert (first.status_code, again.status_code, kept.status_code) == (201, 200, 201)
    assert first.json() == again.json() == kept.json()
    assert "idempotency-replayed" in kept.headers
    assert len((await callers.window().get(f"/v1/cases/{case['caseId']}/documents")).json()["items"]) == 1


async def test_a_key_with_other_bytes_another_name_or_another_case_is_refused(callers: Callers, case: Body) -> None:
    window, other = callers.window(), await opened(callers.window())
    assert (await upload(window, case, idempotency_key="c")).status_code == 201
    answers = [
        await upload(window, case, PDF + b"x", idempotency_key="c"),
        await upload(window, case, name="x.pdf", idempotency_key="c"),
        await upload(window, other, idempotency_key="c"),
    ]
    assert [answer.json()["type"] for answer in answers] == ["urn:lianban:problem:key-reused"] * 3


async def test_two_cases_have_the_same_bytes_each_under_its_own_id(callers: Callers, case: Body) -> None:
    other = await opened(callers.window())
    one, two = await upload(callers.window(), case), await upload(callers.window(), other)
    assert (one.status_code, two.status_code) == (201, 201)
    assert one.json()["documentId"] != two.json()["documentId"]
    assert one.json()["sha256"] == two.json()["sha256"]


async def test_the_same_bytes_at_once_make_one_document(callers: Callers, case: Body) -> None:
    content = PDF + uuid4().bytes
    answers = await asyncio.gather(*[upload(callers.water(), case, content) for _ in range(8)])
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["documentId"] for answer in answers}) == 1


async def test_a_reader_who_has_it_already_is_told_so(callers: Callers, case: Body) -> None:
    made = await upload(callers.window(), case)
    for tags in (f'"{DIGEST}"', f'W/"{DIGEST}"', f'"x", "{DIGEST}"', "*"):
        answer = await callers.water().get(made.headers["location"], headers={"if-none-match": tags})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", f'"{DIGEST}"')
    assert (await callers.water().get(made.headers["location"], headers={"if-none-match": '"x"'})).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-0", 206, PDF[:1]),
        ("bytes=5-9", 206, PDF[5:10]),
        ("bytes=880-", 206, PDF[880:]),
        ("bytes=-4", 206, PDF[-4:]),
        ("bytes=-99999", 206, PDF),
        ("bytes=5-99999", 206, PDF[5:]),
        ("bytes=0-1,3-4", 200, PDF),
        ("bytes=9-5", 200, PDF),
        ("lines=1-2", 200, PDF),
        ("bytes=-", 200, PDF),
    ],
)
async def test_a_part_is_given_where_one_is_asked_for(callers: Callers, case: Body, asked: str, status: int, part: bytes) -> None:
    made = await upload(callers.window(), case)
    answer = await callers.water().get(made.headers["location"], headers={"range": asked})
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (status, part, str(len(part)))
    assert ("content-range" in answer.headers) == (status == 206)


async def test_a_part_behind_the_end_is_none_and_one_meant_for_other_bytes_is_the_whole(callers: Callers, case: Body) -> None:
    made = await upload(callers.window(), case)
    behind = await callers.water().get(made.headers["location"], headers={"range": f"bytes={len(PDF)}-"})
    meant = await callers.water().get(made.headers["location"], headers={"range": "bytes=0-3", "if-range": '"other"'})
    assert (behind.status_code, behind.json()["size"]) == (416, len(PDF))
    assert (meant.status_code, meant.content) == (200, PDF)


@pytest.mark.parametrize(
    "name",
    [
        "../../x.pdf",
        "..\\x.pdf",
        "/etc/x.pdf",
        "a\u202efdp.exe.pdf",
        "a\u200b.pdf",
        "a\r\nset-cookie: x.pdf",
        ".pdf",
        " x.pdf",
        "x.pdf.exe",
        "x",
    ],
)
async def test_a_name_that_leads_elsewhere_or_deceives_is_refused(callers: Callers, case: Body, name: str) -> None:
    answer = await upload(callers.window(), case, name=name)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:lianban:problem:malformed"), answer.text


@pytest.mark.parametrize("name", ["", "x" * 10_000 + ".pdf", "x\0.pdf"])
async def test_a_name_that_is_none_is_refused(callers: Callers, case: Body, name: str) -> None:
    answer = await upload(callers.window(), case, name=name)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:lianban:problem:not-readable"), answer.text


@pytest.mark.parametrize(
    ("content", "media", "name", "status"),
    [
        (b"<html><script>", "text/html", "x.html", 415),
        (b"<svg/>", "image/svg+xml", "x.svg", 415),
        (b"MZ\x90", "application/x-msdownload", "x.exe", 415),
        (PDF, "", "x.pdf", 415),
        (PDF, "application/octet-stream", "x.pdf", 415),
        (b"<html><script>", "application/pdf", "x.pdf", 422),
        (b"MZ\x90\0" * 9, "image/png", "x.png", 422),
        (PDF, "image/jpeg", "x.jpg", 422),
        (b"", "application/pdf", "x.pdf", 422),
        (PDF, DOCX, "x.docx", 422),
        (package("word/document.xml"), DOCX, "x.docx", 422),
        (package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), DOCX, "x.docx", 422),
        (word() + b"more", DOCX, "x.docx", 422),
        (b"%PDF-1.7\n" * 30_000, "application/pdf", "x.pdf", 413),
    ],
)
async def test_what_is_not_what_it_says_is_refused_and_leaves_nothing(
    callers: Callers, case: Body, archive: Archive, content: bytes, media: str, name: str, status: int
) -> None:
    before = await kept(archive)
    answer = await upload(callers.window(), case, content, name, content_type=media)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert (await kept(archive), left(archive)) == (before, [])


async def kept(archive: Archive) -> set[str]:
    return {found.name async for page in archive.listed() for found in page}


def left(archive: Archive) -> list[str]:
    return [path.name for path in archive.incoming.glob("*")]


async def test_the_kinds_of_an_office_are_taken(callers: Callers, case: Body) -> None:
    kinds = [
        (word(), DOCX, "函.docx"),
        (package("OFD.xml", "Doc_0/Document.xml"), "application/ofd", "公文.ofd"),
        (b"\xff\xd8\xff\xe0 photo", "image/jpeg", "现场.JPG"),
        (b"AC1032\0\0 drawing", "image/vnd.dwg", "管线.dwg"),
        (b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "image/vnd.dxf", "管线.dxf"),
    ]
    for content, media, name in kinds:
        answer = await upload(callers.window(), case, content, name, content_type=media)
        assert answer.status_code == 201, answer.text
        read = await callers.water().get(answer.headers["location"])
        assert (read.content, read.headers["content-type"]) == (content, media)


@pytest.mark.parametrize("said", ["10", "100000"])
async def test_a_body_of_another_length_than_it_says_is_refused(callers: Callers, case: Body, archive: Archive, said: str) -> None:
    answer = await upload(callers.window(), case, content_length=said)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:lianban:problem:not-readable")
    assert left(archive) == []


async def test_a_body_said_to_be_too_large_is_not_waited_for(callers: Callers, case: Body) -> None:
    asked = []

    async def large() -> AsyncIterator[bytes]:
        asked.append(1)
        yield PDF

    assert (await upload(callers.window(), case, large(), content_length="200001")).status_code == 413
    assert asked == []


async def test_a_body_of_no_said_length_is_counted(callers: Callers, case: Body, archive: Archive) -> None:
    async def pieces(number: int) -> AsyncIterator[bytes]:
        yield b"%PDF-1.7\n"
        for _ in range(number):
            yield b"x" * 1000

    assert (await upload(callers.window(), case, pieces(100))).status_code == 201
    assert (await upload(callers.window(), case, pieces(1000))).status_code == 413
    assert left(archive) == []


async def test_a_body_that_trickles_is_cut_off(callers: Callers, case: Body, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.wire.upload, "PATIENCE", 0.05)

    async def trickle() -> AsyncIterator[bytes]:
        yield b"%PDF-1.7\n"
        while True:
            await asyncio.sleep(0.02)
            yield b"x"

    answer = await upload(callers.window(), case, trickle())
    assert (answer.status_code, answer.headers["connection"]) == (408, "close")
    assert left(archive) == []


async def test_an_act_names_documents_of_its_own_case_alone(callers: Callers, case: Body) -> None:
    other = await opened(callers.window())
    own = (await upload(callers.water(), case)).json()["documentId"]
    foreign = (await upload(callers.water(), other)).json()["documentId"]
    for unknown in (foreign, str(uuid4())):
        refused = await record(callers.water(), case, "acceptance.held", utilities=["jm-water"], documents=[own, unknown])
        assert (refused.status_code, refused.json().get("documents")) == (422, [unknown]), refused.text
    taken = await record(callers.water(), case, "acceptance.held", utilities=["jm-water"], documents=[own])
    assert taken.json().get("documents") is None, taken.text


async def test_bytes_that_are_not_what_they_were_are_never_given_as_whole(
    callers: Callers, case: Body, app: Litestar, archive: Archive
) -> None:
    content = PDF + uuid4().bytes
    made = await upload(callers.window(), case, content)
    digest = hashlib.sha256(content).digest()
    for wrong, shown in ((b"X" + content[1:], AssertionError), (content[:-1], None)):
        await put(archive, digest, wrong)
        if shown is None:
            answer = await callers.water().get(made.headers["location"])
            assert (answer.status_code, answer.json()["type"]) == (500, "urn:lianban:problem:document-lost")
        else:  # the connection breaks off: without a socket, the answer is never finished
            with pytest.raises(shown):
                await callers.water().get(made.headers["location"])
    await archive.objects.delete(name_of(digest))
    assert (await callers.water().get(made.headers["location"])).status_code == 500
    whole = await read_all(app.state.program.db, archive)
    assert [case_id for case_id, _ in whole.broken] == [UUID(case["caseId"])]
    assert (await upload(callers.window(), case, content)).status_code == 200, "bytes that come again mend it"
    assert (await callers.water().get(made.headers["location"])).content == content
    assert (await read_all(app.state.program.db, archive)).broken == []


async def put(archive: Archive, digest: bytes, content: bytes) -> None:
    async with archive.stage() as wrong:
        await wrong.take(content)
        await archive.objects.put(name_of(digest), wrong.path)


async def test_readiness_knows_of_the_documents(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.get("/health/ready")).json()["documents"] == "up"


async def test_a_storage_that_is_away_is_said_and_stops_nothing_else(
    servers: Addresses, template: str, moving: Clock, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    away = in_bucket(nobody) | {"data": tmp_path}
    async with copied(servers, template) as urls, started(urls.app, moving, **away) as app:
        callers = Callers(app, moving)
        case = await opened(callers.window())
        answer = await upload(callers.window(), case)
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:lianban:problem:documents-away")
        assert nobody not in answer.text
        assert (await callers.window().get(f"/v1/cases/{case['caseId']}/documents")).json()["items"] == []
        async with over_asgi(app) as anybody:
            ready = (await anybody.get("/health/ready")).json()
    assert (ready["status"], ready["documents"]) == ("degraded", "away")


async def test_the_feed_tells_of_a_document_without_its_name(callers: Callers) -> None:
    case = await opened(callers.window())
    await upload(callers.window(), case, name="张三丰身份证.PDF")
    told = [
        one["entry"]["body"]
        for one in (await callers.water().get("/v1/events?limit=200")).json()["items"]
        if one["caseId"] == case["caseId"]
    ]
    assert told[-1]["name"] == "—.PDF"
    ledger = (await callers.water().get(f"/v1/cases/{case['caseId']}/acts")).json()["items"]
    assert ledger[-1]["body"]["name"] == "张三丰身份证.PDF"
