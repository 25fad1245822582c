"""A document attached to a case by an act, and the documents that a caller may see; their bytes lie elsewhere."""

from typing import NamedTuple
from uuid import UUID

from casework.access.caller import Caller
from casework.access.visibility import seen_case
from casework.program import Context
from casework.recording.recording import locked, write_act
from domain.access.visibility import visible
from domain.acts.fact import DocumentAttached
from domain.documents import Document, documents_of
from domain.refusals import NotFound
from storage.cases.cases import read_case
from storage.cases.ledger import read_ledger
from storage.documents.documents import find_document, hold_bytes, list_documents, same_bytes
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Tx
from words import sentence

NONE = sentence("There is no such document, or your party takes no part in its case.")


class Attached(NamedTuple):
    """A document of a case; one that the case had already is not new."""

    document: Document
    is_new: bool


async def attach(tx: Tx, context: Context, ring: KeyRing, caller: Caller, case_id: UUID, act: DocumentAttached) -> Attached:
    """Write it into the case; bytes that the case has already are not kept twice, nor under a second name."""
    case = await locked(tx, caller, case_id, None)
    digest = bytes.fromhex(act.sha256)
    await hold_bytes(tx, digest)
    there = await same_bytes(tx, case.case_id, digest)
    if there is not None:
        return Attached(there, is_new=False)
    made, _ = await write_act(tx, context, ring, caller, case, act, None)
    return Attached(documents_of(made.entries)[0], is_new=True)


async def seen_document(tx: Tx, caller: Caller, document_id: UUID) -> Document:
    """Find a document of a case that the caller may see; one of another is as if it were not there."""
    document = await find_document(tx, document_id)
    case = None if document is None else await read_case(tx, document.case_id)
    if document is None or case is None:
        raise NotFound(NONE)
    try:
        await seen_case(tx, caller, case)
    except NotFound as hidden:
        raise NotFound(NONE) from hidden
    if all(entry.seq != document.seq for entry in visible(caller.audience, await read_ledger(tx, case.case_id))):
        raise NotFound(NONE)
    return document


async def documents_after(tx: Tx, caller: Caller, case_id: UUID, after: int, limit: int) -> list[Document]:
    """List the documents of a case that the caller may see, behind an entry."""
    case = await seen_case(tx, caller, await read_case(tx, case_id))
    seen = [entry.seq for entry in visible(caller.audience, await read_ledger(tx, case.case_id))]
    return await list_documents(tx, case.case_id, after, limit, seen)
