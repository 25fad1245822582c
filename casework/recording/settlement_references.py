"""Reads what an act of settlement has to fit: costs, and the other settlements; one transaction at a time settles in a city."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from msgspec import Struct

from domain.acts import Acted
from domain.acts.enforcement.supervision import PeriodOpened, StatementChecked, StatementSubmitted
from domain.acts.settlement import StatementSettled, WorksCosted, YearEndOpened, YearEndSettled
from domain.case import Case
from domain.cases.other_cases import OtherCases
from domain.settlement.state import HalfYear, standing_of
from storage.cases.ledger import read_ledger
from storage.postgres.transaction import Tx
from storage.settlement.costs import costs_of, lock_settling, settlements_of_utility, settlements_of_year, statements_with


class Settling(Struct, frozen=True):
    """An act of settlement, and the case that it is recorded in; none yet where it opens one."""

    tx: Tx
    city: str
    case: Case | None
    act: Any


async def read_settlement_references(tx: Tx, city: str, case: Case | None, act: Acted) -> OtherCases:
    """Read it."""
    await lock_settling(tx, city)
    return await _READ[type(act)](Settling(tx, city, case, act))


async def _of_cost(asked: Settling) -> OtherCases:
    ledgers = {} if asked.case is None else await statements_with(asked.tx, asked.city, asked.act.utility, asked.case.case_id)
    return OtherCases(ledgers=ledgers)


async def _of_statement(asked: Settling) -> OtherCases:
    utility = asked.act.utility
    costs = await costs_of(asked.tx, [item.case_id for item in asked.act.items], utility)
    return OtherCases(ledgers=await settlements_of_utility(asked.tx, asked.city, utility), costs=costs)


async def _of_check(asked: Settling) -> OtherCases:
    """Read the costs of the statement that is checked."""
    stands = standing_of(await read_ledger(asked.tx, asked.case.case_id)) if asked.case is not None else None
    if not isinstance(stands, HalfYear) or stands.submitted is None:
        return OtherCases()
    cases = [item.case_id for item in stands.submitted.items]
    return OtherCases(costs=await costs_of(asked.tx, cases, stands.opened.utility))


async def _of_year(asked: Settling) -> OtherCases:
    return OtherCases(ledgers=await settlements_of_year(asked.tx, asked.city, asked.act.district, asked.act.year))


async def _alone(_: Settling) -> OtherCases:
    return OtherCases()


_READ: Mapping[type[Acted], Callable[[Settling], Awaitable[OtherCases]]] = {
    WorksCosted: _of_cost,
    PeriodOpened: _of_year,
    StatementSubmitted: _of_statement,
    StatementChecked: _of_check,
    StatementSettled: _alone,
    YearEndOpened: _of_year,
    YearEndSettled: _of_year,
}
