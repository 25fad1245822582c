"""Documents 一次上传、多方共享: uploaded once to a case, and read by all who take part in it; nobody changes or removes one."""

from collections.abc import Iterable, Mapping
from typing import Annotated
from uuid import UUID, uuid4

from litestar import get, post
from msgspec import Meta

from api.wire.answer import Answer, reply
from api.wire.download import Streamed, attachment, part_of
from api.wire.idempotency import once
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, Limit, Pages, alone
from api.wire.problems import RangeNotSatisfiable, WrongMediaType
from api.wire.upload import arriving
from casework.access.visibility import seen_case
from casework.documents.attaching import Attached, attach, documents_after, seen_document
from casework.recording.recording import actor_of
from casework.shown import Shown
from domain.acts.fact import DocumentAttached
from domain.case import Case
from domain.cases.order import check_allowed
from domain.documents import Document, check_name
from domain.media import HEAD, MEDIA, TAIL, Media, check_head, check_members, directory_of
from domain.refusals import KeyReused, Malformed, NotAllowed, NotFound, OutOfOrder
from storage.cases.cases import read_case
from storage.documents.archive import Archive
from storage.documents.staging import Staged
from storage.postgres.faults import DocumentLost, DocumentsAway
from words import listed, sentence

PRIVATE = {
    "cache-control": "private, no-cache",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
}
"""A document is its reader's alone, is asked for anew each time (304 if it has not changed), and runs nothing in a browser."""


class DocumentShown(Shown, frozen=True):
    """A document of a case; `seq` is the entry of the ledger that says who attached it, and when."""

    document_id: UUID
    case_id: UUID
    seq: int
    name: str
    media_type: str
    size: int
    sha256: str


class DocumentPage(Shown, frozen=True):
    """A case's documents, in the order in which they came."""

    items: tuple[DocumentShown, ...]
    next: str | None


class AttachmentQuery(Wire, frozen=True):
    """To which case, and under what name."""

    case_id: UUID
    name: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\u0000]*$", description="The file's name, without its folder.")]


class DocumentsQuery(Wire, frozen=True):
    """Which part of the list."""

    after: Annotated[str, Meta(pattern=r"^[0-9]{1,9}$", description="The `next` of the page before.")] | None = None
    limit: Limit = DEFAULT_LIMIT


_ATTACHING = Query[AttachmentQuery](AttachmentQuery)
_ASKED = Query[DocumentsQuery](DocumentsQuery)
_PAGES = Pages[Document, int](DocumentPage, lambda last: str(last.seq), int, about=(), of_one_moment=False)
ATTACH = Operation(
    reply=DocumentShown,
    status=201,
    query=_ATTACHING,
    uploads=tuple(MEDIA),
    also={200: "The case has these bytes already: the document that it has"},
    problems=(NotAllowed, NotFound, OutOfOrder, Malformed, KeyReused, DocumentsAway),
    headers=("Location",),
    takes=("Idempotency-Key",),
    tag="documents",
)
READ = Operation(
    reply=tuple(MEDIA),
    also={206: "The part that was asked for", 304: "It is still the one that you have"},
    problems=(NotAllowed, NotFound, RangeNotSatisfiable, DocumentsAway, DocumentLost),
    headers=("ETag", "Content-Disposition"),
    takes=("If-None-Match", "Range"),
    tag="documents",
)
LIST = Operation(reply=DocumentPage, query=_ASKED, problems=(NotAllowed, NotFound), headers=("Link",), tag="documents")


@post(
    "/v1/documents",
    operation_id="attachDocument",
    summary="Upload a document to a case",
    status_code=201,
    opt=ATTACH.opt,
    request_max_body_size=None,
)
async def attach_document(request: ApiRequest) -> Answer:
    """Answer with the document; bytes that the case has already are not kept twice, nor under a second name."""
    asked, media = _ATTACHING.of(request), _media_of(request)
    check_name(asked.name, media)
    async with request.program.connection(request.user) as tx:
        case = await seen_case(tx, request.user, await read_case(tx, asked.case_id))
    async with request.program.archive.stage() as upload:
        async for piece in arriving(request, request.program.settings.document_bytes):
            await upload.take(piece)
        await _check(media, upload)
        return await _kept(request, upload, case, _attached(asked.name, media, upload))


