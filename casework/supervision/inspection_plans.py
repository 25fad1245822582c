"""Plans of inspection with their draws, and which of what was drawn has been inspected; draws nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from casework.access.caller import Caller
from casework.access.numbering import all_as_told
from domain.acts.enforcement.ladder import SampleDrawn
from domain.case import Case
from domain.ledger import Entry
from storage.cases.ledger import read_ledgers
from storage.postgres.transaction import Tx
from storage.supervision.inspection_plans import inspected


class FoundPlan(NamedTuple):
    case: Case
    entries: list[Entry]
    inspected: frozenset[UUID]
    """Of the works that any plan of the page drew."""


def draws_in(entries: Iterable[Entry]) -> list[tuple[Entry, SampleDrawn]]:
    return [(one, one.act) for one in entries if isinstance(one.act, SampleDrawn)]


def _drawn(ledgers: Mapping[UUID, list[Entry]]) -> set[UUID]:
    acts = (act for entries in ledgers.values() for _, act in draws_in(entries))
    return {case_id for act in acts for stratum in act.strata for case_id in stratum.drawn}


async def plans_with_draws(tx: Tx, caller: Caller, cases: Sequence[Case]) -> list[FoundPlan]:
    """Read the plans' ledgers, each case at the version that the caller was told, and which works that they drew were inspected."""
    told = await all_as_told(tx, caller, cases)
    ledgers = await read_ledgers(tx, [case.case_id for case in told])
    looked_at = await inspected(tx, caller.city, sorted(_drawn(ledgers)))
    return [FoundPlan(case, ledgers[case.case_id], looked_at) for case in told]
