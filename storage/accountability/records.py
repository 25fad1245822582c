"""Lists the cases of accountability records; how each stands is worked out elsewhere."""

from typing import Annotated, Literal

from msgspec import Struct

from domain.accountability.state import AccountabilityState
from domain.acts.field import CityCode, Code
from domain.case import Case
from storage.cases.cases import COLUMNS, case_of
from storage.cases.closed_reports import Closed, leave_out_resting
from storage.postgres.choices import WORKED_OUT, Choice, narrow_by
from storage.postgres.cursor import Place
from storage.postgres.listing import Listing
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names
from words import sentence

Conduct = Literal["slow", "inaction", "other"]
_SELECT = f"SELECT {names(COLUMNS)} FROM cases"
_OPENING = "(SELECT e.body::jsonb ->> '{field}' FROM entry e WHERE e.case_id = cases.case_id AND e.seq = 1) ="


class AccountabilityChoice(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Which records; None is all."""

    city: Annotated[CityCode | None, Choice("city =", sentence("the city's code or name: 420800, 荆门市"), "city")] = None
    unit: Annotated[Code | None, Choice(_OPENING.format(field="unit"), sentence("the unit that is to answer"), "party")] = None
    state: Annotated[AccountabilityState | None, Choice(WORKED_OUT, sentence("the state"), "accountability-state")] = None
    conduct: Annotated[Conduct | None, Choice(_OPENING.format(field="conduct"), sentence("slow, inaction, or what the facts say"))] = None


class AccountabilityFilter(AccountabilityChoice, frozen=True, kw_only=True):
    """Which of them a list shows, as far as it is the reader's to see."""

    party: str | None = None
    """Only those that this party takes part in."""
    closed: Closed | None = None
    """Which reports the reader may not know of, nor of what rests on them."""


async def list_accountability(tx: Tx, chosen: AccountabilityFilter, after: Place | None, limit: int) -> list[Case]:
    """List the last proposed first, from behind a place."""
    listing = Listing(_SELECT, "opened_at", "case_id")
    listing.where("kind = 'accountability'")
    narrow_by(listing, chosen)
    listing.only("parties @>", None if chosen.party is None else [chosen.party])
    leave_out_resting(listing, chosen.closed, "cases.case_id")
    return [case_of(row) for row in await listing.page(tx, after, limit)]
