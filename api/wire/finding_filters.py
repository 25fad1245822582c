"""Which findings are asked for, by whatever operation lists, exports or adds them up."""

from datetime import date

from msgspec import field

from api.wire.date_ranges import beginning, end
from api.wire.operation import Wire
from casework.access.caller import Caller
from casework.access.visibility import closed_to, inspected_by, is_city_wide
from casework.program import Context
from casework.shown import CityCode
from domain.acts.field import Code
from domain.finding import FindingState, Light
from domain.schemes.rule import Stage
from storage.findings.findings import FindingFilter
from storage.postgres.listing import Order


class FindingsChosen(Wire, frozen=True):
    """Which findings; `from` and `to` are the local days on which they fell due, both included."""

    city: CityCode | None = None
    district: Code | None = None
    party: Code | None = None
    rule: Code | None = None
    stage: Stage | None = None
    state: FindingState | None = None
    light: Light | None = None
    """The severity: yellow when missed, red by the overrun."""
    from_: date | None = field(name="from", default=None)
    to: date | None = None
    order: Order = "newest"


def chosen_of(context: Context, caller: Caller, asked: FindingsChosen) -> FindingFilter:
    """Choose what is asked for among what is the caller's to see."""
    wide = is_city_wide(caller)
    return FindingFilter(
        city=caller.city,
        district=asked.district,
        party=asked.party if wide else caller.party,
        parties=inspected_by(context, caller),
        rule=asked.rule,
        stage=asked.stage,
        state=asked.state,
        light=asked.light,
        due_from=beginning(asked.from_, "from"),
        due_before=end(asked.to, "to"),
        notified=not wide,
        closed=closed_to(caller),
    )
