"""By what findings are chosen, each choice once: its column, its parameter of the API and its option of a command; reads no row."""

from datetime import date
from typing import Annotated

from msgspec import Struct, field

from calendars import midnight
from domain.acts.field import CityCode, Code
from domain.finding import FindingState, Light
from domain.schemes.rule import Stage
from storage.cases.closed_reports import Closed
from storage.postgres.choices import Choice, day_after
from words import sentence


class FindingChoice(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Which findings; `from` and `to` are the local days on which they fell due, both included. None is all."""

    city: Annotated[CityCode | None, Choice("finding.city =", sentence("the city's code or name: 420800, 荆门市"), "city")] = None
    district: Annotated[Code | None, Choice("finding.district =", sentence("the district"))] = None
    party: Annotated[Code | None, Choice("finding.party =", sentence("the party that answers for it"), "party")] = None
    rule: Annotated[
        Code | None, Choice("finding.rule =", sentence("the rule, or the obligation that it carries out: J-04"), "rule", metavar="RULE")
    ] = None
    stage: Annotated[Stage | None, Choice("finding.stage =", sentence("the stage"), "stage")] = None
    state: Annotated[FindingState | None, Choice("finding.state =", sentence("the state"), "finding-state")] = None
    light: Annotated[Light | None, Choice("finding.light =", sentence("the grade of the warning"), "light")] = None
    """The severity: yellow when missed, red by the overrun."""
    from_: Annotated[
        date | None, Choice("finding.due_at >=", sentence("due on that day or later: 2026-09-30"), metavar="DAY", put=midnight)
    ] = field(name="from", default=None)
    to: Annotated[date | None, Choice("finding.due_at <", sentence("due on that day or before"), metavar="DAY", put=day_after)] = None


class FindingFilter(FindingChoice, frozen=True, kw_only=True):
    """Which of them a list shows: what is chosen, as far as it is the reader's to see."""

    parties: tuple[str, ...] | None = None
    """Those that an inspector sees."""
    notified: bool = False
    """Only those that have been notified: what a party may see of itself."""
    closed: Closed | None = None
