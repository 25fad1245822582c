"""Lists the cases of accountability records; how each stands is worked out elsewhere."""

from msgspec import Struct

from domain.case import Case
from storage.cases.cases import COLUMNS, case_of
from storage.cases.closed_reports import Closed, leave_out_resting
from storage.postgres.cursor import Place
from storage.postgres.listing import Listing
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names

_SELECT = f"SELECT {names(COLUMNS)} FROM cases"
_OPENING = "(SELECT e.body::jsonb ->> '{field}' FROM entry e WHERE e.case_id = cases.case_id AND e.seq = 1) ="


class AccountabilityFilter(Struct, frozen=True, kw_only=True):
    """Which records a list shows; None is all."""

    city: str | None = None
    unit: str | None = None
    conduct: str | None = None
    party: str | None = None
    """Only those that this party takes part in."""
    closed: Closed | None = None
    """Which reports the reader may not know of, nor of what rests on them."""


async def list_accountability(tx: Tx, chosen: AccountabilityFilter, after: Place | None, limit: int) -> list[Case]:
    """List the last proposed first, from behind a place."""
    listing = Listing(_SELECT, "opened_at", "case_id")
    listing.where("kind = 'accountability'")
    listing.only("city =", chosen.city)
    listing.only(_OPENING.format(field="unit"), chosen.unit)
    listing.only(_OPENING.format(field="conduct"), chosen.conduct)
    listing.only("parties @>", None if chosen.party is None else [chosen.party])
    leave_out_resting(listing, chosen.closed, "cases.case_id")
    return [case_of(row) for row in await listing.page(tx, after, limit)]
