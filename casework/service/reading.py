"""Both sides' registers of a case or of many, made of the ledgers that a caller may see; keeps nothing."""

from collections.abc import Callable, Sequence

from casework.access.caller import Caller
from casework.access.numbering import all_as_told
from casework.access.visibility import sees_clock
from casework.program import Context
from domain.access.visibility import visible
from domain.case import Case
from domain.clock import Clock
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.service.registers import Registers, registers_of
from storage.cases.clocks import read_clocks, read_clocks_of
from storage.cases.ledger import read_ledger, read_ledgers
from storage.postgres.transaction import Tx


async def registers_in(tx: Tx, context: Context, caller: Caller, case: Case) -> Registers:
    """Make those of one case."""
    entries, clocks = await read_ledger(tx, case.case_id), await read_clocks(tx, case.case_id)
    return _both(context, caller, case, entries, clocks)


async def registers_of_cases(
    tx: Tx, context: Context, caller: Caller, cases: Sequence[Case], only: Callable[[Registers], Registers | None]
) -> list[tuple[Case, Registers]]:
    """Make those of many cases, as far as `only` leaves any of them."""
    cases = await all_as_told(tx, caller, cases)
    ids = sorted(case.case_id for case in cases)
    ledgers, clocks = await read_ledgers(tx, ids), await read_clocks_of(tx, ids)
    made = ((case, only(_both(context, caller, case, ledgers[case.case_id], clocks[case.case_id]))) for case in cases)
    return [(case, both) for case, both in made if both is not None]


def _both(context: Context, caller: Caller, case: Case, entries: Sequence[Entry], clocks: Sequence[Clock]) -> Registers:
    book = context.book(case.scheme)
    seeing = [clock for clock in clocks if sees_clock(caller, book, clock)]
    return registers_of(Situation(book, visible(caller.audience, entries)), seeing, context.offices, context.now)
