"""The words of `lianban accountability-records`: who was to answer for what, what was decided, and what came of it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import rich_click as click

from casework.accountability.views import COLUMNS, AccountabilityShown, accountability_shown, records_after
from casework.keys import ring_that_fits
from casework.settings import Settings
from cli.lists.options import choosing, chosen_by
from cli.lists.record_formats import RecordTable
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import schemes_of
from cli.terminal.dates import shown
from cli.terminal.formats import Form, forms_of
from cli.terminal.saying import said
from domain.schemes.rulebook import Rulebook, compile_scheme
from storage.accountability.records import AccountabilityChoice, AccountabilityFilter
from storage.postgres.cursor import Place
from storage.postgres.transaction import Database
from words import name_of, sentence

_PAGE = 200


def _cells(item: AccountabilityShown) -> tuple[str, ...]:
    state = name_of("accountability-state", item.state)
    measure = "" if item.measure is None else name_of("accountability-measure", item.measure)
    return shown(item.proposed_at), state, item.unit_name, item.person or "", measure, item.outcome or "", str(item.case_id)


_COLUMNS = ("proposed", "state", "unit", "person", "measure", "outcome", "case")
FORMS = forms_of(lambda: RecordTable(_COLUMNS, _cells), COLUMNS, sentence("Accountability records"), "accountability-records")


@click.command(name="accountability-records", help=said("The accountability records, the last proposed first; persons are masked."))
@choosing(AccountabilityChoice)
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help=said("how it is written"))
def accountability_records(form: str, **typed: Any) -> None:  # noqa: ANN401 -- the options of `choosing`, by name
    schemes = schemes_of(here()).all
    chosen = chosen_by(AccountabilityFilter, schemes, typed)
    books = {scheme.id: compile_scheme(scheme) for scheme in schemes}
    with_database(partial(_write, FORMS[form](), books, chosen))


async def _write(
    form: Form[AccountabilityShown],
    books: Mapping[str, Rulebook],
    chosen: AccountabilityFilter,
    database: Database,
    settings: Settings,
) -> None:
    """Everything as of one moment, a page at a time."""
    ring, after = await ring_that_fits(settings, database), None
    async with database.reading() as tx:
        while found := await records_after(tx, ring, chosen, chosen.state, after, _PAGE):
            form.add(accountability_shown(books[one.case.scheme], one) for one in found)
            after = Place(found[-1].case.opened_at, found[-1].case.case_id)
    form.end()
