"""Reads what a rung of the ladder or a draw rests on: the commitment with the orders under it, or the works of the plan's year."""

from datetime import date

from calendars import midnight
from domain.acts import Acted
from domain.acts.enforcement.ladder import SampleDrawn
from domain.case import Case
from domain.cases.other_cases import NOTHING, OtherCases
from domain.supervision.inspection_plan_checks import plan_of
from domain.supervision.state import rests_on
from storage.cases.cases import lock_case
from storage.cases.ledger import read_ledger, read_ledgers
from storage.postgres.transaction import Tx
from storage.supervision.inspection_plans import commitments_to, works_notified
from storage.supervision.supervision import orders_under


async def read_supervision_references(tx: Tx, city: str, case: Case | None, act: Acted) -> OtherCases:
    """Read it; nothing where the act rests on no commitment."""
    if isinstance(act, SampleDrawn):
        return NOTHING if case is None else await _of_draw(tx, city, case, act)
    commitment = rests_on(act, await read_ledger(tx, case.case_id) if case else ())
    if commitment is None:
        return NOTHING
    # Held to the commit: of two rungs under one commitment the later sees the earlier.
    await lock_case(tx, commitment)
    orders = await orders_under(tx, [commitment])
    return OtherCases(ledgers=await read_ledgers(tx, [commitment, *orders[commitment]]))


async def _of_draw(tx: Tx, city: str, case: Case, act: SampleDrawn) -> OtherCases:
    year = plan_of(await read_ledger(tx, case.case_id)).year
    works = await works_notified(tx, city, act.department, midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1)))
    return OtherCases(ledgers=await read_ledgers(tx, await commitments_to(tx, city, act.department)), works=works)
