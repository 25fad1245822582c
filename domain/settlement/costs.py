"""What the off-site works of one case cost at one utility, and to which half-year that belongs; it reads no table."""

from collections.abc import Iterable, Iterator, Sequence

from domain.acts.connection import AcceptanceHeld
from domain.acts.settlement import WorksCosted
from domain.case import Case
from domain.cases.other_cases import Cost
from domain.ledger import Entry


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


def costs_in(case: Case, entries: Sequence[Entry]) -> Iterator[Cost]:
    """Give what a case cost each utility that stated it, in the order of their codes."""
    stated = {entry.act.utility for entry in entries if isinstance(entry.act, WorksCosted)}
    return filter(None, (cost_of(case, entries, utility) for utility in sorted(stated)))


def _is_of(entry: Entry, utility: str) -> bool:
    return isinstance(entry.act, WorksCosted) and entry.act.utility == utility


def _passed(entry: Entry, utility: str) -> bool:
    act = entry.act
    return isinstance(act, AcceptanceHeld) and act.passed and utility in act.utilities
