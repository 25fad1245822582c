"""Numbering and chaining new entries onto a case's ledger."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from domain.acts import Acted
from domain.case import Case
from domain.ledger import Actor, Entry, body_of, chain_hash
from domain.moments import whole

Said = tuple[Acted, datetime, Actor]
"""An act, when it happened, who says so."""


def write(
    case: Case, said: Iterable[Said], recorded_at: datetime, edition: str, digest: Callable[[bytes], Any]
) -> tuple[Case, tuple[Entry, ...]]:
    """Chain acts onto the ledger's head; give the case with its new head and the entries."""
    entries: list[Entry] = []
    seq, head, recorded_at = case.seq, case.head, whole(recorded_at)
    for act, at, actor in said:
        seq += 1
        entry = Entry(case.case_id, seq, whole(at), recorded_at, actor, edition, act, body_of(act))
        head = chain_hash(head, entry, digest)
        entries.append(msgspec.structs.replace(entry, hash=head))
    return msgspec.structs.replace(case, seq=seq, head=head), tuple(entries)
