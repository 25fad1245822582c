"""Records of accountability as they are shown; decides about nobody."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from casework.credit.views import STANDING, GroundShown
from casework.people.masking import masked_for
from casework.shown import Shown
from domain.access.audience import office_of
from domain.accountability.state import Accountability, AccountabilityState, accountability_of
from domain.case import Case
from domain.schemes.rulebook import Rulebook
from exports.spreadsheets.columns import Columns
from storage.accountability.records import AccountabilityFilter, Conduct
from storage.accountability.records import list_accountability as find_accountability
from storage.cases.ledger import read_ledgers
from storage.people.sealing import KeyRing
from storage.postgres.cursor import Place
from storage.postgres.transaction import Tx


class AccountabilityShown(Shown, frozen=True):
    """One record; the name of a person is masked."""

    case_id: UUID
    city: str
    scheme: str
    state: AccountabilityState
    unit: str
    unit_name: str
    person: str | None
    post: str | None
    conduct: Annotated[Conduct, Meta(description="慢作为, 不作为, or what the facts say.")]
    facts: str
    proposed_by: str
    proposed_at: datetime
    clause: str
    """Of the plan."""
    assumes: str | None
    grounds: Annotated[tuple[GroundShown, ...], STANDING]
    served_at: datetime | None
    statement_until: datetime | None
    heard_at: datetime | None
    statement: str | None
    measure: Literal["criticism", "discipline", "liability", "none"] | None
    basis: str | None
    decided_by: str | None
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    outcome: str | None
    """What came of it."""
    concluded_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_because: str | None


COLUMNS = Columns(AccountabilityShown)
"""A field of it stands in the list, in every sheet and in the command; what is written beside it says how."""


class Found(Struct, frozen=True):
    """A case with its record as it stands, the person masked."""

    case: Case
    record: Accountability


async def records_after(
    tx: Tx, ring: KeyRing, chosen: AccountabilityFilter, state: AccountabilityState | None, after: Place | None, wanted: int
) -> list[Found]:
    """Read on until there are so many: what state a record is in, its ledger says."""
    found: list[Found] = []
    while len(found) < wanted:
        cases = await find_accountability(tx, chosen, after, wanted)
        found += [one for one in await _stands(tx, ring, cases) if state in {None, one.record.state}]
        if len(cases) < wanted:
            break
        after = place_of(cases[-1])
    return found[:wanted]


async def _stands(tx: Tx, ring: KeyRing, cases: list[Case]) -> list[Found]:
    ledgers = await read_ledgers(tx, [case.case_id for case in cases]) if cases else {}
    return [Found(case, accountability_of(await masked_for(tx, ring, office_of(case.city), ledgers[case.case_id]))) for case in cases]


def place_of(case: Case) -> Place:
    return Place(case.opened_at, case.case_id)


def accountability_shown(book: Rulebook, found: Found) -> AccountabilityShown:
    """Show a record whose person is masked already."""
    record, case, terms = found.record, found.case, book.scheme.accountability
    assert terms is not None  # noqa: S101 -- under a plan without accountability no such case opens
    proposed, notified, heard, decided = record.proposed, record.notified, record.heard, record.decided
    return AccountabilityShown(
        case_id=case.case_id,
        city=case.city,
        scheme=case.scheme,
        state=record.state,
        unit=proposed.unit,
        unit_name=book.name_of(proposed.unit),
        person=proposed.person.name if proposed.person else None,
        post=proposed.person.post if proposed.person else None,
        conduct=proposed.conduct,
        facts=proposed.facts,
        proposed_by=proposed.by,
        proposed_at=record.proposed_at,
        clause=terms.cite.clause,
        assumes=terms.assumes,
        grounds=tuple(GroundShown(one.finding_id, one.case_id, one.finding_id in record.fallen) for one in proposed.grounds),
        served_at=notified.served_at if notified else None,
        statement_until=notified.statement_until if notified else None,
        heard_at=record.heard_at,
        statement=heard.statement if heard else None,
        measure=decided.measure if decided else None,
        basis=decided.basis if decided else None,
        decided_by=decided.by if decided else None,
        decided_by_name=book.name_of(decided.by) if decided else None,
        decided_at=record.decided_at,
        reason=decided.reason if decided else None,
        outcome=record.concluded.outcome if record.concluded else None,
        concluded_at=record.concluded_at,
        withdrawn_at=record.withdrawn_at,
        withdrawn_because=record.withdrawn.reason if record.withdrawn else None,
    )
