"""Writing to a case in the request's own transaction: what was opened or recorded, judged at once, with its clocks and findings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from casework.access.caller import Caller
from casework.access.numbering import as_told, told_after
from casework.access.visibility import NO_CASE, check_sees_finding, seen_case
from casework.people.masking import seal_for
from casework.program import Context, knowing
from casework.recording.appending import keep_entries
from casework.recording.references import read_references
from domain.acts import Acted, row_of
from domain.case import Case
from domain.cases.appending import as_it_is, write
from domain.cases.moments import check_moment
from domain.clock import Clock
from domain.findings.redating import date_again, kept_of
from domain.ledger import AUDITOR, SHA256, Actor, Entry
from domain.people.particulars import may_hold, sealing
from domain.recording.recording import Recorded, record
from domain.refusals import NotFound, StaleVersion
from domain.schemes.rulebook import Rulebook
from storage.cases.cases import lock_case
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledger
from storage.people.case_keys import add_key
from storage.people.sealing import KeyRing, NewSeal
from storage.postgres.transaction import Tx
from words import sentence


def actor_of(caller: Caller) -> Actor:
    """Say who writes."""
    return Actor(caller.party, caller.role, caller.client)


async def locked(tx: Tx, caller: Caller, case_id: UUID, if_match: str | None) -> Case:
    """Take a case that the caller may see for writing, at the version that the caller read."""
    case = await seen_case(tx, caller, await lock_case(tx, case_id))
    return at_version(await as_told(tx, caller, case) if if_match is not None else case, if_match)


def at_version(case: Case | None, if_match: str | None) -> Case:
    """Give the case if it is at the version that the caller read."""
    if case is None:
        raise NotFound(NO_CASE)
    if if_match is not None and {"*", etag(case)}.isdisjoint(tag.strip() for tag in if_match.split(",")):
        message = sentence(
            "The case is at version {version}; your If-Match says {if_match}. Read it again, then decide.",
            version=case.version,
            if_match=if_match[:40],
        )
        raise StaleVersion(message, version=case.version)
    return case


async def write_act(
    tx: Tx, context: Context, ring: KeyRing, caller: Caller, case: Case, act: Acted, occurred_at: datetime | None
) -> tuple[Recorded, tuple[Clock, ...]]:
    """Record an act in a locked case, judge the whole case again, and keep what follows."""
    context = context.holding(case)
    now, book = context.now, context.book(case.scheme)
    at = check_moment(occurred_at or now, now, "occurredAt")
    entries = await read_ledger(tx, case.case_id)
    context = await knowing(tx, context, entries)
    case, notes = await _dated_again(tx, context, book, case, entries)
    check_sees_finding(caller, entries, act)
    seal = await seal_for(tx, ring, case.case_id) if may_hold(act) else None
    elsewhere = await read_references(tx, book, act, case, at)
    recorded = record(
        book,
        case,
        (*entries, *notes),
        act,
        occurred_at=at,
        recorded_at=now,
        actor=actor_of(caller),
        offices=context.offices,
        clocks=await read_clocks(tx, case.case_id) if "following" in row_of(act).checked else (),
        commitments=elsewhere.commitments,
        nearby=elsewhere.nearby,
        standards=elsewhere.standards,
        other_cases=elsewhere.other_cases,
        seal=as_it_is if seal is None else sealing(seal.seal),
        origin=context.origin,
    )
    if isinstance(seal, NewSeal) and seal.kept is not None:
        await add_key(tx, case.case_id, seal.kept)
    judged = await keep_entries(tx, context, recorded.case, entries, (*notes, *recorded.entries), numbered=recorded.numbered)
    told = await told_after(tx, caller, judged.case, (*entries, *notes, *recorded.entries))
    return replace(recorded, case=told), judged.judgement.clocks


async def _dated_again(tx: Tx, context: Context, book: Rulebook, case: Case, entries: Sequence[Entry]) -> tuple[Case, tuple[Entry, ...]]:
    """Note first what a calendar that came since does to the case: no act is the first to say that a day has moved."""
    newest = context.offices.newest
    if not entries or any(entry.edition == newest for entry in entries):
        return case, ()
    dated = date_again(book, entries, kept_of(await read_clocks(tx, case.case_id)), context.offices, context.now)
    return write(case, [(note, context.now, AUDITOR) for note in dated.notes], context.now, newest, SHA256)


def etag(case: Case) -> str:
    """Name the case's version."""
    return f'"{case.version}"'
