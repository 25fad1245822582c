"""Finds the settlements of half-years and of years' ends; what stands of one is worked out elsewhere."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from domain.acts.enforcement.supervision import Year
from domain.acts.field import CityCode, Code
from domain.case import Case
from domain.settlement.state import SettlementState
from storage.cases.cases import COLUMNS, case_of
from storage.postgres.choices import WORKED_OUT, Choice, narrow_by
from storage.postgres.cursor import Place
from storage.postgres.listing import Listing
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names
from words import sentence

SettlementKind = Literal["half-year", "year-end"]
Half = Annotated[int, Meta(ge=1, le=2)]
_CASES = f"SELECT {names(COLUMNS)} FROM cases"
_LAST = r"regexp_replace(subject, '^.*\|', '')"
"""The end of the subject: the half-year (2026-1), or the year of a year's end."""
_KIND = f"CASE WHEN {_LAST} LIKE '%-%' THEN 'half-year' ELSE 'year-end' END"


class SettlementChoice(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Which settlements; None is all."""

    city: Annotated[CityCode | None, Choice("city =", sentence("the city's code or name: 420800, 荆门市"), "city")] = None
    kind: Annotated[SettlementKind | None, Choice(f"{_KIND} =", sentence("half-years, or years' ends"))] = None
    utility: Annotated[Code | None, Choice("split_part(subject, '|', 1) =", sentence("the utility"), "party")] = None
    district: Annotated[Code | None, Choice("district =", sentence("the district: jm-dongbao"), "party")] = None
    year: Annotated[Year | None, Choice(f"left({_LAST}, 4) =", sentence("the year"), metavar="YEAR", put=str)] = None
    half: Annotated[Half | None, Choice(f"split_part({_LAST}, '-', 2) =", sentence("the half-year, 1 or 2"), metavar="N", put=str)] = None
    state: Annotated[
        Annotated[SettlementState, Meta(description="Closed are those that ended without a payment.")] | None,
        Choice(WORKED_OUT, sentence("the state"), "settlement-state"),
    ] = None


class SettlementFilter(SettlementChoice, frozen=True, kw_only=True):
    """Which of them a list shows, as far as it is the reader's to see."""

    party: str | None = None
    """Only those in which this party takes part."""


async def list_settlements(tx: Tx, chosen: SettlementFilter, after: Place | None, limit: int) -> list[Case]:
    """List the newest first, from behind a place."""
    listing = Listing(_CASES, "opened_at", "case_id")
    listing.where("kind = 'settlement'")
    narrow_by(listing, chosen)
    listing.only("parties @>", None if chosen.party is None else [chosen.party])
    return [case_of(row) for row in await listing.page(tx, after, limit)]
