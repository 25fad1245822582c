"""Finds the settlements of half-years and of years' ends; what stands of one is worked out elsewhere."""

from typing import Literal

from msgspec import Struct

from domain.case import Case
from storage.cases.cases import COLUMNS, case_of
from storage.postgres.cursor import Place
from storage.postgres.listing import Listing
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

SettlementKind = Literal["half-year", "year-end"]
_CASES = f"SELECT {names(COLUMNS)} FROM cases"
_LAST = r"regexp_replace(subject, '^.*\|', '')"
"""The end of the subject: the half-year (2026-1), or the year of a year's end."""
_KIND = f"CASE WHEN {_LAST} LIKE '%-%' THEN 'half-year' ELSE 'year-end' END"


class SettlementFilter(Struct, frozen=True, kw_only=True):
    """Which settlements a list shows; None is all."""

    city: str | None = None
    kind: SettlementKind | None = None
    utility: str | None = None
    district: str | None = None
    year: int | None = None
    half: int | None = None
    party: str | None = None
    """Only those in which this party takes part."""


async def list_settlements(tx: Tx, chosen: SettlementFilter, after: Place | None, limit: int) -> list[Case]:
    """List the newest first, from behind a place."""
    listing = Listing(_CASES, "opened_at", "case_id")
    listing.where("kind = 'settlement'")
    listing.only("city =", chosen.city)
    listing.only("district =", chosen.district)
    listing.only(f"{_KIND} =", chosen.kind)
    listing.only("split_part(subject, '|', 1) =", chosen.utility)
    listing.only(f"left({_LAST}, 4) =", None if chosen.year is None else str(chosen.year))
    listing.only(f"split_part({_LAST}, '-', 2) =", None if chosen.half is None else str(chosen.half))
    listing.only("parties @>", None if chosen.party is None else [chosen.party])
    return [case_of(row) for row in await listing.page(tx, after, limit)]
