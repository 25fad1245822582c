"""`lianban simulate`: reads the words, writes a city's made-up traffic and, where asked, the breaches that must be found in it."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec
import rich_click as click

from calendars import local_day
from casework.settings import Settings, strong_data_keys
from cli.commands.kept import Kept
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import book_of
from cli.terminal.dates import DAY
from cli.terminal.exit_codes import WrongWords
from cli.terminal.progress import progress
from cli.terminal.saying import cause_of, message_of, said
from domain.schemes.rulebook import Rulebook
from simulation.case_script import Answer
from simulation.city import City
from simulation.duties import Unanswered
from simulation.follow_up.expected import Outcome
from simulation.follow_up.follow_up import follow
from simulation.follow_up.office import Office
from simulation.follow_up.period import LEAST, Year
from simulation.follow_up.starting_points import Noted
from simulation.loading.writing import Wrote, write_traffic
from simulation.slow_calendar import seconds
from simulation.traffic import TooShort
from simulation.wanted import WantedTraffic
from storage.calendars.offices import load_offices
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Database
from words import sentence

_SPAN = timedelta(days=182)


class RateType(click.ParamType[int]):
    """A share between 0 and 1, kept in thousandths."""

    name = "rate"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the share exactly; a rate that is not zero is at least a thousandth."""
        if isinstance(value, int):
            return value
        try:
            share = Fraction(value)
        except (ValueError, ZeroDivisionError):
            share = Fraction(-1)
        if not 0 <= share <= 1:
            return self.fail(said("{value!r} is no rate: write a share between 0 and 1, as 0.1", value=value), param, ctx)
        return -(-share.numerator * 1000 // share.denominator)


@click.command(
    help="\n\n".join(
        (
            said("Write a city's made-up traffic into the database, every name marked 样例, with the breaches in it known beforehand."),
            said(
                "With --follow the office's supervision of the days after the last is played as well. What must be there then is written "
                "beside the answers, into FILE with .following before its ending."
            ),
        )
    )
)
@click.option("--scheme", required=True, metavar="ID", help=said("the plan whose city it is"))
@click.option(
    "--cases", required=True, type=click.IntRange(0, 1_000_000), metavar="N", help=said("how many cases that have run their course")
)
@click.option("--seed", required=True, type=int, metavar="S", help=said("the same seed gives the same traffic"))
@click.option("--from", "from_day", type=DAY, metavar="DAY", help=said("the first day (half a year before the last)"))
@click.option("--to", "to_day", type=DAY, metavar="DAY", help=said("the last day (yesterday)"))
@click.option(
    "--breach-rate",
    "breaches",
    type=RateType(),
    default="0.1",
    show_default=True,
    metavar="R",
    help=said("the share of duties that are missed"),
)
@click.option("--live", type=click.IntRange(0, 100_000), default=0, metavar="N", help=said("how many more that are under way now"))
@click.option(
    "--follow",
    "length",
    type=click.IntRange(LEAST, 730),
    metavar="DAYS",
    help=said("let so many days pass after the last: findings served and decided, and what follows of them"),
)
@click.option(
    "--answers",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=said("write what must be found, a JSON line each"),
)
def simulate(  # noqa: PLR0917 -- a command has an argument for each of its options
    scheme: str,
    cases: int,
    seed: int,
    from_day: date | None,
    to_day: date | None,
    breaches: int,
    live: int,
    length: int | None,
    answers: Path | None,
) -> None:
    book, now = book_of(here(), scheme), datetime.now(UTC).replace(microsecond=0)
    first, last = _days(book, from_day, to_day, local_day(now))
    _check_over(last, length, live, local_day(now))
    asked = WantedTraffic(cases=cases, seed=seed, from_day=first, to_day=last, breaches=breaches, live=live, now=seconds(now))
    with ExitStack() as unless_written:
        for file in _files(answers, length):
            if not file.exists():
                unless_written.callback(file.unlink, missing_ok=True)
            _keep(file, "ab", ())
        try:
            wrote, outcomes = with_database(partial(_simulate, book, asked, length, now, Kept(answers)))
        except (TooShort, Unanswered) as fault:
            raise WrongWords(message_of(fault)) from fault
        told: tuple[tuple[Answer | Outcome, ...], ...] = (wrote.answers, outcomes)
        for file, lines in zip(_files(answers, length), told, strict=False):
            _keep(file, "wb", lines)
        unless_written.pop_all()
    counts = {"cases": wrote.cases, "acts": wrote.acts, "breaches": len(wrote.answers)}
    click.echo(said("cases {cases}  acts {acts}  breaches to be found {breaches}", **counts))


def _days(book: Rulebook, from_day: date | None, to_day: date | None, today: date) -> tuple[date, date]:
    last = to_day or today - timedelta(days=1)
    first = from_day or max(last - _SPAN, book.scheme.in_force_from)
    if last >= today:
        raise WrongWords(
            sentence("--to {last} is not over yet; the last day that can be is {today}", last=last, today=today - timedelta(days=1))
        )
    if first < book.scheme.in_force_from:
        raise WrongWords(
            sentence(
                "--from {first} lies before {id} takes effect, on {in_force_from}",
                first=first,
                id=book.id,
                in_force_from=book.scheme.in_force_from,
            )
        )
    if first > last:
        raise WrongWords(sentence("--from {first} comes after --to {last}", first=first, last=last))
    return first, last


def _check_over(last: date, length: int | None, live: int, today: date) -> None:
    if length is not None and last + timedelta(days=length) >= today:
        raise WrongWords(
            sentence(
                "--follow {length} days after {last} are not over yet; nothing can be recorded ahead of its time", length=length, last=last
            )
        )
    if length is not None and live:
        raise WrongWords(sentence("--live and --follow do not go together: nobody would go on with the cases under way"))


def _files(answers: Path | None, length: int | None) -> list[Path]:
    if answers is None:
        return []
    return [answers] if length is None else [answers, answers.with_suffix(f".following{answers.suffix}")]


async def _simulate(
    book: Rulebook, asked: WantedTraffic, length: int | None, now: datetime, kept: Kept, database: Database, settings: Settings
) -> tuple[Wrote, tuple[Outcome, ...]]:
    with kept.told_when_lost():
        return await _written(book, asked, length, now, kept, database, settings)


async def _written(
    book: Rulebook, asked: WantedTraffic, length: int | None, now: datetime, kept: Kept, database: Database, settings: Settings
) -> tuple[Wrote, tuple[Outcome, ...]]:
    ring, noted = KeyRing(strong_data_keys(settings)), Noted()
    async with database.transaction() as tx:
        offices = await load_offices(tx, now)
    city = City(book, offices)
    with progress(said("simulating"), asked.cases + asked.live) as told:
        wrote = await write_traffic(database, ring, city, asked, kept.batch(told), noted.see)
    if length is None:
        return wrote, ()
    year = Year(Office(database, ring, city), asked.seed, asked.to_day, length)
    with progress(said("following"), length) as told:
        return wrote, await follow(year, noted, wrote.answers, kept.day(told))


def _keep(file: Path, mode: Literal["ab", "wb"], answers: Iterable[Answer | Outcome]) -> None:
    """Write the answers; beforehand, adding none makes sure that they can be written and leaves earlier ones alone."""
    try:
        with file.open(mode) as opened:
            opened.writelines(msgspec.json.encode(answer) + b"\n" for answer in answers)
    except OSError as fault:
        raise WrongWords(sentence("{file} cannot be written: {cause}", file=file, cause=cause_of(fault))) from fault
