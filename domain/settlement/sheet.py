"""The settled sheet of a half-year or a year's end, in the one writing that its digest is of; prints nothing."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from calendars import local_day
from domain.refusals import NotCovered
from domain.schemes.rulebook import Rulebook
from domain.settlement.state import HalfYear, YearEnd
from words import sentence

_encode = msgspec.json.Encoder().encode


class SheetItem(Struct, frozen=True, kw_only=True, rename="camel"):
    """One case of a half-year's statement."""

    case_id: UUID
    project: str | None
    belongs_to: str | None
    """The earlier half-year that it was stated too late for."""
    amount: int


class HalfYearSheet(Struct, frozen=True, kw_only=True, rename="camel"):
    """半年结算单: the statement that was accepted, and its payment."""

    scheme: str
    district: str
    utility: str
    year: int
    half: int
    items: tuple[SheetItem, ...]
    amount: int
    submitted_at: datetime | None
    checked_at: datetime | None
    paid_on: date | None
    reference: str | None

    @property
    def submitted_on(self) -> date | None:
        """Give the local day of the statement."""
        return None if self.submitted_at is None else local_day(self.submitted_at)

    @property
    def checked_on(self) -> date | None:
        """Give the local day of the check."""
        return None if self.checked_at is None else local_day(self.checked_at)


class YearEndItem(Struct, frozen=True, kw_only=True, rename="camel"):
    """What one utility was paid for one half-year."""

    case_id: UUID
    utility: str
    half: int
    amount: int
    paid_on: date
    reference: str


class YearEndSheet(Struct, frozen=True, kw_only=True, rename="camel"):
    """年终体制结算单: what the district settled in both halves, and the city's part of it."""

    scheme: str
    district: str
    year: int
    items: tuple[YearEndItem, ...]
    settled: int
    city_percent: int
    city_share: int
    district_share: int
    """With the odd 分."""
    paid_on: date | None
    reference: str | None


Sheet = HalfYearSheet | YearEndSheet


def percent_of(book: Rulebook) -> int:
    """Give the city's part in per cent, as the plan has it."""
    if book.scheme.settlement is None:
        raise NotCovered(sentence("{scheme} says nothing of a settlement between city and district.", scheme=book.id))
    return book.scheme.settlement.city_percent


def half_year_sheet(book: Rulebook, stands: HalfYear) -> HalfYearSheet:
    """Write a half-year as it stands; until it is settled the sheet is a draft."""
    said, paid = stands.submitted, stands.paid
    items = [SheetItem(case_id=i.case_id, project=i.project, belongs_to=i.belongs_to, amount=i.amount) for i in said.items] if said else []
    return HalfYearSheet(
        scheme=book.id,
        district=stands.opened.district,
        utility=stands.opened.utility,
        year=stands.opened.year,
        half=stands.opened.half,
        items=tuple(items),
        amount=said.amount if said else 0,
        submitted_at=stands.submitted_at,
        checked_at=stands.checked_at,
        paid_on=paid.paid_on if paid else None,
        reference=paid.reference if paid else None,
    )


def year_end_sheet(book: Rulebook, stands: YearEnd, halves: Iterable[HalfYear]) -> YearEndSheet:
    """Write a year's end from what the district has settled; the city pays in whole 分, rounded down."""
    items = sorted(_items(stands, halves), key=lambda one: (one.half, one.utility, one.case_id))
    settled, percent, paid = sum(one.amount for one in items), percent_of(book), stands.paid
    share = settled * percent // 100
    return YearEndSheet(
        scheme=book.id,
        district=stands.opened.district,
        year=stands.opened.year,
        items=tuple(items),
        settled=settled,
        city_percent=percent,
        city_share=share,
        district_share=settled - share,
        paid_on=paid.paid_on if paid else None,
        reference=paid.reference if paid else None,
    )


def _items(stands: YearEnd, halves: Iterable[HalfYear]) -> Iterable[YearEndItem]:
    for one in halves:
        about = (one.opened.district, one.opened.year)
        if one.paid is not None and about == (stands.opened.district, stands.opened.year):
            yield YearEndItem(
                case_id=one.case_id,
                utility=one.opened.utility,
                half=one.opened.half,
                amount=one.paid.amount,
                paid_on=one.paid.paid_on,
                reference=one.paid.reference,
            )


def digest_of(sheet: Sheet) -> str:
    """Give the SHA-256 of the sheet, in hexadecimal."""
    return hashlib.sha256(_encode(sheet)).hexdigest()