@get("/v1/documents/{documentId:uuid}", operation_id="readDocument", summary="Read a document's bytes", opt=READ.opt)
async def read_document(request: ApiRequest) -> Answer:
    """Answer with the bytes, checked against their digest as they are sent: a whole answer that does not fit breaks off."""
    async with request.program.connection(request.user) as tx:
        document = await seen_document(tx, request.user, request.path_params["documentId"])
    tag = f'"{document.sha256.hex()}"'
    if _lists(request.headers.get("if-none-match"), tag):
        return Answer(status_code=304, headers=PRIVATE | {"etag": tag})
    part = part_of(_range(request, tag), document.size)
    await request.program.archive.check(document.sha256, document.size)
    headers = PRIVATE | {"etag": tag, "content-disposition": attachment(document.name)}
    return _streamed(request.program.archive, document, part, headers)


@get("/v1/cases/{caseId:uuid}/documents", operation_id="listDocuments", summary="List a case's documents", opt=LIST.opt)
async def list_documents(request: ApiRequest) -> Answer:
    """Answer with a page of them."""
    asked, caller, case = _ASKED.of(request), request.user, request.path_params["caseId"]
    return await _PAGES.answer(request, asked, lambda tx, after, most: documents_after(tx, caller, case, after or 0, most), alone(_shown))


def _media_of(request: ApiRequest) -> Media:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    media = MEDIA.get(given)
    if media is None:
        if not given:
            raise WrongMediaType(sentence("The document came without a media type. Send one of: {media}.", media=listed(MEDIA)))
        raise WrongMediaType(sentence("The document came as {given!r}. Send one of: {media}.", given=given[:100], media=listed(MEDIA)))
    return media


async def _kept(request: ApiRequest, upload: Staged, case: Case, act: DocumentAttached) -> Answer:
    """Keep the bytes, and then what names them: what nothing names is cleaned one night."""
    program, context, caller = request.program, request.program.context(), request.user
    check_allowed(context.book(case.scheme), act, case.kind, actor_of(caller))
    await program.archive.keep(upload)
    content = _content(request, upload)
    answer = await once(request, lambda tx: attach(tx, context, program.ring, caller, case.case_id, act), _answer, content)
    if not await program.archive.holds(upload.sha256):  # removed as unnamed, in the moment before it was named
        await program.archive.keep(upload)
    return answer


async def _check(media: Media, upload: Staged) -> None:
    check_head(media, await upload.read(0, min(HEAD, upload.size)))
    if not media.holds:
        return
    start, ends = directory_of(await upload.read(max(upload.size - TAIL, 0), upload.size), upload.size)
    check_members(media, await upload.read(start, ends), start)


def _attached(name: str, media: Media, upload: Staged) -> DocumentAttached:
    return DocumentAttached(document_id=uuid4(), name=name, media_type=media.name, size=upload.size, sha256=upload.sha256.hex())


def _content(request: ApiRequest, upload: Staged) -> bytes:
    """Say what makes two uploads one request: the address with its query, the type, the bytes."""
    return request.scope["query_string"] + b"\n" + request.headers["content-type"].encode() + b"\n" + upload.sha256


def _streamed(archive: Archive, document: Document, part: tuple[int, int] | None, headers: Mapping[str, str]) -> Streamed:
    if part is None:
        return Streamed(archive.read_whole(document.sha256, document.size), document.size, document.media_type, 200, headers)
    begins, ends = part
    ranged = {**headers, "content-range": f"bytes {begins}-{ends - 1}/{document.size}"}
    return Streamed(archive.read(document.sha256, begins, ends), ends - begins, document.media_type, 206, ranged)


def _answer(attached: Attached) -> Answer:
    document, status = attached.document, 201 if attached.is_new else 200
    return reply(_shown(document), status, {"location": f"/v1/documents/{document.document_id}"})


def _shown(document: Document) -> DocumentShown:
    return DocumentShown(
        document_id=document.document_id,
        case_id=document.case_id,
        seq=document.seq,
        name=document.name,
        media_type=document.media_type,
        size=document.size,
        sha256=document.sha256.hex(),
    )


def _range(request: ApiRequest, tag: str) -> str | None:
    """Read the Range, unless it was meant for other bytes than these."""
    meant = request.headers.get("if-range")
    return request.headers.get("range") if meant is None or meant == tag else None


def _lists(tags: str | None, tag: str) -> bool:
    given: Iterable[str] = (one.strip().removeprefix("W/") for one in (tags or "").split(","))
    return not {"*", tag}.isdisjoint(given)
