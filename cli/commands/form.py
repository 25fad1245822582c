"""`lianban form`: lists, prints and hands out forms as PDF; writes nothing into a case."""

import re
from functools import partial
from pathlib import Path
from uuid import UUID

import rich_click as click

from casework.people.masking import masked_for
from casework.settings import Settings, strong_data_keys
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import book_of, schemes_of
from cli.terminal.exit_codes import Refused, WrongWords
from cli.terminal.logs import write_logs
from cli.terminal.output import OUTPUT, save
from cli.terminal.saying import message_of, said
from cli.terminal.tables import lines
from domain.access.audience import office_of
from domain.case import Case
from domain.printing.gathering import printed_form, record_of
from domain.printing.records import PrintedForm
from domain.refusals import NotFound
from domain.schemes.scheme import Scheme
from exports.printing.forms import print_blank, print_form
from schemes.printing.layout import Printed
from schemes.printing.reader import load_layouts
from storage.cases.cases import read_case, read_numbered
from storage.cases.ledger import read_ledger
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Database, Tx
from words import sentence

_NUMBERED = re.compile(r"([a-z0-9.\-]+)/(\d{4})/(\d{1,9})")
_INTAKE = ("demand", "application")


@click.group(help=said("List, print and hand out the plans' forms as PDF."))
def form() -> None:
    """Nothing happens before a command is named."""


@form.command("list", help=said("The forms that each plan has."))
@click.option("--scheme", "plan", metavar="ID", help=said("the plan: jingmen-2023"))
def list_(plan: str | None) -> None:
    known = schemes_of(here())
    layouts = load_layouts(known, here().schemes)
    chosen = [one.id for one in known.all] if plan is None else [_scheme(here(), plan).id]
    for line in lines((f"{one} {name}", "".join(layout.title)) for one in chosen for name, layout in layouts[one].items()):
        click.echo(line)


@form.command("blank", help=said("An empty form, as the hall hands it out: demand, application, sheet and so on."))
@click.argument("name", metavar="FORM")
@click.option("--scheme", "plan", required=True, metavar="ID", help=said("the plan: jingmen-2023"))
@click.option("--fillable", is_flag=True, help=said("with fields to fill on a screen"))
@click.option("-o", "--output", type=OUTPUT, metavar="FILE", help=said("the file; otherwise standard output, where that is piped"))
def blank(name: str, plan: str, fillable: bool, output: Path | None) -> None:
    scheme = _scheme(here(), plan)
    which, layout = _layout(here(), scheme, name)
    if fillable and which not in _INTAKE:
        raise WrongWords(sentence("{which} is written by an office: only the intake forms are filled in on a screen", which=which))
    save(print_blank(scheme, which, layout, here().fonts, fillable=fillable), output)


@form.command(
    "print",
    help="\n\n".join(
        (
            said("A form or notice of a case; persons are masked on it."),
            said("CASE is its id, or plan/year/number: jingmen-2023/2026/7."),
        )
    ),
)
@click.argument("case", metavar="CASE")
@click.argument("name", metavar="FORM")
@click.option("--seq", type=click.IntRange(min=1), metavar="N", help=said("the entry to print; otherwise the last of its kind"))
@click.option("-o", "--output", type=OUTPUT, metavar="FILE", help=said("the file; otherwise standard output, where that is piped"))
def print_(case: str, name: str, seq: int | None, output: Path | None) -> None:
    save(with_database(partial(_printed, case, name, seq)), output)


async def _printed(asked: str, name: str, seq: int | None, database: Database, settings: Settings) -> bytes:
    write_logs(settings.log)
    async with database.reading() as tx:
        case = await _case(tx, asked)
        entries = await masked_for(tx, KeyRing(strong_data_keys(settings)), office_of(case.city), await read_ledger(tx, case.case_id))
    book = book_of(settings, case.scheme)
    which, layout = _layout(settings, book.scheme, name)
    return print_form(layout, record_of(book, case, entries, which, seq), settings.fonts)


async def _case(tx: Tx, asked: str) -> Case:
    """Find a case by its id, or by plan, year and number as its form prints them."""
    numbered = _NUMBERED.fullmatch(asked)
    try:
        found = await (
            read_case(tx, UUID(asked)) if numbered is None else read_numbered(tx, numbered[1], int(numbered[2]), int(numbered[3]))
        )
    except ValueError as fault:
        raise WrongWords(
            sentence("{asked!r} names no case: give its id, or plan/year/number as in jingmen-2023/2026/7", asked=asked)
        ) from fault
    if found is None:
        raise Refused(sentence("there is no case {asked}", asked=asked))
    return found


def _scheme(settings: Settings, plan: str) -> Scheme:
    return book_of(settings, plan).scheme


def _layout(settings: Settings, scheme: Scheme, name: str) -> tuple[PrintedForm, Printed]:
    try:
        which = printed_form(scheme, name)
    except NotFound as fault:
        raise WrongWords(message_of(fault)) from fault
    return which, load_layouts(schemes_of(settings), settings.schemes)[scheme.id][which]
