"""Lists what was raised for a person to look at, with the answer that it got; raises and answers nothing."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from domain.acts import Acted, read_act
from storage.cases.closed_reports import Closed, leave_out
from storage.postgres.cursor import Place
from storage.postgres.listing import Listing, Order
from storage.postgres.transaction import Tx

SuspicionState = Literal["open", "cleared", "confirmed"]
_ABOUT = """coalesce(e.body::json ->> 'party', (
    SELECT w.party FROM entry w WHERE w.case_id = e.case_id AND w.seq = (e.body::json -> 'seqs' ->> 0)::int))"""
_SELECT = f"""
SELECT e.case_id, e.seq, e.recorded_at, e.body, {_ABOUT} AS about, c.kind, c.city, c.district, c.scheme,
       a.party AS answered_by, a.recorded_at AS answered_at, a.body AS answer
FROM entry e JOIN cases c USING (case_id)
LEFT JOIN LATERAL (
    SELECT * FROM entry a WHERE a.case_id = e.case_id AND a.act IN ('suspicion.cleared', 'suspicion.confirmed')
      AND (a.body::json ->> 'raisedSeq')::int = e.seq
) a ON true
"""
_STATES = {"open": "a.act IS NULL", "cleared": "a.act = 'suspicion.cleared'", "confirmed": "a.act = 'suspicion.confirmed'"}


class Suspicion(Struct, frozen=True):
    """A question for a person, and the answer."""

    case_id: UUID
    seq: int
    raised_at: datetime
    raised: Acted
    party: str | None
    """Whose doing it would be."""
    kind: str
    city: str
    district: str | None
    scheme: str
    answered_by: str | None
    answered_at: datetime | None
    answer: Acted | None


class SuspicionFilter(Struct, frozen=True, kw_only=True):
    """Which suspicions a list shows; None is all."""

    city: str
    state: SuspicionState | None = None
    about: str | None = None
    party: str | None = None
    case_id: UUID | None = None
    closed: Closed | None = None


async def list_suspicions(tx: Tx, chosen: SuspicionFilter, order: Order, after: Place | None, limit: int) -> list[Suspicion]:
    """List by when they were raised, from behind a place."""
    listing = Listing(_SELECT, "e.recorded_at", "e.case_id", order, ("e.seq",))
    listing.where("e.act = 'suspicion.raised'")
    listing.only("c.city =", chosen.city)
    listing.only("e.case_id =", chosen.case_id)
    listing.only("e.body::json ->> 'about' =", chosen.about)
    listing.only(f"{_ABOUT} =", chosen.party)
    if chosen.state is not None:
        listing.where(_STATES[chosen.state])
    leave_out(listing, chosen.closed, "e.case_id", "c.kind = 'complaint'")
    return [_suspicion(row) for row in await listing.page(tx, after, limit)]


def _suspicion(row: Any) -> Suspicion:  # noqa: ANN401 -- asyncpg comes without types
    answer = None if row["answer"] is None else read_act(row["answer"])
    return Suspicion(
        row["case_id"], row["seq"], row["recorded_at"], read_act(row["body"]), row["about"], row["kind"], row["city"],
        row["district"], row["scheme"], row["answered_by"], row["answered_at"], answer,
    )  # fmt: skip
