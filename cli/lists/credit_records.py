"""The words of `lianban credit-records` and `lianban credit-file`: the entries of credit files, and the public platform's file."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, get_args

import rich_click as click

from calendars import local_day
from casework.credit.platform_file import CreditLine, lines_after
from casework.credit.platform_file import Part as FilePart
from casework.credit.views import COLUMNS, CreditShown, items_of
from casework.keys import ring_that_fits
from casework.settings import Settings
from cli.lists.options import choosing, chosen_by
from cli.lists.record_formats import RecordTable
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import city_of, schemes_of
from cli.terminal.choices import Named
from cli.terminal.dates import shown
from cli.terminal.exit_codes import WrongWords
from cli.terminal.formats import Form, forms_of
from cli.terminal.saying import said
from domain.schemes.rulebook import Rulebook, compile_scheme
from domain.schemes.scheme import Scheme
from exports.spreadsheets.columns import Columns
from storage.credit.records import CreditChoice, CreditFilter, list_credit
from storage.postgres.cursor import Cursor, Place, decode_cursor
from storage.postgres.transaction import Database
from words import listed, name_of, sentence

_PAGE = 200


def _cells(item: CreditShown) -> tuple[str, ...]:
    state = name_of("credit-state", item.state)
    grade = "" if item.item is None else name_of("grade", item.item.grade)
    until = "" if item.until is None else item.until.isoformat()
    return shown(item.proposed_at), state, grade, item.name, item.credit_code or "", until, str(item.case_id)


_COLUMNS = ("proposed", "state", "grade", "subject", "code", "until", "case")
FORMS = forms_of(lambda: RecordTable(_COLUMNS, _cells), COLUMNS, sentence("Credit records"), "credit-records")
FILE_FORMS: Mapping[str, Callable[[], Form[CreditLine]]] = forms_of(
    None, Columns(CreditLine), sentence("Public credit information"), "credit-file"
)


@click.command(
    name="credit-records",
    help=said("The entries of credit files as they stand today, the last proposed first; persons are masked."),
)
@choosing(CreditChoice)
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help=said("how it is written"))
def credit_records(form: str, **typed: Any) -> None:  # noqa: ANN401 -- the options of `choosing`, by name
    schemes = schemes_of(here()).all
    chosen = chosen_by(CreditFilter, schemes, typed, today=_today())
    books = {scheme.id: compile_scheme(scheme) for scheme in schemes}
    with_database(partial(_list, FORMS[form](), books, chosen))


async def _list(
    form: Form[CreditShown], books: Mapping[str, Rulebook], chosen: CreditFilter, database: Database, settings: Settings
) -> None:
    """Everything as of one moment, a page at a time."""
    ring, after = await ring_that_fits(settings, database), None
    async with database.reading() as tx:
        while cases := await list_credit(tx, chosen, after, _PAGE):
            items = await items_of(tx, ring, books.__getitem__, cases, chosen.today)
            form.add(items)
            after = Place(items[-1].proposed_at, items[-1].case_id)
    form.end()


@click.command(
    name="credit-file",
    help=said("The public credit platform's file: whole, or what came behind a cursor; every line has its own."),
)
@click.option("--city", metavar="CODE", help=said("the city's code or name; needed where several have credit files"))
@click.option(
    "--part", type=Named("credit-file-part", get_args(FilePart)), default="others", help=said("administrative penalties, or all others")
)
@click.option("--after", metavar="CURSOR", help=said("only what came behind this cursor, deletions among it"))
@click.option("--format", "form", type=click.Choice([*FILE_FORMS]), default="json", help=said("how it is written"))
def credit_file(city: str | None, part: FilePart, after: str | None, form: str) -> None:
    code = _city(schemes_of(here()).all, city)
    with_database(partial(_file, FILE_FORMS[form](), code, part, _place(after)))


def _city(schemes: Iterable[Scheme], named: str | None) -> str:
    """Find the city; one that has no credit files has no such file."""
    having = {scheme.city.code: scheme.city.name for scheme in schemes if scheme.credit is not None}
    code = city_of(schemes, named) if named is not None else next(iter(having), "")
    if code not in having or (named is None and len(having) > 1):
        raise WrongWords(
            sentence(
                "name by --city a city whose plan has credit files: {values}", values=listed(having.values()) or sentence("there is none")
            )
        )
    return code


def _place(after: str | None) -> Cursor | None:
    try:
        return None if after is None else decode_cursor(after)
    except ValueError as fault:
        raise WrongWords(sentence("--after is no cursor of ours; take it from the last line of the file before")) from fault


async def _file(form: Form[CreditLine], city: str, part: FilePart, after: Cursor | None, database: Database, settings: Settings) -> None:
    ring, today = await ring_that_fits(settings, database), _today()
    async with database.reading() as tx:
        while True:
            lines, place = await lines_after(tx, ring, city, part, after, _PAGE, today)
            form.add(lines)
            if place is None:
                break
            after = place
    form.end()


def _today() -> date:
    return local_day(datetime.now(UTC))
