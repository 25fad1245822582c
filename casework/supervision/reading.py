"""Cases of supervision as a caller may see them, with what they stand on; decides nothing."""

from collections.abc import Sequence
from uuid import UUID

from casework.access.caller import Caller
from casework.access.numbering import all_as_told
from casework.access.visibility import is_city_wide
from casework.supervision.views import Seen
from domain.access.visibility import visible
from domain.case import Case
from domain.clock import Clock
from domain.ledger import Entry
from domain.supervision.state import order_of
from storage.cases.clocks import read_clocks_of
from storage.cases.ledger import read_ledgers
from storage.postgres.transaction import Tx
from storage.supervision.supervision import orders_under


async def supervision_seen(tx: Tx, caller: Caller, cases: Sequence[Case]) -> list[Seen]:
    """Read each case as the caller sees it, its clocks, and the orders under the same commitment."""
    cases = await all_as_told(tx, caller, cases)
    ids = [case.case_id for case in cases]
    ledgers, clocks = await read_ledgers(tx, ids), await read_clocks_of(tx, ids)
    under = {case_id: order.act.commitment for case_id in ids if (order := order_of(ledgers[case_id])) and order.act.commitment}
    orders = await orders_under(tx, sorted(set(under.values())))
    others = await read_ledgers(tx, sorted({one for several in orders.values() for one in several}))
    return [_one(caller, case, ledgers[case.case_id], clocks.get(case.case_id, []), others) for case in cases]


def _one(caller: Caller, case: Case, entries: Sequence[Entry], clocks: Sequence[Clock], others: dict[UUID, list[Entry]]) -> Seen:
    tells_next = is_city_wide(caller) or caller.party == case.opened_by
    return Seen(case, visible(caller.audience, entries), clocks, others, tells_next=tells_next)
