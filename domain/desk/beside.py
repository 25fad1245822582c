"""What other cases say that an act rests on: the findings and ledgers that it names; decides nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct

from domain.acts import Acted
from domain.acts.process import Ground
from domain.finding import Finding
from domain.ledger import Actor, Entry
from domain.offices import Offices
from domain.oversight.drawing import Works
from domain.plan.rulebook import Rulebook
from domain.settlement.costs import Cost


class Beside(Struct, frozen=True):
    """What was read of other cases, held unchanged until the act is written."""

    findings: Mapping[UUID, Finding] = {}
    """Those that the act names, by id."""
    ledgers: Mapping[UUID, Sequence[Entry]] = {}
    """Those of the cases that it names, by id; of a settlement's act those of the settlements that it has to fit."""
    costs: Sequence[Cost] = ()
    """What the cases of a statement cost."""
    works: Sequence[Works] = ()
    """Those notified to the department whose draw it is, in the year of its plan."""


NOTHING = Beside()


class Opening(NamedTuple):
    """The act that is to open a case, with all that it is checked against."""

    book: Rulebook
    at: datetime
    recorded_at: datetime
    actor: Actor
    offices: Offices | None = None
    beside: Beside = NOTHING


def grounds_of(act: Acted) -> tuple[Ground, ...]:
    """Give the findings that an act rests on."""
    found: Any = (*getattr(act, "grounds", ()), *getattr(act, "findings", ()))
    return tuple(one for one in found if isinstance(one, Ground))


def cases_named(act: Acted) -> Iterator[UUID]:
    """Give the other cases whose ledgers an act rests on."""
    for name in ("commitment", "suspicion", "supervision"):
        value: Any = getattr(act, name, None)
        case_id = getattr(value, "case_id", value)
        if isinstance(case_id, UUID):
            yield case_id
