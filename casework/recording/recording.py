"""Writing to a case in the request's own transaction: what was opened or recorded, judged at once, with its clocks and findings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from calendars import local_day
from casework.access.caller import Caller
from casework.access.visibility import NO_CASE, check_sees_finding, seen_case
from casework.people.masking import seal_for
from casework.program import Context, knowing
from casework.recording.appending import keep_entries
from casework.recording.references import read_references
from domain.acts import Acted, row_of
from domain.acts.connection import CommitmentNotified, SurveyHeld
from domain.acts.enforcement.supervision import DefectFound, InspectionHeld, StandardPublished
from domain.case import Case
from domain.cases.appending import write
from domain.cases.moments import check_moment
from domain.cases.other_cases import Dug
from domain.clock import Clock
from domain.commitments.commitment import is_suspended
from domain.findings.redating import date_again, kept_of
from domain.ledger import AUDITOR, SHA256, Actor, Entry
from domain.people.particulars import sealing
from domain.recording.recording import Recorded, record
from domain.refusals import NotFound, StaleVersion
from domain.schemes.rulebook import Rulebook
from domain.works.places import places_of
from storage.cases.cases import commitment_in_force, lock_case
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledger
from storage.commitments.commitments import standards_of
from storage.people.case_keys import add_key
from storage.people.sealing import KeyRing, NewSeal
from storage.postgres.transaction import Tx
from storage.works.stretches import lock_places, nearby_works
from words import sentence


def actor_of(caller: Caller) -> Actor:
    """Say who writes."""
    return Actor(caller.party, caller.role, caller.client)


async def locked(tx: Tx, caller: Caller, case_id: UUID, if_match: str | None) -> Case:
    """Take a case that the caller may see for writing, at the version that the caller read."""
    return at_version(await seen_case(tx, caller, await lock_case(tx, case_id)), if_match)


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
    now, book = context.now, context.book(case.scheme)
    at = check_moment(occurred_at or now, now, "occurredAt")
    entries = await read_ledger(tx, case.case_id)
    context = await knowing(tx, context, entries)
    case, notes = await _dated_again(tx, context, book, case, entries)
    check_sees_finding(caller, entries, act)
    seal = await seal_for(tx, ring, case.case_id, act)
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
        commitments=await _commitments(tx, book, act, at),
        nearby=await _nearby(tx, book, case, act, at),
        standards=await _standards(tx, case, act),
        other_cases=await read_references(tx, act, case.city, case),
        seal=sealing(seal.seal),
        origin=context.origin,
    )
    if isinstance(seal, NewSeal) and seal.kept is not None:
        await add_key(tx, case.case_id, seal.kept)
    judged = await keep_entries(tx, context, recorded.case, entries, (*notes, *recorded.entries), numbered=recorded.numbered)
    return replace(recorded, case=judged.case), judged.judgement.clocks


async def _dated_again(tx: Tx, context: Context, book: Rulebook, case: Case, entries: Sequence[Entry]) -> tuple[Case, tuple[Entry, ...]]:
    """Note first what a calendar that came since does to the case: no act is the first to say that a day has moved."""
    newest = context.offices.newest
    if not entries or any(entry.edition == newest for entry in entries):
        return case, ()
    dated = date_again(book, entries, kept_of(await read_clocks(tx, case.case_id)), context.offices, context.now)
    return write(case, [(note, context.now, AUDITOR) for note in dated.notes], context.now, newest, SHA256)


async def _commitments(tx: Tx, book: Rulebook, act: Acted, at: datetime) -> list[Case]:
    if not isinstance(act, CommitmentNotified):
        return []
    year = local_day(at).year
    found = [await commitment_in_force(tx, book.scheme.city.code, act.utility, department, year) for department in act.departments]
    return [case for case in found if case is not None and not is_suspended(await read_ledger(tx, case.case_id))]


async def _standards(tx: Tx, case: Case, act: Acted) -> list[StandardPublished]:
    return await standards_of(tx, case.city, act.department) if isinstance(act, InspectionHeld | DefectFound) else []


async def _nearby(tx: Tx, book: Rulebook, case: Case, act: Acted, at: datetime) -> list[Dug]:
    """Read what other cases dig at the places of a survey; two surveys of one place wait for each other."""
    together = book.scheme.route.together
    if not isinstance(act, SurveyHeld) or together is None:
        return []
    places = sorted(places_of(act))
    await lock_places(tx, case.city, places)
    utilities = sorted({utility for stretch in act.works for utility in stretch.utilities})
    return await nearby_works(tx, case.city, case.case_id, utilities, places, at, within_days=together.within_days)


def etag(case: Case) -> str:
    """Name the case's version."""
    return f'"{case.version}"'
