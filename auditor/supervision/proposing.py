"""Proposes orders, interviews and referrals of the ladder with what is under them, each once; a person decides every one of them."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from casework.program import Context
from casework.recording.appending import append_acts
from domain.acts.enforcement.audit import StepProposed
from domain.case import Case
from domain.ledger import Entry
from domain.supervision.proposing import orders_wanted, rung_wanted
from domain.supervision.state import order_of
from storage.cases.cases import lock_case, read_case
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledger, read_ledgers
from storage.postgres.transaction import Database, Tx
from storage.supervision.supervision import defective, on_the_ladder, orders_under

BATCH = 200
Find = Callable[[Tx, Sequence[str], UUID, int], Awaitable[list[UUID]]]
Wanted = Callable[[Tx, Context, Case], Awaitable[list[StepProposed]]]


async def propose(db: Database, context: Context) -> int:
    """Propose whatever is wanted and has not been proposed; gives how many steps. Several at once propose nothing twice."""
    schemes = sorted(name for name, book in context.books.items() if book.scheme.ladder is not None)
    if not schemes:
        return 0
    return await _each(db, context, schemes, (defective, _orders)) + await _each(db, context, schemes, (on_the_ladder, _rungs))


async def _each(db: Database, context: Context, schemes: Sequence[str], what: tuple[Find, Wanted]) -> int:
    """Look at case after case, in the order of their ids; only one for which something is wanted is taken for writing."""
    find, wanted = what
    made, after = 0, UUID(int=0)
    while True:
        async with db.connection() as tx:
            ids = await find(tx, schemes, after, BATCH)
        if not ids:
            return made
        for case_id in ids:
            made += await _case(db, context, case_id, wanted)
        after = ids[-1]


async def _case(db: Database, context: Context, case_id: UUID, wanted: Wanted) -> int:
    async with db.connection() as tx:
        case = await read_case(tx, case_id)
        if case is None or not await wanted(tx, context, case):
            return 0
    async with db.transaction() as tx:
        return await _held(tx, context, await lock_case(tx, case_id), wanted)


async def _held(tx: Tx, context: Context, case: Case | None, wanted: Wanted) -> int:
    """Ask again with the case held: another worker may have proposed it, or a person have taken the step."""
    if case is None:
        return 0
    context = context.holding(case)
    steps = await wanted(tx, context, case)
    if not steps:
        return 0
    await append_acts(tx, context, case, steps)
    return len(steps)


async def _orders(tx: Tx, context: Context, case: Case) -> list[StepProposed]:
    """Ask which defects of a commitment stand without an order."""
    entries = await read_ledger(tx, case.case_id)
    return list(orders_wanted(context.books[case.scheme], entries, await _under(tx, case.case_id)))


async def _rungs(tx: Tx, context: Context, case: Case) -> list[StepProposed]:
    """Ask which rung an order has come to."""
    entries = await read_ledger(tx, case.case_id)
    order = order_of(entries)
    if order is None or order.act.commitment is None:
        return []
    ledgers = await _under(tx, order.act.commitment)
    wanted = rung_wanted(context.books[case.scheme], entries, ledgers, await read_clocks(tx, case.case_id), context.now)
    return [] if wanted is None else [wanted]


async def _under(tx: Tx, commitment: UUID) -> dict[UUID, list[Entry]]:
    orders = await orders_under(tx, [commitment])
    return await read_ledgers(tx, orders[commitment])
