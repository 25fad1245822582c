"""Leaves reports (举报) out of a list before it is cut into pages: of one that is closed to the reader, no place and no gap tells."""

from msgspec import Struct

from storage.listing import Listing


class Closed(Struct, frozen=True):
    """Which reports the reader of a list may not know of: those about its party, or all."""

    about: str | None = None
    """None is all."""


def leave_out(listing: Listing, closed: Closed | None, case_id: str, only_if: str = "true") -> None:
    """Leave out the rows whose case is such a report; `case_id` is the row's column, `only_if` spares the look at other rows."""
    if closed is None:
        return
    reports = (
        f"SELECT r.body::json ->> 'about' FROM entry r WHERE {only_if} AND r.case_id = {case_id} "
        "AND r.act = 'complaint.received' AND r.body::json ->> 'form' = 'report'"
    )
    if closed.about is None:
        listing.where(f"NOT EXISTS ({reports})")
    else:
        listing.only(f"NOT ARRAY({reports}) @>", [closed.about])
