"""The words of `lianban settlements`: half-years and years' ends as a list, and each one's sheet; pays nothing and seals nothing."""

from collections.abc import AsyncIterator, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import rich_click as click

from casework.settings import Settings
from casework.settlement.files import pdf_of, xlsx_of
from casework.settlement.views import COLUMNS, SettlementShown, Standing, settlement_shown, standing
from cli.lists.options import choosing, chosen_by
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import book_of, books_of, schemes_of
from cli.terminal.exit_codes import Refused, WrongWords
from cli.terminal.formats import Form, forms_of
from cli.terminal.output import OUTPUT, save
from cli.terminal.saying import said
from cli.terminal.tables import headed, print_whole
from domain.printing.money import yuan
from domain.schemes.rulebook import Rulebook
from schemes.printing.reader import load_layouts
from storage.cases.cases import read_case
from storage.postgres.cursor import Place
from storage.postgres.transaction import Database
from storage.settlement.settlements import SettlementChoice, SettlementFilter, list_settlements
from words import name_of, sentence

_PAGE = 200


class SettlementTable:
    """A table, which has to see every row before it knows how wide its columns are."""

    def __init__(self) -> None:
        self.table = headed("period", "district", "utility", "state", "yuan", "city-share", "seal", "case")

    def add(self, items: Iterable[SettlementShown]) -> None:
        for row in items:
            share = "" if row.city_share is None else yuan(row.city_share)
            period = f"{row.year}" if row.half is None else f"{row.year}-{row.half}"
            state, utility = name_of("settlement-state", row.state), row.utility_name or said("year's end")
            self.table.add_row(period, row.district_name, utility, state, yuan(row.amount), share, _seal(row), str(row.case_id))

    def end(self) -> None:
        print_whole(self.table)


def _seal(row: SettlementShown) -> str:
    return "" if row.seal is None else said("whole") if row.seal.holds else said("CHANGED")


FORMS = forms_of(SettlementTable, COLUMNS, sentence("Settlements"), "settlements", whole=False)


@click.group(help=said("List half-years and years' ends, and print their sheets."))
def settlements() -> None:
    """Nothing happens before a command is named."""


@settlements.command("list", help=said("The newest first; exit 1 where a settled sheet no longer gives the digest that was sealed."))
@choosing(SettlementChoice)
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help=said("how it is written"))
def list_(form: str, **typed: Any) -> int:  # noqa: ANN401 -- the options of `choosing`, by name
    chosen = chosen_by(SettlementFilter, schemes_of(here()).all, typed)
    changed = with_database(partial(_write, FORMS[form](), chosen))
    for case_id in changed:
        click.echo(said("{case}: the sheet is not the one that was sealed", case=case_id), err=True)
    return 1 if changed else 0


@settlements.command("print", help=said("The half-year's statement or the year-end sheet of a settlement, by its case's id."))
@click.argument("case", metavar="CASE", type=click.UUID)
@click.option("--format", "form", type=click.Choice(["pdf", "xlsx"]), default="pdf", help=said("PDF, or a workbook"))
@click.option("-o", "--output", type=OUTPUT, metavar="FILE", help=said("the file; otherwise standard output, where that is piped"))
def print_(case: UUID, form: str, output: Path | None) -> None:
    save(with_database(partial(_printed, case, form)), output)


async def _write(form: Form[SettlementShown], chosen: SettlementFilter, database: Database, settings: Settings) -> list[UUID]:
    """Write the rows; gives those whose seal is broken."""
    changed: list[UUID] = []
    async for page in _pages(books_of(settings), chosen, database):
        rows = [settlement_shown(one) for one in page if chosen.state in {None, one.stands.state}]
        changed += [row.case_id for row in rows if row.seal is not None and not row.seal.holds]
        form.add(rows)
    form.end()
    return changed


async def _pages(books: Mapping[str, Rulebook], chosen: SettlementFilter, database: Database) -> AsyncIterator[list[Standing]]:
    """Everything as of one moment, a page at a time."""
    after: Place | None = None
    async with database.reading() as tx:
        while page := await list_settlements(tx, chosen, after, _PAGE):
            yield await standing(tx, partial(_book, books), page)
            after = Place(page[-1].opened_at, page[-1].case_id)


async def _printed(case_id: UUID, form: str, database: Database, settings: Settings) -> bytes:
    async with database.reading() as tx:
        case = await read_case(tx, case_id)
        if case is None or case.kind != "settlement":
            raise Refused(sentence("there is no settlement {case_id}", case_id=case_id))
        book = book_of(settings, case.scheme)
        [one] = await standing(tx, lambda _: book, [case])
    return xlsx_of(one) if form == "xlsx" else pdf_of(one, load_layouts(schemes_of(settings), settings.schemes), settings.fonts)


def _book(books: Mapping[str, Rulebook], scheme: str) -> Rulebook:
    if scheme not in books:
        raise WrongWords(
            sentence(
                "there are cases under the plan {scheme!r}, which is not known here: name its folder in LIANBAN_SCHEMES", scheme=scheme
            )
        )
    return books[scheme]
