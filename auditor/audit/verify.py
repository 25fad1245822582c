"""Verifies the ledger by itself: every case's chain, and every seal against what it sealed; judges nothing."""

from collections.abc import Callable
from uuid import UUID

from msgspec import Struct, field

from auditor.audit.chain import read_chain
from domain.ledger import hasher
from storage.audit.case_pages import read_page
from storage.cases.seals import changed_heads, digest_of, read_seals
from storage.postgres.transaction import Database, Tx
from words import sentence

PAGE = 500


class Verified(Struct):
    """What was verified, and what is broken, in words."""

    cases: int = 0
    entries: int = 0
    seals: int = 0
    broken: list[tuple[UUID | None, str]] = field(default_factory=list)
    """The case (None: a seal) and what is wrong."""


async def verify_ledger(db: Database, told: Callable[[int], None] = lambda _: None) -> Verified:
    """Hash every chain and every seal again."""
    verified = Verified()
    after: UUID | None = None
    while True:
        async with db.reading() as tx:
            pages = await read_page(tx, after, None, PAGE)
        if not pages:
            break
        for page in pages:
            chain = read_chain(page, hasher("sha256"))
            verified.entries += len(page.entries)
            if chain.broken is not None:
                verified.broken.append((page.case.case_id, chain.broken))
        verified.cases += len(pages)
        after = pages[-1].case.case_id
        told(len(pages))
    async with db.reading() as tx:
        verified.broken.extend(await broken_seals(tx))
        verified.seals = len(await read_seals(tx))
    return verified


async def broken_seals(tx: Tx) -> list[tuple[UUID | None, str]]:
    """Find sealed heads that the ledger has no more, and seals that do not fit what they seal."""
    found: list[tuple[UUID | None, str]] = [
        (head.case_id, sentence("entry {seq}, which was sealed, is gone or changed", seq=head.seq)) for head in await changed_heads(tx)
    ]
    previous: bytes | None = None
    for seal in await read_seals(tx):
        digest, heads = await digest_of(tx, seal.previous, seal.day)
        if (seal.hash, seal.heads) != (digest, heads) or (previous is not None and seal.previous != previous):
            found.append((None, sentence("the seal of {day} does not fit what it seals", day=seal.day)))
        previous = seal.hash
    return found
