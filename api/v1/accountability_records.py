"""Accountability records (责任追究) by unit, the last proposed first; they are made and changed by acts alone."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar import get
from msgspec import Meta, Struct

from api.answer import Answer, reply
from api.operation import Asking, CityCode, Operation, Query, Shown, Wire
from api.paging import DEFAULT_LIMIT, After, Limit, link_to, place_after
from api.running import Running
from api.security import Caller
from api.v1.credit_records import GroundShown
from api.v1.persons import masked_for
from api.v1.sight import closed_to, is_city_wide, seen_case, sees_nothing_of
from domain.accountability.state import Accountability, AccountabilityState, accountability_of
from domain.acts.field import Code
from domain.case import Case
from domain.plan.rulebook import Rulebook
from domain.refusals import Malformed, NotAllowed, NotFound
from storage.accountability import AccountabilityFilter
from storage.accountability import list_accountability as find_accountability
from storage.cases import read_case
from storage.cursor import Place, decode_place, encode_place
from storage.ledger import read_ledgers
from storage.sealing import KeyRing
from storage.transaction import Tx

Conduct = Literal["slow", "inaction", "other"]


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
    grounds: tuple[GroundShown, ...]
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


class AccountabilityPage(Shown, frozen=True):
    """Records, the last proposed first."""

    items: tuple[AccountabilityShown, ...]
    next: str | None


class AccountabilityAsked(Wire, frozen=True):
    """Which records."""

    city: CityCode | None = None
    unit: Code | None = None
    state: AccountabilityState | None = None
    conduct: Conduct | None = None
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


class Found(Struct, frozen=True):
    """A case with its record as it stands, the person masked."""

    case: Case
    record: Accountability


_ASKED = Query[AccountabilityAsked](AccountabilityAsked)
LIST = Operation(reply=AccountabilityPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")
READ = Operation(reply=AccountabilityShown, problems=(NotAllowed, NotFound), tag="supervision")


@get("/v1/accountability-records", operation_id="listAccountabilityRecords", summary="List accountability records", opt=LIST.opt)
async def list_accountability_records(request: Asking) -> Answer:
    """Answer with a page; a unit sees the records that it takes part in: about itself once it was notified."""
    asked = _ASKED.of(request)
    running: Running = request.app.state.running
    after = place_after(asked.after, decode_place)
    if sees_nothing_of(request.user, asked.city, None):
        return reply(AccountabilityPage((), None))
    async with running.db.reading() as tx:
        found = await page_of(tx, running.ring, _chosen(request.user, asked), asked.state, after, asked.limit + 1)
    page = found[: asked.limit]
    cursor = encode_place(_place(page[-1].case)) if len(found) > len(page) else None
    items = tuple(accountability_shown(running.book(one.case.scheme), one) for one in page)
    return reply(AccountabilityPage(items, cursor), headers=link_to(request, cursor))


@get(
    "/v1/accountability-records/{caseId:uuid}",
    operation_id="readAccountabilityRecord",
    summary="Read an accountability record",
    opt=READ.opt,
)
async def read_accountability_record(request: Asking) -> Answer:
    """Answer with one record, under the same rules as the list."""
    running: Running = request.app.state.running
    async with running.db.reading() as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        if case.kind != "accountability":
            raise NotFound("This case is no accountability record.")
        [found] = await _stands(tx, running.ring, [case])
    return reply(accountability_shown(running.book(case.scheme), found))


async def page_of(
    tx: Tx, ring: KeyRing, chosen: AccountabilityFilter, state: AccountabilityState | None, after: Place | None, wanted: int
) -> list[Found]:
    """Read on until there are so many: what state a record is in, its ledger says."""
    found: list[Found] = []
    while len(found) < wanted:
        cases = await find_accountability(tx, chosen, after, wanted)
        found += [one for one in await _stands(tx, ring, cases) if state in {None, one.record.state}]
        if len(cases) < wanted:
            break
        after = _place(cases[-1])
    return found[:wanted]


async def _stands(tx: Tx, ring: KeyRing, cases: list[Case]) -> list[Found]:
    ledgers = await read_ledgers(tx, [case.case_id for case in cases]) if cases else {}
    return [Found(case, accountability_of(await masked_for(tx, ring, None, ledgers[case.case_id]))) for case in cases]


def _chosen(caller: Caller, asked: AccountabilityAsked) -> AccountabilityFilter:
    party = None if is_city_wide(caller) else caller.party
    return AccountabilityFilter(city=caller.city, unit=asked.unit, conduct=asked.conduct, party=party, closed=closed_to(caller))


def _place(case: Case) -> Place:
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
