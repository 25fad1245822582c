"""What an act refers to in other cases: findings, ledgers, works, costs, and what one survey digs; decides nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct

from domain.acts import Acted
from domain.acts.enforcement.process import Ground
from domain.finding import Finding
from domain.halves import Half, half_at
from domain.ledger import Actor, Entry
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook


class Dug(Struct, frozen=True):
    """What one case's last survey digs at one place for one utility."""

    case_id: UUID
    seq: int
    """The survey."""
    place: str
    """Written one way."""
    utility: str
    metres: int
    held_at: datetime


class Works(NamedTuple):
    """Works notified to a department under commitments: their case, and the utilities that do them."""

    case_id: UUID
    utilities: frozenset[str]


class Cost(Struct, frozen=True):
    """The cost as the utility stated it last."""

    case_id: UUID
    utility: str
    district: str | None
    """Where the case lies; nobody settles what lies nowhere yet."""
    amount: int
    """In 分."""
    counts_at: datetime
    """When the works were accepted; until then, when the cost was stated."""
    seq: int
    """The entry that states it."""

    @property
    def half(self) -> Half:
        """Say to which half-year it belongs."""
        return half_at(self.counts_at)


class OtherCases(Struct, frozen=True):
    """What was read of other cases, held unchanged until the act is written."""

    findings: Mapping[UUID, Finding] = {}
    """Those that the act names, by id."""
    ledgers: Mapping[UUID, Sequence[Entry]] = {}
    """Those of the cases that it names, by id; of a settlement's act those of the settlements that it has to fit."""
    costs: Sequence[Cost] = ()
    """What the cases of a statement cost."""
    works: Sequence[Works] = ()
    """Those notified to the department whose draw it is, in the year of its plan."""


NOTHING = OtherCases()


class Opening(NamedTuple):
    """The act that is to open a case, with all that it is checked against."""

    book: Rulebook
    at: datetime
    recorded_at: datetime
    actor: Actor
    offices: Offices | None = None
    other_cases: OtherCases = NOTHING


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
