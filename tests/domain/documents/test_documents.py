"""What a document may be, what it may be called, and which an act may name."""

import io
import struct
import zipfile
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.acts.connection import AcceptanceHeld, MaterialsSupplemented
from domain.acts.fact import DocumentAttached
from domain.documents import attached, check_name, check_named, documents_of
from domain.ledger import Actor, Entry
from domain.media import MEDIA, MOST_DIRECTORY, check_head, check_members, directory_of
from domain.refusals import Malformed
from tests.domain.stories import shanghai

OFFICE = "application/vnd.openxmlformats-officedocument"
WORD, SHEET = MEDIA[f"{OFFICE}.wordprocessingml.document"], MEDIA[f"{OFFICE}.spreadsheetml.sheet"]
PDF, OFD, DXF = MEDIA["application/pdf"], MEDIA["application/ofd"], MEDIA["image/vnd.dxf"]
OWN, FOREIGN = UUID(int=1), UUID(int=2)


def package(*members: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for member in members:
            file.writestr(member, b"<x/>" * 50)
    return made.getvalue()


def look_into(content: bytes, kind: str = "application/ofd") -> None:
    start, ends = directory_of(content, len(content))
    check_members(MEDIA[kind], content[start:ends], start)


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        ("application/pdf", b"%PDF-1.4\n"),
        ("application/pdf", b"%PDF-2.0\n"),
        ("image/jpeg", b"\xff\xd8\xff\xe1"),
        ("image/png", b"\x89PNG\r\n\x1a\n\0"),
        ("image/tiff", b"II*\0"),
        ("image/tiff", b"MM\0*"),
        ("application/ofd", b"PK\x03\x04"),
        ("image/vnd.dwg", b"AC1015"),
        ("image/vnd.dxf", b"AutoCAD Binary DXF\r\n\x1a\0"),
        ("image/vnd.dxf", b"  0\r\nSECTION\r\n"),
        ("image/vnd.dxf", b"999\r\ndrawn by hand\r\n  0\nSECTION\n"),
    ],
)
def test_bytes_begin_as_their_kind_does(kind: str, head: bytes) -> None:
    check_head(MEDIA[kind], head)


@pytest.mark.parametrize(
    ("kind", "head", "word"),
    [
        ("application/pdf", b"", "empty"),
        ("application/pdf", b"<html>", "do not begin as one does"),
        ("application/pdf", b"\xff\xd8\xff", "as image/jpeg does"),
        ("image/vnd.dxf", b"SECTION", "do not begin"),
        ("application/ofd", b"%PDF-1.4", "as application/pdf does"),
    ],
)
def test_bytes_of_another_kind_are_refused_with_what_they_are(kind: str, head: bytes, word: str) -> None:
    with pytest.raises(Malformed, match=word):
        check_head(MEDIA[kind], head)


def test_packages_are_known_by_what_they_hold() -> None:
    look_into(package("OFD.xml", "Doc_0/Document.xml"))
    look_into(package("OFD.xml", method=zipfile.ZIP_STORED))
    look_into(package("[Content_Types].xml", "word/document.xml"), WORD.name)
    look_into(package("[Content_Types].xml", "xl/workbook.xml"), SHEET.name)
    with pytest.raises(Malformed, match=r"no \[Content_Types\].xml and no xl/workbook.xml"):
        look_into(package("OFD.xml"), SHEET.name)


GOOD = package("OFD.xml", "a.xml")
END = len(GOOD) - 22
START = directory_of(GOOD, len(GOOD))[0]


