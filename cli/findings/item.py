"""One finding as files and programs get it, under the names that the API uses; decides nothing."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from cli.faults import Refused
from domain.clock import is_contested
from domain.finding import FindingState, Light, light_of
from domain.plan.rulebook import Rulebook
from storage.findings import FindingRow


class Item(Struct, frozen=True, kw_only=True, rename="camel"):
    """`keys` are the rule's `per` with their values."""

    finding_id: UUID
    case_id: UUID
    rule: str
    title: str
    carries_out: tuple[str, ...]
    keys: dict[str, str]
    party: str
    party_name: str
    city: str
    district: str | None
    scheme: str
    stage: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    """When what was missed happened after all."""
    state: FindingState
    light: Light
    contested: bool
    provisional: bool
    late_entry: bool


def item_of(books: Mapping[str, Rulebook], row: FindingRow, now: datetime) -> Item:
    if row.scheme not in books:
        raise Refused(f"there are cases under the plan {row.scheme!r}, which is not known here: name its folder in LIANBAN_SCHEMES")
    found, book = row.finding, books[row.scheme]
    rule = book.rules[found.rule]
    return Item(
        finding_id=found.finding_id,
        case_id=found.case_id,
        rule=found.rule,
        title=rule.title,
        carries_out=rule.carries_out,
        keys=rule.named(found.keys),
        party=found.party,
        party_name=book.name_of(found.party),
        city=row.city,
        district=row.district,
        scheme=row.scheme,
        stage=row.stage,
        started_at=found.started_at,
        due_at=found.due_at,
        ended_at=found.ended_at,
        state=found.state,
        light=light_of(found, now),
        contested=is_contested(found.due_at, found.also_due_at, found.ended_at, now),
        provisional=found.provisional,
        late_entry=found.late_entry,
    )
