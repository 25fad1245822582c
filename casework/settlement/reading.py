"""Settlements as a caller may see them: one, or those behind a place; decides nothing."""

from uuid import UUID

from casework.access.caller import Caller
from casework.access.visibility import seen_as_told
from casework.program import Context
from casework.settlement.views import Standing, standing
from domain.refusals import NotFound
from storage.postgres.cursor import Place
from storage.postgres.transaction import Tx
from storage.settlement.settlements import SettlementFilter, list_settlements
from words import sentence


async def seen_settlement(tx: Tx, context: Context, caller: Caller, case_id: UUID) -> Standing:
    """Give the settlement, or say the same of one that is hidden as of a case that is none."""
    case = await seen_as_told(tx, caller, case_id)
    if case.kind != "settlement":
        raise NotFound(sentence("There is no such settlement, or your party takes no part in it."))
    [one] = await standing(tx, context.book, [case])
    return one


async def settlements_after(
    tx: Tx, context: Context, chosen: SettlementFilter, state: str | None, after: Place | None, wanted: int
) -> list[Standing]:
    """Read on until the page is full: what state a settlement is in, its ledger says."""
    found: list[Standing] = []
    while len(found) < wanted:
        cases = await list_settlements(tx, chosen, after, wanted)
        found += [one for one in await standing(tx, context.book, cases) if state in {None, one.stands.state}]
        if len(cases) < wanted:
            break
        after = Place(cases[-1].opened_at, cases[-1].case_id)
    return found


def place_of(one: Standing) -> Place:
    """Say where a list goes on behind it."""
    return Place(one.case.opened_at, one.case.case_id)
