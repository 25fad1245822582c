"""`lianban dry-run`: what another plan or calendar would have meant on the cases there are; the trial itself is `auditor`'s."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import rich_click as click

from auditor.audit.dry_run import Line, Trial, Tried, differing, dry_run
from calendars import Edition, import_notice
from calendars.moments import SHANGHAI
from casework.settings import Settings
from cli.running.databases import with_database
from cli.running.schemes import books_of
from cli.terminal.dates import DAY
from cli.terminal.exit_codes import Refused, WrongWords
from cli.terminal.progress import progress
from cli.terminal.saying import cause_of, said
from cli.terminal.tables import lines
from domain.dry_run import all_under
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook, compile_scheme
from schemes.reader import read_scheme
from storage.calendars.offices import load_offices
from storage.postgres.transaction import Database
from words import listed, sentence

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    "dry-run",
    help="\n\n".join(
        (
            said("What another limit, threshold, calendar or hours would have meant: what would be found, and what not any more."),
            said("Every case is judged again from what people did in it, under both; nothing is changed and nobody is told."),
        )
    ),
)
@click.option("--scheme", type=FILE, metavar="FILE", help=said("a plan file instead of the one that the city's cases have"))
@click.option("--calendar", type=FILE, metavar="FILE", help=said("a notice or closures (holiday-cn JSON) on top of what there is"))
@click.option("--from", "first", type=DAY, metavar="DAY", help=said("cases opened from that day on"))
@click.option("--to", "last", type=DAY, metavar="DAY", help=said("cases opened up to that day, with it"))
@click.option("--json", "as_json", is_flag=True, help=said("as JSON"))
def dry_run_command(scheme: Path | None, calendar: Path | None, first: Any, last: Any, as_json: bool) -> None:  # noqa: ANN401 -- dates
    if (scheme is None) == (calendar is None):
        raise WrongWords(sentence("name what to try, --scheme FILE or --calendar FILE, and one of them alone"))
    days = (_opening(first), None if last is None else _opening(last + timedelta(days=1)))
    tried, books = with_database(partial(_dry_run, scheme, calendar, days))
    if as_json:
        click.echo(msgspec.json.encode(_items(tried)))
        return
    for line in _table(tried, books):
        click.echo(line)


def _opening(day: Any) -> datetime | None:  # noqa: ANN401 -- a date or nothing
    return None if day is None else datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


Days = tuple[datetime | None, datetime | None]


async def _dry_run(
    scheme: Path | None, calendar: Path | None, days: Days, db: Database, settings: Settings
) -> tuple[Tried, Mapping[str, Rulebook]]:
    now, books = datetime.now(UTC).replace(microsecond=0), books_of(settings)
    async with db.transaction() as tx:
        offices = await load_offices(tx, now)
    plain, other = (offices, offices) if calendar is None else _calendars(offices, calendar)
    others = books if scheme is None else _others(books, scheme)
    trial = Trial(books=books, offices=plain, other_books=others, other_offices=other, opened_from=days[0], opened_before=days[1], now=now)
    with progress(said("trying")) as told:
        return await dry_run(db, trial, told), {**books, **{book.id: book for book in others.values()}}


def _calendars(offices: Offices, file: Path) -> tuple[Offices, Offices]:
    newest: Edition = offices.editions[offices.newest]
    try:
        other = import_notice(newest, file.read_bytes(), file.name)
    except OSError as fault:
        raise Refused(sentence("{file} cannot be read ({cause}): name a JSON file", file=file, cause=cause_of(fault))) from fault
    return all_under(offices.editions, newest), all_under(offices.editions, other)


def _others(books: Mapping[str, Rulebook], file: Path) -> dict[str, Rulebook]:
    """Try the file in place of the plan of its id; a new id: in place of every plan of its city."""
    other = compile_scheme(read_scheme(file))
    city = other.scheme.city.code
    instead = [book.id for book in books.values() if (book.id == other.id if other.id in books else book.scheme.city.code == city)]
    if not instead:
        raise Refused(
            sentence(
                "{file} is of {name} ({city}), of which there is no plan here: there is nothing to compare it with",
                file=file,
                name=other.scheme.city.name,
                city=city,
            )
        )
    return dict.fromkeys(instead, other)


def _items(tried: Tried) -> dict[str, Any]:
    return {
        "cases": tried.cases,
        "differing": tried.differing,
        "unread": tried.unread,
        "rules": [{"rule": rule, "party": party} | msgspec.to_builtins(line) for rule, party, line in differing(tried)],
    }


def _table(tried: Tried, books: Mapping[str, Rulebook]) -> list[str]:
    head = said("{cases:,} cases, {differing:,} would differ; nothing was changed", cases=tried.cases, differing=tried.differing)
    unread = [said("{unread:,} cases could not be judged", unread=tried.unread)] if tried.unread else []
    rows = [(f"{rule} {party}", _said(line)) for rule, party, line in _named(tried, books)]
    return [head, *unread, *lines(rows)]


def _named(tried: Tried, books: Mapping[str, Rulebook]) -> list[tuple[str, str, Line]]:
    names = {code: party.name for book in books.values() for code, party in book.parties.items()}
    return [(rule, names.get(party, party), line) for rule, party, line in differing(tried)]


def _said(line: Line) -> str:
    counts = {"now": line.now, "then": line.then, "gained": line.gained, "lost": line.lost}
    return said("now {now}  then {then}  gained {gained}  lost {lost}  such as {cases}", **counts, cases=listed(line.cases))
