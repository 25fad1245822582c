"""What is shown of a settlement, in lists and by itself: from its ledger, the costs, and the half-years beside it; decides nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Struct

from casework.shown import Shown
from domain.case import Case
from domain.cases.other_cases import Cost
from domain.halves import end_of
from domain.schemes.rulebook import Rulebook
from domain.settlement.sealing import seal_holds, sheet_of
from domain.settlement.sheet import Sheet, YearEndSheet
from domain.settlement.state import HalfYear, Settlement, SettlementState, YearEnd, halves_in, standing_of
from exports.spreadsheets.columns import Column, Columns
from storage.cases.ledger import read_ledgers
from storage.postgres.transaction import Tx
from storage.settlement.costs import costs_until, settlements_of_utility, settlements_of_year
from storage.settlement.settlements import SettlementKind


class SealShown(Shown, frozen=True):
    """The digest that the auditor kept, and whether the sheet as it is now still gives it."""

    digest: str | None
    sealed_at: datetime | None
    holds: Annotated[bool, Column(name="sealHolds")]


class SettlementShown(Shown, frozen=True, kw_only=True):
    """One half-year between a district and a utility, or one year's end between the city and a district; money in 分."""

    case_id: UUID
    kind: SettlementKind
    city: str
    scheme: str
    district: str
    district_name: str
    utility: str | None
    utility_name: str | None
    year: int
    half: int | None
    state: SettlementState
    version: int
    opened_at: datetime
    due_on: date | None
    """The day that the finance bureau names; null: a reminder alone."""
    cases: int
    """How many cases, or at a year's end half-years, make up the sum."""
    amount: int
    """What the statement says; at a year's end what the district has settled."""
    city_share: int | None
    """At a year's end alone, rounded down; the odd 分 is the district's."""
    district_share: int | None
    submitted_at: datetime | None
    checked_at: datetime | None
    accepted: bool | None
    reason: str | None
    """Why the district did not accept the statement."""
    paid_on: date | None
    reference: str | None
    seal: SealShown | None
    """Null until it is settled."""


COLUMNS = Columns(SettlementShown)
"""A field of it stands in the list, in every sheet and in the command; what is written beside it says how."""


class StatementItemShown(Shown, frozen=True, kw_only=True):
    """One case of a statement."""

    case_id: UUID
    project: str | None
    amount: int
    belongs_to: str | None
    """The earlier half-year that the cost belongs to."""


class WaitingShown(Shown, frozen=True, kw_only=True):
    """A cost that no statement has taken yet, as an item that may be submitted."""

    case_id: UUID
    amount: int
    belongs_to: str | None
    counts_at: datetime
    """When the works were accepted; until then, when the cost was stated."""


class HalfShown(Shown, frozen=True, kw_only=True):
    """One half-year of a year's end."""

    case_id: UUID
    utility: str
    utility_name: str
    half: int
    state: SettlementState
    amount: int
    paid_on: date | None
    reference: str | None


class SettlementWhole(SettlementShown, frozen=True, kw_only=True):
    """A settlement with what its sums are made of."""

    items: tuple[StatementItemShown, ...]
    waiting: tuple[WaitingShown, ...]
    halves: tuple[HalfShown, ...]
    clause: str
    quote: str
    assumption: str | None
    """What the scheme assumes where the plan is open."""


class Standing(Struct, frozen=True):
    """A settlement's case with what stands of it, its sheet, and at a year's end the district's half-years."""

    book: Rulebook
    case: Case
    stands: Settlement
    sheet: Sheet
    halves: tuple[HalfYear, ...]


async def standing(tx: Tx, books: Any, cases: Sequence[Case]) -> list[Standing]:  # noqa: ANN401 -- whatever finds a scheme by its id
    """Read what stands of each case."""
    ledgers = await read_ledgers(tx, [case.case_id for case in cases]) if cases else {}
    return [await _standing(tx, books(case.scheme), case, standing_of(ledgers[case.case_id])) for case in cases]


async def _standing(tx: Tx, book: Rulebook, case: Case, stands: Settlement) -> Standing:
    halves: tuple[HalfYear, ...] = ()
    if isinstance(stands, YearEnd):
        halves = tuple(halves_in(await settlements_of_year(tx, case.city, stands.opened.district, stands.opened.year)))
    return Standing(book, case, stands, sheet_of(book, stands, halves), halves)


