"""Half-years (半年) by name: which one a day lies in, and which one is to be settled by then; knows no case."""

from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from calendars import local_day, midnight
from words import Sentence, sentence

_SECOND = 7
"""The month in which the second half begins."""


class Half(NamedTuple):
    """One half of a year; halves sort as they follow each other."""

    year: int
    half: Literal[1, 2]

    def __str__(self) -> str:
        """Write it as cases and statements name it: 2026-1."""
        return f"{self.year}-{self.half}"

    @property
    def in_words(self) -> Sentence:
        """Name it to people, each in their language."""
        return sentence("{year}-1", year=self.year) if self.half == 1 else sentence("{year}-2", year=self.year)


def half_at(at: datetime) -> Half:
    """Say in which half-year a moment lies, by the local calendar."""
    on = local_day(at)
    return Half(on.year, 1 if on.month < _SECOND else 2)


def settling_at(at: datetime) -> Half:
    """Say which half-year's settling time (年中, 年底) began last: with its last month's first day, June's or December's."""
    on = local_day(at)
    if on.month < 6:  # noqa: PLR2004 -- June
        return Half(on.year - 1, 2)
    return Half(on.year, 1 if on.month < 12 else 2)  # noqa: PLR2004 -- December


def end_of(half: Half) -> datetime:
    """Give the moment at which a half-year is over."""
    last = date(half.year, 6, 30) if half.half == 1 else date(half.year, 12, 31)
    return midnight(last + timedelta(days=1))
