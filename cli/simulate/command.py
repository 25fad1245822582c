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

from api.settings import Settings, strong_data_keys
from calendars import local_day
from cli.databases import with_database
from cli.environment import here
from cli.faults import WrongWords
from cli.moments import DAY
from cli.plans import book_of
from cli.progress import progress
from cli.simulate.asked import Asked
from cli.simulate.city import City
from cli.simulate.duties import Unanswered
from cli.simulate.hand import seconds
from cli.simulate.script import Answer
from cli.simulate.traffic import TooShort
from cli.simulate.writing import Wrote, write_traffic
from domain.plan.rulebook import Rulebook
from storage.offices import load_offices
from storage.sealing import KeyRing
from storage.transaction import Database

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
            return self.fail(f"{value!r} is no rate: write a share between 0 and 1, as 0.1", param, ctx)
        return -(-share.numerator * 1000 // share.denominator)


@click.command()
@click.option("--scheme", required=True, metavar="ID", help="方案 the plan whose city it is")
@click.option(
    "--cases", required=True, type=click.IntRange(0, 1_000_000), metavar="N", help="案件数 how many cases that have run their course"
)
@click.option("--seed", required=True, type=int, metavar="S", help="种子 the same seed gives the same traffic")
@click.option("--from", "from_day", type=DAY, metavar="DAY", help="起始日 the first day (half a year before the last)")
@click.option("--to", "to_day", type=DAY, metavar="DAY", help="截止日 the last day (yesterday)")
@click.option(
    "--breach-rate",
    "breaches",
    type=RateType(),
    default="0.1",
    show_default=True,
    metavar="R",
    help="违规率 the share of duties that are missed",
)
@click.option("--live", type=click.IntRange(0, 100_000), default=0, metavar="N", help="在办案件 how many more that are under way now")
@click.option(
    "--answers", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="答案 write what must be found, a JSON line each"
)
def simulate(  # noqa: PLR0917 -- a command has an argument for each of its options
    scheme: str, cases: int, seed: int, from_day: date | None, to_day: date | None, breaches: int, live: int, answers: Path | None
) -> None:
    """模拟城市。Write a city's made-up traffic into the database, every name marked 样例, with the breaches in it known beforehand."""
    book, now = book_of(here(), scheme), datetime.now(UTC).replace(microsecond=0)
    first, last = _days(book, from_day, to_day, local_day(now))
    asked = Asked(cases=cases, seed=seed, from_day=first, to_day=last, breaches=breaches, live=live, now=seconds(now))
    with ExitStack() as unless_written:
        if answers is not None and not answers.exists():
            unless_written.callback(answers.unlink, missing_ok=True)
        if answers is not None:
            _keep(answers, "ab", ())
        try:
            wrote = with_database(partial(_simulate, book, asked, now))
        except (TooShort, Unanswered) as fault:
            raise WrongWords(str(fault)) from fault
        if answers is not None:
            _keep(answers, "wb", wrote.answers)
        unless_written.pop_all()
    click.echo(f"案件 cases {wrote.cases}  办件动作 acts {wrote.acts}  应查出违规 breaches to be found {len(wrote.answers)}")


def _days(book: Rulebook, from_day: date | None, to_day: date | None, today: date) -> tuple[date, date]:
    last = to_day or today - timedelta(days=1)
    first = from_day or max(last - _SPAN, book.scheme.in_force_from)
    if last >= today:
        raise WrongWords(f"--to {last} is not over yet; the last day that can be is {today - timedelta(days=1)}")
    if first < book.scheme.in_force_from:
        raise WrongWords(f"--from {first} lies before {book.id} takes effect, on {book.scheme.in_force_from}")
    if first > last:
        raise WrongWords(f"--from {first} comes after --to {last}")
    return first, last


async def _simulate(book: Rulebook, asked: Asked, now: datetime, database: Database, settings: Settings) -> Wrote:
    ring = KeyRing(strong_data_keys(settings))
    async with database.transaction() as tx:
        offices = await load_offices(tx, now)
    with progress("模拟 simulating", asked.cases + asked.live) as told:
        return await write_traffic(database, ring, City(book, offices), asked, told)


def _keep(file: Path, mode: Literal["ab", "wb"], answers: Iterable[Answer]) -> None:
    """Write the answers; beforehand, adding none makes sure that they can be written and leaves earlier ones alone."""
    try:
        with file.open(mode) as opened:
            opened.writelines(msgspec.json.encode(answer) + b"\n" for answer in answers)
    except OSError as fault:
        raise WrongWords(f"{file} cannot be written: {fault.strerror}") from fault
