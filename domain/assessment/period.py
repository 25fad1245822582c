"""The time that a scorecard is about: a year, a quarter or a month of Shanghai; counts nothing."""

import re
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from calendars import midnight
from domain.refusals import Malformed
from words import sentence

_SHAPE = re.compile(r"(20\d\d)(?:-Q([1-4])|-(0[1-9]|1[0-2]))?", re.ASCII)
_YEAR, _QUARTER = 12, 3


class Period(Struct, frozen=True):
    """From its first day on, up to the first day after it."""

    text: str
    first: date
    after: date

    @property
    def begins(self) -> datetime:
        return midnight(self.first).astimezone(UTC)

    @property
    def last(self) -> date:
        return self.after - timedelta(days=1)

    @property
    def ends(self) -> datetime:
        """The first moment that is no more of it."""
        return midnight(self.after).astimezone(UTC)


def parse_period(text: str) -> Period:
    """Read `2026`, `2026-Q3` or `2026-07`."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        message = sentence("{text!r} is no period; write a year (2026), a quarter (2026-Q3) or a month (2026-07)", text=text)
        raise Malformed(message, field="period")
    year, quarter, month = int(shape[1]), shape[2], shape[3]
    if quarter:
        return Period(text, *_months(year, _QUARTER * (int(quarter) - 1) + 1, _QUARTER))
    return Period(text, *(_months(year, int(month), 1) if month else _months(year, 1, _YEAR)))


def year_of(year: int) -> Period:
    """Give a whole year."""
    return parse_period(f"{year:04d}")


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year + last // 12, last % 12 + 1, 1)
