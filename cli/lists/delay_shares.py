"""The words of `lianban delay-shares`: whose part of a case's overrun was what, by month and rule; accuses nobody."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import rich_click as click

from casework.assessment.delay_shares import COLUMNS, ShareShown, share_shown
from casework.settings import Settings
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import books_of
from cli.terminal.dates import hours
from cli.terminal.exit_codes import Refused
from cli.terminal.formats import Form, forms_of
from cli.terminal.saying import said
from cli.terminal.tables import console, headed, print_table
from domain.assessment.delay_shares import delay_shares_of, office_of
from domain.schemes.rulebook import Rulebook
from storage.calendars.offices import load_offices
from storage.cases.cases import read_case
from storage.cases.clocks import read_clocks
from storage.postgres.transaction import Database
from words import sentence


class DelayShareTable:
    """A table with the sum of all shares, which is the overrun."""

    def __init__(self) -> None:
        self.table = headed("party", "month", "rule", "contested", "office-time")
        self.seconds = 0

    def add(self, items: Iterable[ShareShown]) -> None:
        for row in items:
            contested = said("yes") if row.contested else ""
            self.table.add_row(row.party_name, row.month, f"{row.title} {row.rule}", contested, hours(row.seconds))
            self.seconds += row.seconds

    def end(self) -> None:
        out = console()
        if self.table.row_count:
            print_table(self.table)
        out.print(said("overrun in all: {time}", time=hours(self.seconds)), markup=False)


FORMS = forms_of(DelayShareTable, COLUMNS, sentence("Parts of an overrun"), "delay-shares")


@click.command(help=said("Whose part of the case's overrun was what, in office time; the shares sum to it."))
@click.argument("case_id", metavar="CASE", type=click.UUID)
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help=said("how it is written"))
def delay_shares(case_id: UUID, form: str) -> None:
    with_database(partial(_write, FORMS[form](), books_of(here()), case_id))


async def _write(form: Form[ShareShown], books: Mapping[str, Rulebook], case_id: UUID, database: Database, _: Settings) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    async with database.transaction() as tx:
        offices = await load_offices(tx, now)
        case, clocks = await read_case(tx, case_id), await read_clocks(tx, case_id)
    if case is None or case.scheme not in books:
        raise Refused(sentence("there is no case {case_id}, or its plan is not known here", case_id=case_id))
    book = books[case.scheme]
    form.add(share_shown(book, share) for share in delay_shares_of(clocks, office_of(book, offices), now).shares)
    form.end()
