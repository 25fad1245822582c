"""The words of `lianban accountability-records`: who was to answer for what, what was decided, and what came of it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, get_args
from uuid import UUID

import rich_click as click
from msgspec import Struct

from casework.accountability.views import AccountabilityShown, accountability_shown, records_after
from casework.keys import ring_that_fits
from casework.settings import Settings
from cli.lists.record_formats import RecordTable, forms_of
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import city_of, party_of, schemes_of
from cli.terminal.dates import shown
from cli.terminal.formats import Form
from domain.accountability.state import AccountabilityState
from domain.schemes.rulebook import Rulebook, compile_scheme
from storage.accountability.records import AccountabilityFilter
from storage.postgres.cursor import Place
from storage.postgres.transaction import Database

_PAGE = 200
STATES: Mapping[AccountabilityState, str] = {
    "proposed": "拟追究", "notified": "已告知", "heard": "已陈述", "decided": "已决定", "concluded": "已办结", "withdrawn": "已撤销",
}  # fmt: skip
_MEASURES = {"criticism": "批评教育", "discipline": "处理处罚", "liability": "责任追究", "none": "不予追究"}


class AccountabilityRow(Struct, frozen=True, rename="camel"):
    """One record for a spreadsheet."""

    case_id: UUID
    city: str
    state: AccountabilityState
    unit: str
    unit_name: str
    person: str | None
    post: str | None
    conduct: str
    facts: str
    findings: tuple[str, ...]
    """Those that stand."""
    proposed_by: str
    proposed_at: datetime
    served_at: datetime | None
    statement_until: datetime | None
    statement: str | None
    measure: str | None
    basis: str | None
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None
    outcome: str | None
    concluded_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_because: str | None


def _row(item: AccountabilityShown) -> AccountabilityRow:
    named: dict[str, Any] = {name: getattr(item, name) for name in AccountabilityRow.__struct_fields__ if hasattr(item, name)}
    return AccountabilityRow(**named | {"findings": tuple(str(one.finding_id) for one in item.grounds if not one.fell)})


def _cells(item: AccountabilityShown) -> tuple[str, ...]:
    measure = "" if item.measure is None else _MEASURES[item.measure]
    return shown(item.proposed_at), STATES[item.state], item.unit_name, item.person or "", measure, item.outcome or "", str(item.case_id)


_HEAD = ("提出 proposed", "状态 state", "单位 unit", "个人 person", "措施 measure", "结果 outcome", "案件 case")
FORMS = forms_of(
    lambda: RecordTable(_HEAD, _cells, "accountability records"), AccountabilityRow, _row, "责任追究", "accountability-records"
)


@click.command(name="accountability-records")
@click.option("--city", metavar="CODE", help="城市 the city's code or name: 420800, 荆门市")
@click.option("--unit", metavar="CODE", help="单位 the unit that is to answer")
@click.option("--state", type=click.Choice(get_args(AccountabilityState)), help="状态 the state")
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help="输出形式")
def accountability_records(city: str | None, unit: str | None, state: AccountabilityState | None, form: str) -> None:
    """责任追究记录。The accountability records, the last proposed first; persons are masked."""
    schemes = schemes_of(here()).all
    chosen = AccountabilityFilter(city=None if city is None else city_of(schemes, city), unit=party_of(schemes, unit))
    books = {scheme.id: compile_scheme(scheme) for scheme in schemes}
    with_database(partial(_write, FORMS[form](), books, chosen, state))


async def _write(
    form: Form[AccountabilityShown],
    books: Mapping[str, Rulebook],
    chosen: AccountabilityFilter,
    state: AccountabilityState | None,
    database: Database,
    settings: Settings,
) -> None:
    """Everything as of one moment, a page at a time."""
    ring, after = await ring_that_fits(settings, database), None
    async with database.reading() as tx:
        while found := await records_after(tx, ring, chosen, state, after, _PAGE):
            form.add(accountability_shown(books[one.case.scheme], one) for one in found)
            after = Place(found[-1].case.opened_at, found[-1].case.case_id)
    form.end()
