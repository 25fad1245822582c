"""Numbering and chaining new entries onto a case's ledger, with what is personal in them sealed first."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain.acts import Acted
from domain.case import Case
from domain.cases.moments import whole
from domain.ledger import AUDITOR_PARTY, GENESIS, TOLD, Actor, Entry, Origin, body_of, chain_hash

Said = tuple[Acted, datetime, Actor]
"""An act, when it happened, who says so."""
Step = Callable[[Acted], Acted]
"""Makes of an act what is kept of it."""


def as_it_is(act: Acted) -> Acted:
    """Keep an act as it was given."""
    return act


def write(
    case: Case,
    said: Iterable[Said],
    recorded_at: datetime,
    edition: str,
    digest: Callable[[bytes], Any],
    *,
    seal: Step = as_it_is,
    origin: Origin = TOLD,
) -> tuple[Case, tuple[Entry, ...]]:
    """Chain acts onto the ledger's head, each as `seal` makes it; give the case with its new head and the entries.

    What the auditor says beside an act is made, wherever the act comes from.
    """
    entries: list[Entry] = []
    seq, head, recorded_at = case.seq, case.head, whole(recorded_at)
    for act, at, actor in said:
        seq += 1
        kept = seal(act)
        came = "made" if actor.party == AUDITOR_PARTY else origin.provenance
        entry = Entry(
            case.case_id, seq, whole(at), recorded_at, actor, edition, kept, body_of(kept), entry_id=origin.new_id(), provenance=came
        )
        head = chain_hash(head, entry, digest)
        entries.append(msgspec.structs.replace(entry, hash=head))
    return msgspec.structs.replace(case, seq=seq, head=head), tuple(entries)


def sealed_anew(case: Case, entries: Sequence[Entry], seal: Step, digest: Callable[[bytes], Any]) -> tuple[Case, tuple[Entry, ...]]:
    """Chain a whole case anew with its acts sealed, before any of it is kept."""
    head, made = GENESIS, []
    for entry in entries:
        kept = seal(entry.act)
        same = kept is entry.act
        entry = entry if same else msgspec.structs.replace(entry, act=kept, body=body_of(kept))  # noqa: PLW2901 -- the same entry, sealed
        head = chain_hash(head, entry, digest)
        made.append(msgspec.structs.replace(entry, hash=head))
    return msgspec.structs.replace(case, head=head), tuple(made)
