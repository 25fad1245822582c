"""Checks a case's hash chain from its rows: every entry, their numbers without gaps, and the head that the case names."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from domain.acts import TAGS, read_act
from domain.acts.enforcement.assessment import ScoreSealed
from domain.assessment.scorecard import is_whole
from domain.ledger import GENESIS, Actor, Entry, digest_id, preimage
from schemes.misfits import unreadable
from storage.audit.case_pages import Page
from words import sentence

_UNFIT = sentence("its figures do not fit its digest")

actor = lru_cache(4096)(Actor)
"""Actors are few and never change."""


class Chain(Struct, frozen=True, gc=False):
    """A case's entries as far as they can be read, and what is wrong with their chain."""

    entries: Sequence[Entry]
    broken: str | None
    """What is wrong first, in words; None where the chain is whole."""


def read_chain(page: Page, digest: Callable[[bytes], Any]) -> Chain:
    """Read a case's entries, hashing each again; of a sealed scorecard its own digest too."""
    chain = _read(page, digest)
    if page.case.kind != "assessment":
        return chain
    broken = chain.broken or next(
        (_UNFIT for entry in chain.entries if isinstance(entry.act, ScoreSealed) and not is_whole(entry.act)), None
    )
    return Chain(chain.entries, broken and sentence("the sealed scorecard {subject}: {broken}", subject=page.case.subject, broken=broken))


def _read(page: Page, digest: Callable[[bytes], Any]) -> Chain:
    entries: list[Entry] = []
    head, case_id = GENESIS, page.case.case_id
    case = str(case_id)
    for expected, row in enumerate(page.entries, 1):
        _, seq, occurred_at, recorded_at, party, role, account, edition, act, body, kept, form, entry_id, provenance, *whom = row
        writer = actor(party, role, account, *whom)
        try:
            decoded = read_act(body)
            entry = Entry(
                case_id, seq, occurred_at, recorded_at or occurred_at, writer, edition, decoded, body, kept,
                entry_id or digest_id(kept), provenance, form,
            )  # fmt: skip
            head = digest(preimage(head, case, entry)).digest()
        except ValueError as fault:
            return Chain(entries, sentence("entry {seq} cannot be read: {why}", seq=seq, why=unreadable(fault)))
        if seq != expected or head != kept or TAGS[type(decoded)] != act:
            return Chain(entries, sentence("entry {seq} is not what was written", seq=seq))
        entries.append(entry)
    return Chain(entries, _end(page, head))


def _end(page: Page, head: bytes) -> str | None:
    case = page.case
    if len(page.entries) == case.seq and head == case.head:
        return None
    return sentence("the ledger has {count} entries; its case names {seq} and another head", count=len(page.entries), seq=case.seq)
