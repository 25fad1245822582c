"""Rows that follow from an act beside its entry (what a record rests on, what works cost), so that lists find them; it decides nothing."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from domain.acts import Acted
from domain.acts.connection import AcceptanceHeld
from domain.acts.settlement import WorksCosted
from domain.case import Case
from domain.ledger import Entry
from storage.credit.records import CHANGING, keep_credit
from storage.findings.grounds import keep_grounds
from storage.postgres.transaction import Tx
from storage.settlement.costs import keep_costs

Following = Callable[[Tx, Case, Entry], Awaitable[None]]

FOLLOWING: Mapping[type[Acted], Following] = {WorksCosted: keep_costs, AcceptanceHeld: keep_costs}
"""What is written beside which act, in its own transaction."""
CREDIT: Mapping[type[Acted], Following] = dict.fromkeys(CHANGING, keep_credit)
"""How a credit entry stands follows from each of its acts, beside what else follows from them."""


async def project(tx: Tx, case: Case, entries: Sequence[Entry]) -> None:
    """Write what follows from new entries of a case."""
    for entry in entries:
        await keep_grounds(tx, case, entry)
        for following in (FOLLOWING.get(type(entry.act)), CREDIT.get(type(entry.act))):
            if following is not None:
                await following(tx, case, entry)
