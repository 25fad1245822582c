"""What an evidence pack holds of a case, its ledger and its findings, as it is written down; writes no file and checks nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from domain.acts import read_act
from domain.acts.kinds import CaseKind
from domain.case import Case
from domain.finding import Finding, FindingState, Light
from domain.ledger import Actor, Entry, Provenance, digest_id

FORMAT = "lianban-evidence/2"
READ = frozenset({"lianban-evidence/1", FORMAT})
"""What can be read: entries of the first say of themselves what their format knew, and the rest is empty."""
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class Kept(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A part of a pack; what it does not know it refuses."""


class KeptEntry(Kept, frozen=True, kw_only=True):
    """An entry with everything that its hash covers; persons are in it as they are kept, sealed."""

    seq: int
    occurred_at: datetime
    recorded_at: datetime
    party: str
    role: str
    account: str
    edition: str
    body: str
    hash: Digest
    format: int = 1
    entry_id: UUID | None = None
    provenance: Provenance | None = None
    person: str = ""
    post: str = ""
    on_behalf_of: str = ""


class Sealed(Kept, frozen=True, kw_only=True):
    """The last day's seal that covers the case: whoever has the office's seals can compare it."""

    day: date
    seal: Digest
    seq: int
    head: Digest


class KeptCase(Kept, frozen=True, kw_only=True):
    """A case with its whole ledger."""

    case_id: UUID
    kind: CaseKind
    scheme: str
    city: str
    district: str | None
    seq: int
    head: Digest
    sealed: Sealed | None
    entries: tuple[KeptEntry, ...]


class KeptFinding(Kept, frozen=True, kw_only=True):
    """A finding with all its fields, and the plan that its case is judged by."""

    finding_id: UUID
    case_id: UUID
    scheme: str
    rule: str
    keys: tuple[str, ...]
    party: str
    start_seq: int
    started_at: datetime
    due_at: datetime
    state: FindingState
    light: Light
    opened_seq: int
    opened_at: datetime
    red_at: datetime
    also_due_at: datetime | None
    statutory_due_at: datetime | None
    ended_at: datetime | None
    late_entry: bool
    provisional: bool
    withdrawal_proposed: bool
    notified_at: datetime | None
    objected_at: datetime | None
    decided_at: datetime | None


class Listed(Kept, frozen=True, kw_only=True):
    """A file of the pack."""

    name: str
    size: int
    sha256: Digest


class Manifest(Kept, frozen=True, kw_only=True):
    """Every file of the pack, and by which calendar its open clocks were judged."""

    format: str
    newest_edition: str
    findings: int
    cases: int
    entries: int
    files: tuple[Listed, ...]


def kept_case(case: Case, entries: Sequence[Entry], sealed: Sealed | None) -> KeptCase:
    return KeptCase(
        case_id=case.case_id,
        kind=case.kind,
        scheme=case.scheme,
        city=case.city,
        district=case.district,
        seq=case.seq,
        head=case.head.hex(),
        sealed=sealed,
        entries=tuple(map(_kept_entry, entries)),
    )


def kept_finding(finding: Finding, scheme: str) -> KeptFinding:
    return KeptFinding(**msgspec.structs.asdict(finding), scheme=scheme)


def _kept_entry(entry: Entry) -> KeptEntry:
    actor = entry.actor
    return KeptEntry(
        seq=entry.seq,
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        party=actor.party,
        role=actor.role,
        account=actor.account,
        edition=entry.edition,
        body=entry.body,
        hash=entry.hash.hex(),
        format=entry.format,
        entry_id=entry.entry_id,
        provenance=entry.provenance,
        person=actor.person,
        post=actor.post,
        on_behalf_of=actor.on_behalf_of,
    )


def entry_of(case_id: UUID, kept: KeptEntry) -> Entry:
    """Read the entry back; a ValueError where its body is no act."""
    digest = bytes.fromhex(kept.hash)
    return Entry(
        case_id=case_id,
        seq=kept.seq,
        occurred_at=kept.occurred_at,
        recorded_at=kept.recorded_at,
        actor=Actor(kept.party, kept.role, kept.account, kept.person, kept.post, kept.on_behalf_of),
        edition=kept.edition,
        act=read_act(kept.body),
        body=kept.body,
        hash=digest,
        entry_id=kept.entry_id or digest_id(digest),
        provenance=kept.provenance,
        format=kept.format,
    )
