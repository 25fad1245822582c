"""`lianban calendar`: shows a year's days and takes up later notices and local closures; moves no day by itself."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
import rich_click as click
from msgspec import Struct

from calendars import CalendarDay, Edition, edition_with, encode_edition, import_notice
from calendars.moments import FIRST, LAST
from casework.settings import Settings
from cli.running.databases import with_database
from cli.running.editions import current_edition, keep_imports
from cli.running.environment import here
from cli.running.schemes import city_of, schemes_of
from cli.terminal.dates import weekday
from cli.terminal.days import day_name, is_ordinary, source_name
from cli.terminal.exit_codes import Refused
from cli.terminal.saying import cause_of, said
from cli.terminal.tables import lines
from storage.calendars.editions import add_import, ensure_edition, read_imports
from storage.postgres.transaction import Database
from words import sentence


class CalendarLine(Struct, frozen=True):
    """A day of the year as JSON."""

    date: date
    working: bool
    name: str
    source: str
    published: bool


@click.group(help=said("The working days, and where each of them comes from."))
def calendar() -> None:
    """Nothing happens before a command is named."""


@calendar.command("show", help=said("The days of a year and where each comes from."))
@click.argument("year", metavar="YEAR", type=click.IntRange(FIRST.year, LAST.year))
@click.option("--city", metavar="CODE", help=said("with that city's own closures: 420800, 荆门市"))
@click.option("--all", "every", is_flag=True, help=said("every day, not only those that a notice or closure names"))
@click.option("--json", "as_json", is_flag=True, help=said("every day as JSON"))
def show(year: int, city: str | None, every: bool, as_json: bool) -> None:
    settings = here()
    edition = current_edition(settings.data)
    days = _days_of(edition, year, None if city is None else city_of(schemes_of(settings).all, city))
    if as_json:
        click.echo(msgspec.json.encode([msgspec.convert(day, CalendarLine, from_attributes=True) for day in days]))
        return
    for line in _year_lines(edition, days, year, every=every):
        click.echo(line)


def _days_of(edition: Edition, year: int, city: str | None) -> list[CalendarDay]:
    working = edition.calendar(city)
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    return [working.day(first + timedelta(number)) for number in range((end - first).days)]


def _year_lines(edition: Edition, days: list[CalendarDay], year: int, *, every: bool) -> list[str]:
    worked = sum(day.working for day in days)
    published = sentence("published") if year in edition.published_years else sentence("no notice yet: the law, and estimates")
    title = said(
        "{year}: {worked} working days; {published}; edition {edition}", year=year, worked=worked, published=published, edition=edition.id
    )
    listed = [day for day in days if every or not is_ordinary(day)]
    return [title, *lines((_day_on(day), f"{day_name(day)}  {source_name(day.source)}") for day in listed)]


def _day_on(day: CalendarDay) -> str:
    return f"{day.date} {weekday(day.date)} {said('at work') if day.working else said('off')}"


@calendar.command(
    "import",
    help="\n\n".join(
        (
            said("Take up a year's notice (holiday-cn JSON) or a city's own closures, as a new edition."),
            said("It is kept in the database for the API and the auditor, and a copy in the data folder for `due` and `calendar show`."),
        )
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def import_(file: Path) -> None:
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise Refused(sentence("{file} cannot be read ({cause}): name a JSON file", file=file, cause=cause_of(fault))) from fault
    import_notice(current_edition(here().data), content, file.name)
    before, after = with_database(partial(_import, file.name, content))
    if after.id == before.id:
        click.echo(said("{file}: nothing new; edition {edition}", file=file.name, edition=after.id))
    else:
        told = {"file": file.name, "edition": after.id, "through": after.published_through}
        click.echo(said("{file}: new edition {edition}; notices are published through {through}", **told))


async def _import(name: str, content: bytes, database: Database, settings: Settings) -> tuple[Edition, Edition]:
    at = datetime.now(UTC).replace(microsecond=0)
    async with database.transaction() as tx:
        imports = [(one.name, one.content) for one in await read_imports(tx)]
        before = edition_with(imports)
        after = import_notice(before, content, name)
        if after.id != before.id:
            imports.append((name, content))
            await add_import(tx, name, content, at)
            await ensure_edition(tx, after.id, encode_edition(after), at, "import")
    keep_imports(settings.data, imports)
    return before, after
