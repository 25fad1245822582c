"""A due moment by the whole-day rule, beside the `holidays` package's own count of working days; both must name the same day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

from holidays import HolidayBase, country_holidays

from bench.harness import Bound, Results, compared, in_turns
from calendars import SHANGHAI, Limit, OfficeClock, package_edition, parse_limit

OFFICE = ((30_600, 43_200), (52_200, 64_800))
DAYS = (1, 2, 3, 5, 10, 20)
MANY = 20_000
FEW = 2_000
"""The peer is slower, so that it does fewer of the same in a round."""


def measure(scale: float) -> Results:
    """Count from random moments of 2016 to 2026."""
    rng = Random(1)
    starts = [_moment(rng) for _ in range(max(int(MANY * scale), 100))]
    numbers = [rng.choice(DAYS) for _ in starts]
    office = OfficeClock(package_edition().calendar(), OFFICE)
    package = country_holidays("CN", years=range(2015, 2028))
    limits = {number: parse_limit(f"{number}wd") for number in DAYS}
    asked = [(start, limits[number]) for start, number in zip(starts, numbers, strict=True)]
    told = [(start.astimezone(SHANGHAI).date(), number) for start, number in zip(starts, numbers, strict=True)][:FEW]
    _must_agree(office, package, asked, told)
    ours, peer = in_turns([lambda: _ours(office, asked), lambda: _peer(package, told)])
    what = "a due moment in working days, aware moments in and out"
    bound = Bound(ratio=10, most=0.6)
    note = "the peer is given dates and gives dates: it is spared the office hours and the time zone"
    figure = compared(what, "µs", ours * 1e6, bound, peer=peer * 1e6, peer_is="holidays.get_nth_working_day", notes=[note])
    return {"working-days": figure}


def _moment(rng: Random) -> datetime:
    return datetime(2015, 12, 31, 16, tzinfo=UTC) + timedelta(seconds=rng.randrange(11 * 365 * 86_400))


def _ours(office: OfficeClock, asked: Sequence[tuple[datetime, Limit]]) -> int:
    due = office.due
    for start, limit in asked:
        due(start, limit)
    return len(asked)


def _peer(package: HolidayBase, told: Sequence[tuple[date, int]]) -> int:
    nth = package.get_nth_working_day
    for on, number in told:
        nth(on, number)
    return len(told)


def _must_agree(
    office: OfficeClock, package: HolidayBase, asked: Sequence[tuple[datetime, Limit]], told: Sequence[tuple[date, int]]
) -> None:
    for (start, limit), (on, number) in zip(asked, told, strict=False):
        due = office.due(start, limit)
        assert due is not None
        assert due.astimezone(SHANGHAI).date() == package.get_nth_working_day(on, number), (start, number)
