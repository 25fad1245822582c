"""Which findings are asked for, by whatever operation lists, exports or adds them up."""

from api.wire.date_ranges import check_days
from casework.access.caller import Caller
from casework.access.visibility import closed_to, inspected_by, is_city_wide
from casework.program import Context
from storage.findings.choices import FindingChoice, FindingFilter
from storage.postgres.choices import filter_of
from storage.postgres.listing import Order


class FindingsChosen(FindingChoice, frozen=True):
    """Which findings, and in which order of their due moments."""

    order: Order = "newest"


def chosen_of(context: Context, caller: Caller, asked: FindingsChosen) -> FindingFilter:
    """Choose what is asked for among what is the caller's to see."""
    wide = is_city_wide(caller)
    check_days(asked.from_, asked.to)
    own = {"city": caller.city, "party": asked.party if wide else caller.party}
    return filter_of(FindingFilter, asked, **own, parties=inspected_by(context, caller), notified=not wide, closed=closed_to(caller))
