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
from cli.terminal.exit_codes import Refused
from cli.terminal.tables import lines
from storage.calendars.editions import add_import, ensure_edition, read_imports
from storage.postgres.transaction import Database
from words import sentence

_PLAIN = ("weekday", "weekend")


class CalendarLine(Struct, frozen=True):
    """A day of the year as JSON."""

    date: date
    working: bool
    name: str
    source: str
    published: bool


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def calendar() -> None:
    """工作日历。The working days, and where each of them comes from."""


@calendar.command("show")
@click.argument("year", type=click.IntRange(FIRST.year, LAST.year))
@click.option("--city", metavar="CODE", help="城市代码 with that city's own closures: 420800, 荆门市")
@click.option("--all", "every", is_flag=True, help="每一天 every day, not only those that a notice or closure names")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 every day as JSON")
def show(year: int, city: str | None, every: bool, as_json: bool) -> None:
    """某年的日历。The days of a year and where each comes from."""
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
    published = year in edition.published_years
    state = "已公布 published" if published else "尚未公布，按法律和估计 no notice yet: the law, and estimates"
    title = f"{year}  {worked} 个工作日 working days  {state}  日历 edition {edition.id}"
    listed = [day for day in days if every or (day.source not in _PLAIN and day.name not in {"工作日", "周末"})]
    rows = ((f"{day.date} {weekday(day.date)} {'上班' if day.working else '休息'}", f"{day.name}  {day.source}") for day in listed)
    return [title, *lines(rows)]


@calendar.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def import_(file: Path) -> None:
    """加入通知。Take up a year's notice (holiday-cn JSON) or a city's own closures, as a new edition.

    It is kept in the database for the API and the auditor, and a copy in the data folder for `due` and `calendar show`.
    """
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise Refused(sentence("{file} cannot be read ({strerror}): name a JSON file", file=file, strerror=fault.strerror)) from fault
    import_notice(current_edition(here().data), content, file.name)
    before, after = with_database(partial(_import, file.name, content))
    told = "新日历 new edition" if after.id != before.id else "没有新的日子 nothing new: edition"
    click.echo(f"{file.name}: {told} {after.id}，已公布至 published through {after.published_through}")


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
