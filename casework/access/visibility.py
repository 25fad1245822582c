"""Which cases a caller sees: the offices all of their own city, a party what it takes part in; of their entries `domain/access` says."""

from collections.abc import Iterable
from uuid import UUID

from casework.access.caller import Caller
from casework.access.numbering import as_told
from casework.access.roles import CITY_WIDE
from casework.program import Context
from domain.access.visibility import RESTING, is_closed_report, is_over_for, reads_kind, standing_in
from domain.acts import Acted
from domain.case import Case
from domain.clock import Clock
from domain.ledger import Entry
from domain.refusals import NotFound
from domain.schemes.rulebook import Rulebook
from storage.cases.cases import read_case
from storage.cases.closed_reports import Closed, resting_on_reports
from storage.cases.ledger import read_ledger, read_ledgers
from storage.postgres.transaction import Tx
from words import sentence

NO_CASE = sentence("There is no such case, or your party takes no part in it.")
HIDDEN = sentence("There is no such finding, or it is not yours to see (yet).")
SHOWS_ACCOUNTS = frozenset({"coordinator", "inspector", "admin"})


def is_city_wide(caller: Caller) -> bool:
    """Say whether the role sees all of its own city."""
    return caller.role in CITY_WIDE


def inspected_by(context: Context, caller: Caller) -> tuple[str, ...] | None:
    """Say whose findings an inspector's plan gives it to see; None is everybody's, as for every other role."""
    plans = [book for book in context.books.values() if book.scheme.city.code == caller.city and caller.party in book.parties]
    seen = [book.inspected_by(caller.party) for book in plans] if caller.role == "inspector" else []
    if not seen or None in seen:
        return None
    return tuple(sorted({party for those in seen for party in those or ()}))


def sees_case(caller: Caller, case: Case) -> bool:
    """Say whether a case is the caller's to see."""
    return case.city == caller.city and reads_kind(caller.audience, case.kind) and (is_city_wide(caller) or caller.party in case.parties)


def sees_nothing_of(caller: Caller, city: str | None, party: str | None) -> bool:
    """Say whether a list is asked of a city or a party that is not the caller's to see."""
    return city not in {None, caller.city} or (not is_city_wide(caller) and party not in {None, caller.party})


async def seen_case(tx: Tx, caller: Caller, case: Case | None) -> Case:
    """Give the case, or say the same of one that is hidden as of one that is not there."""
    if case is None or not sees_case(caller, case) or await closed_of(tx, caller, [(case.case_id, case.kind)]):
        raise NotFound(NO_CASE)
    if case.kind == "credit" and is_over_for(caller.audience, await read_ledger(tx, case.case_id)):
        raise NotFound(NO_CASE)
    return case


async def seen_as_told(tx: Tx, caller: Caller, case_id: UUID) -> Case:
    """Find a case for a caller, at the version that the caller reads."""
    return await as_told(tx, caller, await seen_case(tx, caller, await read_case(tx, case_id)))


async def closed_of(tx: Tx, caller: Caller, cases: Iterable[tuple[UUID, str]]) -> frozenset[UUID]:
    """Say which of these cases, by id and kind, are reports closed to the caller, or records that would tell of one by their grounds."""
    cases = set(cases)
    resting = sorted(case_id for case_id, kind in cases if kind in RESTING)
    reports = await closed_reports(tx, caller, (case_id for case_id, kind in cases if kind == "complaint"))
    return reports | await resting_on_reports(tx, resting, caller.party)


async def closed_reports(tx: Tx, caller: Caller, complaints: Iterable[UUID]) -> frozenset[UUID]:
    """Say which of these complaints are reports (举报) closed to the caller: those of its own party, and for a portal all."""
    ids = sorted(set(complaints))
    ledgers = await read_ledgers(tx, ids) if ids else {}
    return frozenset(
        case_id for case_id, entries in ledgers.items() if any(is_closed_report(caller.audience, entry.act) for entry in entries)
    )


def closed_to(caller: Caller) -> Closed:
    """Say the same of reports for a list, which leaves them out before its pages are cut."""
    return Closed(None if caller.role == "portal" else caller.party)


def sees_clock(caller: Caller, book: Rulebook, clock: Clock) -> bool:
    """Say whether a clock of a case that the caller sees is its to see: those about findings are the city's offices' alone."""
    return is_city_wide(caller) or clock.rule not in book.about_findings


def check_sees_finding(caller: Caller, entries: Iterable[Entry], act: Acted) -> None:
    """Say of a finding that the caller does not see the same as of one that is not there."""
    about = getattr(act, "finding_id", None)
    if about is not None and not is_city_wide(caller) and about not in standing_in(caller.party, entries).findings:
        raise NotFound(HIDDEN)
