"""What the off-site works of one case cost at one utility, and to which half-year that belongs; it reads no table."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from domain.acts.connection import AcceptanceHeld
from domain.acts.settlement import WorksCosted
from domain.case import Case
from domain.ledger import Entry
from domain.settlement.halves import Half, half_at


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


def cost_of(case: Case, entries: Iterable[Entry], utility: str) -> Cost | None:
    """Find what a case cost one utility: its last statement, counted from the last joint acceptance that its works passed."""
    told = list(entries)
    stated = [(entry.occurred_at, entry.seq, entry.act) for entry in told if _is_of(entry, utility)]
    if not stated:
        return None
    at, seq, act = max(stated, key=lambda one: one[:2])
    accepted = max((entry.occurred_at for entry in told if _passed(entry, utility)), default=None)
    assert isinstance(act, WorksCosted)  # noqa: S101 -- chosen above
    return Cost(case.case_id, utility, case.district, act.amount, accepted or at, seq)


def _is_of(entry: Entry, utility: str) -> bool:
    return isinstance(entry.act, WorksCosted) and entry.act.utility == utility


def _passed(entry: Entry, utility: str) -> bool:
    act = entry.act
    return isinstance(act, AcceptanceHeld) and act.passed and utility in act.utilities
