"""Who sees what of a case: the city's offices all of their own city, a party what it takes part in, a portal nothing of the audit."""

from collections.abc import Container, Iterable, Sequence
from uuid import UUID

from casework.access.caller import Caller
from casework.access.roles import CITY_WIDE
from casework.program import Context
from domain.acts import ABOUT_FINDINGS, AUDITOR_ALONE, KINDS, Acted, tag_of
from domain.acts.enforcement.audit import FindingOpened, GroundFell, StepProposed
from domain.acts.enforcement.process import StopStruckOut
from domain.acts.fact import DocumentAttached
from domain.acts.service import ComplaintReceived
from domain.case import Case
from domain.clock import Clock
from domain.documents import named_in
from domain.ledger import Entry
from domain.refusals import NotFound
from domain.schemes.rulebook import Rulebook
from storage.cases.closed_reports import Closed, resting_on_reports
from storage.cases.ledger import read_ledger, read_ledgers
from storage.postgres.transaction import Tx
from words import sentence

RECORDS = frozenset(tag for tag in KINDS if tag.startswith(("credit.", "measure.", "accountability.")))
NEVER_FOR_PORTALS = AUDITOR_ALONE | ABOUT_FINDINGS | RECORDS | {"personal_data.read", "score.sealed"}
"""Findings, suspicions and the auditor's other acts, credit and accountability records, and who was shown a person whole."""
_CREDIT_ENDS = frozenset({"credit.repaired", "credit.expired", "credit.withdrawn"})
NEVER_FOR_PARTIES = frozenset(
    {"suspicion.raised", "suspicion.cleared", "suspicion.confirmed", "step.proposed", "score.sealed", "score.corrected"}
)
"""Of a scorecard a party sees its own row alone, which is shown as such."""
FOR_PORTALS = frozenset({"connection", "enquiry", "complaint"})
"""The kinds of cases that a portal serves; supervision and records of a party are never its to see, be it about the portal itself."""
RESTING = frozenset({"credit", "accountability", "supervision"})
"""Kinds of case that may rest on findings of other cases."""
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
    return case.city == caller.city and sees_kind(caller, case.kind) and (is_city_wide(caller) or caller.party in case.parties)


def sees_kind(caller: Caller, kind: str) -> bool:
    """Say whether cases of a kind are the caller's to see at all."""
    return caller.role != "portal" or kind in FOR_PORTALS


def sees_nothing_of(caller: Caller, city: str | None, party: str | None) -> bool:
    """Say whether a list is asked of a city or a party that is not the caller's to see."""
    return city not in {None, caller.city} or (not is_city_wide(caller) and party not in {None, caller.party})


async def seen_case(tx: Tx, caller: Caller, case: Case | None) -> Case:
    """Give the case, or say the same of one that is hidden as of one that is not there."""
    if case is None or not sees_case(caller, case) or await closed_of(tx, caller, [(case.case_id, case.kind)]):
        raise NotFound(NO_CASE)
    if case.kind == "credit" and is_over_for(caller, await read_ledger(tx, case.case_id)):
        raise NotFound(NO_CASE)
    return case


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
    return frozenset(case_id for case_id, entries in ledgers.items() if any(_is_closed(caller, entry) for entry in entries))


def closed_to(caller: Caller) -> Closed:
    """Say the same of reports for a list, which leaves them out before its pages are cut."""
    return Closed(None if caller.role == "portal" else caller.party)


def _is_closed(caller: Caller, entry: Entry) -> bool:
    act = entry.act
    if not isinstance(act, ComplaintReceived) or act.form != "report":
        return False
    return caller.role == "portal" or act.about == caller.party


def visible(caller: Caller, entries: Sequence[Entry]) -> list[Entry]:
    """Leave out of a ledger what is not the caller's to see."""
    if is_city_wide(caller):
        return list(entries)
    if is_over_for(caller, entries):
        return [entry for entry in entries if tag_of(entry.act) in _CREDIT_ENDS]
    own, stopped = _own_findings(caller, entries), {entry.seq for entry in entries if entry.actor.party == caller.party}
    seen = [entry for entry in entries if _sees(caller, entry, own) and _is_own_stop(entry.act, stopped)]
    closed = _evidence(entries) - _evidence(seen)
    return [entry for entry in seen if not _attaches(caller, entry, closed)]


def is_over_for(caller: Caller, entries: Sequence[Entry]) -> bool:
    """Say whether an entry of a credit file has ended for one who came to it for joint measures alone and took none: it is used no more."""
    if is_city_wide(caller) or not any(tag_of(entry.act) in _CREDIT_ENDS for entry in entries):
        return False
    return not any(caller.party in {entry.actor.party, getattr(entry.act, "party", None)} for entry in entries)


def _evidence(entries: Iterable[Entry]) -> set[UUID]:
    """Give the documents that acts name."""
    return {one for entry in entries for one in named_in(entry.act)}


def _attaches(caller: Caller, entry: Entry, closed: Container[UUID]) -> bool:
    """Say whether an entry brought what acts alone name that the caller does not see, such as another party's objection."""
    return isinstance(entry.act, DocumentAttached) and entry.act.document_id in closed and entry.actor.party != caller.party


def asks_ledger(act: Acted) -> bool:
    """Say whether the rest of its ledger tells if an act is a party's to see."""
    return hasattr(act, "finding_id") or isinstance(act, StopStruckOut | DocumentAttached) or tag_of(act).startswith("credit.")


def _is_own_stop(act: Acted, own: Container[int]) -> bool:
    """A stop that was struck out is told to whoever stopped the clock."""
    return not isinstance(act, StopStruckOut) or act.stopped_seq in own


def sees_clock(caller: Caller, book: Rulebook, clock: Clock) -> bool:
    """Say whether a clock of a case that the caller sees is its to see: those about findings are the city's offices' alone."""
    return is_city_wide(caller) or clock.rule not in book.about_findings


def check_sees_finding(caller: Caller, entries: Iterable[Entry], act: Acted) -> None:
    """Say of a finding that the caller does not see the same as of one that is not there."""
    about = getattr(act, "finding_id", None)
    if about is not None and not is_city_wide(caller) and about not in _own_findings(caller, entries):
        raise NotFound(HIDDEN)


def _own_findings(caller: Caller, entries: Iterable[Entry]) -> frozenset[object]:
    """Name the findings about the caller's party that it has been notified of."""
    entries = list(entries)
    about = {entry.act.finding_id for entry in entries if isinstance(entry.act, FindingOpened) and entry.act.party == caller.party}
    notified = {getattr(entry.act, "finding_id", None) for entry in entries if tag_of(entry.act) == "finding.notified"}
    return frozenset(about & notified)


def _sees(caller: Caller, entry: Entry, own: frozenset[object]) -> bool:
    tag = tag_of(entry.act)
    if caller.role == "portal":
        return tag not in NEVER_FOR_PORTALS
    if isinstance(entry.act, StepProposed):
        return entry.act.department == caller.party
    if tag in NEVER_FOR_PARTIES:
        return False
    if tag == "personal_data.read":
        return entry.actor.party == caller.party
    finding = getattr(entry.act, "finding_id", None)
    if finding is not None and not isinstance(entry.act, GroundFell):
        return finding in own
    return tag != "warning.raised" or getattr(entry.act, "party", None) == caller.party
