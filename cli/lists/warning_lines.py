"""A limit that is near or overdue as one line of a list for spreadsheets, under the names that the API uses; decides nothing."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from casework.findings.warnings import TimeShown, WarningShown
from cli.terminal.saying import said
from domain.warnings.recipients import Shade
from words import name_of


class WarningLine(Struct, frozen=True, kw_only=True, rename="camel"):
    """`left` and `overrun` count in `measure`, days or seconds of the rule's own time."""

    light: Shade
    case_id: UUID
    finding_id: UUID | None
    rule: str
    title: str
    clause: str
    quote: str
    carries_out: tuple[str, ...]
    keys: dict[str, str]
    party: str
    party_name: str
    city: str
    district: str | None
    scheme: str
    stage: str
    started_at: datetime
    warned_at: datetime | None
    due_at: datetime
    provisional: bool
    remaining: int | None
    overrun: int | None
    measure: str
    told: tuple[str, ...]


def line_of(shown: WarningShown) -> WarningLine:
    same = {name: getattr(shown, name) for name in WarningLine.__struct_fields__ if name in _SAME}
    time = shown.remaining or shown.overrun
    told = tuple(said("{party} ({post})", party=one.party_name, post=name_of("post", one.post)) for one in shown.told)
    return WarningLine(
        **same, remaining=_own(shown.remaining), overrun=_own(shown.overrun), measure=time.measure if time else "", told=told
    )


def _own(time: TimeShown | None) -> int | None:
    return None if time is None else time.own


_SAME = frozenset(WarningLine.__struct_fields__) - {"remaining", "overrun", "measure", "told"}