def changed(at: int, form: str, value: int, content: bytes = GOOD) -> bytes:
    return content[:at] + struct.pack(form, value) + content[at + struct.calcsize(form) :]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04", "missing"),
        (GOOD[:-1], "missing"),
        (GOOD + b"more", "does not fit"),
        (b"before" + GOOD, "does not fit"),
        (changed(END + 4, "<H", 1), "does not fit"),
        (changed(END + 6, "<H", 1), "does not fit"),
        (changed(END + 8, "<H", 1), "does not fit"),
        (changed(START, "<I", 0), "does not fit"),
        (changed(START + 8, "<H", 1), "encrypted"),
        (changed(START + 10, "<H", 99), "encrypted"),
        (changed(START + 24, "<I", 2**32 - 1), "encrypted"),
        (changed(START + 24, "<I", 1_000_000_000), "would unpack to 1000000200 bytes"),
        (changed(START + 20, "<I", len(GOOD)), "one upon another"),
        (changed(START + 46 + 7 + 42, "<I", 0), "one upon another"),
        (changed(START + 28, "<H", 2000), "does not fit|holds no"),
        (package("OFD.xml", "../x"), "leads out"),
        (package("OFD.xml", "/x"), "leads out"),
        (package("OFD.xml", "a/VBAProject.bin"), "macros"),
    ],
)
def test_a_package_that_is_none_or_would_do_harm_is_refused(content: bytes, word: str) -> None:
    with pytest.raises(Malformed, match=word):
        look_into(content)


def test_a_list_of_members_without_end_is_not_read() -> None:
    size = MOST_DIRECTORY + 1
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 20_000, 20_000, size, 0, 0)
    with pytest.raises(Malformed, match="over 1000000 bytes"):
        directory_of(tail, size + 22)


def test_a_member_whose_name_turns_the_slash_is_refused() -> None:
    with pytest.raises(Malformed, match="leads out"):
        look_into(GOOD.replace(b"a.xml", b"a\\xml"))


@pytest.mark.parametrize(("name", "kind"), [("红线图（终）.pdf", PDF), ("A 1.PDF", PDF), ("公文.ofd", OFD), ("管线..v2.dxf", DXF)])
def test_a_files_own_name_is_kept(name: str, kind: object) -> None:
    check_name(name, next(media for media in MEDIA.values() if media is kind))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("a/b.pdf", "slash"),
        ("a\\b.pdf", "slash"),
        ("a\u202efdp.exe.pdf", "shows nothing"),
        ("a\tb.pdf", "shows nothing"),
        ("a.pdf ", "space"),
        (".pdf", "dot"),
        ("a.exe", "ends in .pdf"),
        ("a", "ends in .pdf"),
    ],
)
def test_a_name_that_leads_elsewhere_or_deceives_is_refused(name: str, word: str) -> None:
    with pytest.raises(Malformed, match=word):
        check_name(name, PDF)


def entry() -> Entry:
    at = shanghai("2026-06-03 10:00")
    act = DocumentAttached(document_id=OWN, name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64)
    return Entry(UUID(int=9), 2, at, at, Actor("jm-water", "utility", "x"), "e", act, "{}", b"")


def test_an_act_names_documents_that_its_case_has() -> None:
    assert list(attached([entry()])) == [OWN]
    check_named([entry()], AcceptanceHeld(utilities=("jm-water",), documents=(OWN,)))
    check_named([], AcceptanceHeld(utilities=("jm-water",)))
    check_named([], MaterialsSupplemented(utility="jm-water", department="jm-zjj", documents=("红线图",)))


def test_an_act_that_names_a_document_of_another_case_is_refused() -> None:
    with pytest.raises(Malformed, match="upload it to the case first") as refused:
        check_named([entry()], AcceptanceHeld(utilities=("jm-water",), documents=(OWN, FOREIGN)))
    assert refused.value.extra["documents"] == [str(FOREIGN)]
    with pytest.raises(Malformed):
        check_named([entry()], MaterialsSupplemented(utility="jm-water", department="jm-zjj", documents=("红线图",), files=(FOREIGN,)))


def test_the_documents_of_a_case_are_those_that_its_ledger_attached() -> None:
    [document] = documents_of([entry(), replace(entry(), act=AcceptanceHeld(utilities=("jm-water",)))])
    assert (document.document_id, document.case_id, document.seq, document.name, document.size) == (OWN, UUID(int=9), 2, "a.pdf", 1)
    assert (document.sha256, document.media_type) == (bytes(32), "application/pdf")
