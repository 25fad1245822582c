"""Documents of a case 一次上传、多方共享: what they may be called, and which an act may name; where their bytes lie is not known here."""

import unicodedata
from collections.abc import Iterator, Sequence
from uuid import UUID

from msgspec import Struct

from domain.acts.fact import DocumentAttached
from domain.acts.field import Acted
from domain.ledger import Entry
from domain.media import Media
from domain.refusals import Malformed
from words import any_of, listed, sentence

NAMED_IN = ("documents", "files")
"""The fields by which acts name documents of their case."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Characters that show nothing, or turn the direction of reading so that a name looks like another."""


class Document(Struct, frozen=True, kw_only=True):
    """A document of a case; `seq` is the entry that attached it."""

    document_id: UUID
    case_id: UUID
    seq: int
    sha256: bytes
    name: str
    media_type: str
    size: int


def check_name(name: str, media: Media) -> None:
    """Refuse a name that could lead elsewhere, look like another, or promise another kind."""
    if {"/", "\\"} & set(name) or any(unicodedata.category(one) in _UNSEEN for one in name):
        raise Malformed(
            sentence("The name holds a slash or a character that shows nothing. Send the file's own name, without its folder."),
            field="name",
        )
    if name != name.strip() or name.startswith("."):
        raise Malformed(sentence("The name begins or ends with a space, or begins with a dot. Send it without."), field="name")
    if not name.lower().endswith(media.suffixes):
        raise Malformed(
            sentence("A name of {media} ends in {suffixes}; this one does not.", media=media.name, suffixes=any_of(media.suffixes)),
            field="name",
        )


def attached(entries: Sequence[Entry]) -> dict[UUID, DocumentAttached]:
    """Give the documents of a case by their ids, as its ledger says."""
    return {entry.act.document_id: entry.act for entry in entries if isinstance(entry.act, DocumentAttached)}


def documents_of(entries: Sequence[Entry]) -> tuple[Document, ...]:
    """Give the documents that these entries attached, in their order."""
    return tuple(
        Document(
            document_id=entry.act.document_id,
            case_id=entry.case_id,
            seq=entry.seq,
            sha256=bytes.fromhex(entry.act.sha256),
            name=entry.act.name,
            media_type=entry.act.media_type,
            size=entry.act.size,
        )
        for entry in entries
        if isinstance(entry.act, DocumentAttached)
    )


def named_by_none(entries: Sequence[Entry]) -> tuple[UUID, ...]:
    """Give the documents of a case that none of its acts names, in the order in which they came."""
    named = {one for entry in entries for one in named_in(entry.act)}
    return tuple(one for one in attached(entries) if one not in named)


def check_named(entries: Sequence[Entry], act: Acted) -> None:
    """Refuse an act that names a document which was not uploaded to its case before."""
    named = list(named_in(act))
    unknown = sorted(map(str, set(named).difference(attached(entries)))) if named else []
    if unknown:
        message = sentence(
            "this case has no document {unknown}: upload it to the case first, with POST /v1/documents", unknown=listed(unknown)
        )
        raise Malformed(message, field="documents", documents=unknown)


def named_in(act: Acted) -> Iterator[UUID]:
    """Give the documents that an act names."""
    for field in NAMED_IN:
        yield from (one for one in getattr(act, field, ()) if isinstance(one, UUID))