async def waiting_of(tx: Tx, one: Standing) -> list[Cost]:
    """Read the costs that the half-year may still take: those of its end or before that stand in no statement."""
    stands = one.stands
    if isinstance(stands, YearEnd) or stands.state in {"accepted", "settled", "closed"}:
        return []
    about = stands.opened
    taken = {item.case_id for half in halves_in(await settlements_of_utility(tx, one.case.city, about.utility)) for item in half.items}
    costs = await costs_until(tx, one.case.city, about.district, about.utility, end_of(stands.half))
    return [cost for cost in costs if cost.case_id not in taken]


def settlement_shown(one: Standing) -> SettlementShown:
    """Show it in a list."""
    return SettlementShown(**_shown(one))


def settlement_whole(one: Standing, waiting: Sequence[Cost]) -> SettlementWhole:
    """Show it by itself."""
    table = one.book.scheme.settlement
    assumed = one.book.scheme.assumptions.get(table.assumes) if table and table.assumes else None
    return SettlementWhole(
        **_shown(one),
        items=tuple(_items(one.stands)),
        waiting=tuple(_waiting(one.stands, waiting)),
        halves=tuple(_half(one.book, half) for half in one.halves),
        clause=table.cite.clause if table else "",
        quote=table.cite.quote if table else "",
        assumption=assumed.text if assumed else None,
    )


def _shown(one: Standing) -> dict[str, Any]:
    stands, book, opened = one.stands, one.book, one.stands.opened
    common = {
        "case_id": one.case.case_id,
        "city": one.case.city,
        "scheme": one.case.scheme,
        "district": opened.district,
        "district_name": book.name_of(opened.district),
        "year": opened.year,
        "state": stands.state,
        "version": one.case.version,
        "opened_at": stands.opened_at,
        "paid_on": stands.paid.paid_on if stands.paid else None,
        "reference": stands.paid.reference if stands.paid else None,
        "seal": _seal(one),
    }
    return common | (_of_half(book, stands) if isinstance(stands, HalfYear) else _of_year(one.sheet))


def _of_half(book: Rulebook, stands: HalfYear) -> dict[str, Any]:
    opened, said, checked = stands.opened, stands.submitted, stands.checked
    return {
        "kind": "half-year",
        "utility": opened.utility,
        "utility_name": book.name_of(opened.utility),
        "half": opened.half,
        "due_on": opened.due_on,
        "cases": len(said.items) if said else 0,
        "amount": said.amount if said else 0,
        "city_share": None,
        "district_share": None,
        "submitted_at": stands.submitted_at,
        "checked_at": stands.checked_at,
        "accepted": checked.accepted if checked else None,
        "reason": checked.reason if checked else None,
    }


def _of_year(sheet: Sheet) -> dict[str, Any]:
    assert isinstance(sheet, YearEndSheet)  # noqa: S101 -- the sheet of a year's end
    nothing = dict.fromkeys(("utility", "utility_name", "half", "due_on", "submitted_at", "checked_at", "accepted", "reason"))
    sums = {"cases": len(sheet.items), "amount": sheet.settled, "city_share": sheet.city_share, "district_share": sheet.district_share}
    return nothing | sums | {"kind": "year-end"}


def _seal(one: Standing) -> SealShown | None:
    holds = seal_holds(one.stands, one.sheet)
    if holds is None:
        return None
    return SealShown(one.stands.seal.digest if one.stands.seal else None, one.stands.sealed_at, holds)


def _items(stands: Settlement) -> list[StatementItemShown]:
    said = stands.submitted.items if isinstance(stands, HalfYear) and stands.submitted else ()
    return [StatementItemShown(case_id=one.case_id, project=one.project, amount=one.amount, belongs_to=one.belongs_to) for one in said]


def _waiting(stands: Settlement, waiting: Sequence[Cost]) -> list[WaitingShown]:
    half = stands.half if isinstance(stands, HalfYear) else None
    return [
        WaitingShown(
            case_id=one.case_id, amount=one.amount, belongs_to=None if one.half == half else str(one.half), counts_at=one.counts_at
        )
        for one in waiting
    ]


def _half(book: Rulebook, half: HalfYear) -> HalfShown:
    paid = half.paid
    return HalfShown(
        case_id=half.case_id,
        utility=half.opened.utility,
        utility_name=book.name_of(half.opened.utility),
        half=half.opened.half,
        state=half.state,
        amount=half.submitted.amount if half.submitted else 0,
        paid_on=paid.paid_on if paid else None,
        reference=paid.reference if paid else None,
    )
