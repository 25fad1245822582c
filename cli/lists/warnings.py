"""The words of `lianban warnings`; the list itself is kept by `storage`."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import rich_click as click
from msgspec.structs import asdict
from rich.text import Text

from casework.findings.warnings import COLUMNS, TimeShown, WarningShown, rules_of, shown_of, told_in_words
from casework.settings import Settings
from cli.lists.options import choosing, chosen_by
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import schemes_of
from cli.terminal.dates import hours, shown
from cli.terminal.formats import Form, forms_of
from cli.terminal.saying import said
from cli.terminal.tables import headed, print_whole
from domain.schemes.rulebook import Rulebook, compile_scheme
from storage.calendars.offices import load_offices
from storage.findings.choices import FindingFilter
from storage.findings.warnings import WarningChoice, WatchCursor, WatchFilter, list_watched, of_findings, watch_cursor_of
from storage.postgres.transaction import Database
from words import listed, name_of, say, sentence

_PAGE = 1_000
_COLOURS = {"warning": "cyan", "yellow": "yellow", "red": "red"}


class WarningTable:
    """A table, which has to see every row before it knows how wide its columns are."""

    def __init__(self) -> None:
        self.table = headed("due", "light", "time", "rule", "party", "keys", "told", "case")

    def add(self, items: Iterable[WarningShown]) -> None:
        for item in items:
            light = Text(name_of("light", item.light), style=_COLOURS[item.light])
            keys, told = " ".join(item.keys.values()), say(listed(told_in_words(item.told)))
            cells = _time(item), f"{item.title} {item.rule}", item.party_name, keys, told, str(item.case_id)
            self.table.add_row(shown(item.due_at), light, *cells)

    def end(self) -> None:
        print_whole(self.table)


def _time(item: WarningShown) -> str:
    if item.overrun is None:
        return said("{time} left", time=_long(item.remaining))
    return said("overdue by {time}", time=_long(item.overrun))


def _long(time: TimeShown | None) -> str:
    """Say a length in the rule's own measure: days, or hours to the second."""
    return "" if time is None else said("{count} days", count=time.own) if time.measure == "days" else hours(time.own)


FORMS = forms_of(WarningTable, COLUMNS, sentence("Warnings and overdue limits"), "warnings", whole=False)


@click.command(help=said("What is near its limit and what is overdue: the longest overdue first, then what is due soonest."))
@choosing(WarningChoice)
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help=said("how it is written"))
def warnings(form: str, **typed: Any) -> None:  # noqa: ANN401 -- the options of `choosing`, by name
    schemes = schemes_of(here()).all
    books = {scheme.id: compile_scheme(scheme) for scheme in schemes}
    chosen = chosen_by(WarningChoice, schemes, typed)
    findings = FindingFilter(**of_findings(chosen))
    watched = WatchFilter(**asdict(chosen), findings=findings, rules=rules_of(books, chosen.stage))
    with_database(partial(_write, FORMS[form](), books, watched))


async def _write(form: Form[WarningShown], books: Mapping[str, Rulebook], chosen: WatchFilter, database: Database, _: Settings) -> None:
    """Write everything as of one moment, a page at a time."""
    now = datetime.now(UTC).replace(microsecond=0)
    async with database.transaction() as tx:
        offices = await load_offices(tx, now)
    after: WatchCursor | None = None
    async with database.reading() as tx:
        while page := await list_watched(tx, chosen, "oldest", after, _PAGE):
            form.add(await shown_of(tx, books, offices, page, now))
            after = watch_cursor_of(page[-1])
    form.end()
