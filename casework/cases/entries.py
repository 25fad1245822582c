"""Entries of a ledger as a caller may see them, persons masked; changes none."""

from datetime import datetime

from msgspec import Raw

from casework.access.caller import Caller
from casework.access.visibility import SHOWS_ACCOUNTS
from casework.people.masking import shown_masked
from casework.shown import Shown
from domain.access.visibility import visible
from domain.acts import tag_of
from domain.case import Case
from domain.ledger import Entry
from storage.cases.ledger import read_ledger
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Tx


class ActorShown(Shown, frozen=True, omit_defaults=True):
    """Who wrote it; the account is the office's to see."""

    party: str
    role: str
    account: str | None = None


class EntryShown(Shown, frozen=True):
    """One entry of a ledger."""

    seq: int
    occurred_at: datetime
    recorded_at: datetime
    actor: ActorShown
    act: str
    body: Raw
    """The act, with the particulars of persons masked."""
    hash: str
    """Of the entry as it is kept: of this very body, but where it is about persons, who are kept sealed."""


def entry_shown(caller: Caller, entry: Entry) -> EntryShown:
    """Show an entry, masked before; `hash` covers it as it is kept."""
    account = entry.actor.account if caller.role in SHOWS_ACCOUNTS else None
    return EntryShown(
        seq=entry.seq,
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        actor=ActorShown(entry.actor.party, entry.actor.role, account),
        act=tag_of(entry.act),
        body=Raw(entry.body),
        hash=entry.hash.hex(),
    )


async def entries_after(
    tx: Tx, ring: KeyRing, caller: Caller, case: Case, after: int, limit: int
) -> tuple[tuple[EntryShown, ...], str | None]:
    """Read so many entries behind a place, as the caller may see them, and the place where more follow."""
    ledger = await read_ledger(tx, case.case_id)
    left = [entry for entry in visible(caller.audience, ledger) if entry.seq > after]
    page = await shown_masked(tx, ring, caller, left[:limit], ledger)
    return tuple(entry_shown(caller, entry) for entry in page), str(page[-1].seq) if len(left) > len(page) else None
