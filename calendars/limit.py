"""Time limits as a plan writes them, and the other ways to read them; counts nothing by itself."""

import enum
import re
from fractions import Fraction
from functools import cache

import msgspec

from words import sentence


class Measure(enum.StrEnum):
    """What a limit is counted in."""

    NATURAL = "natural"
    WORKING_NATURAL = "working-natural"
    OFFICE = "office"
    OFFICE_SHARE = "office-share"
    WORKING_DAYS = "working-days"
    SAME_DAY = "same-day"
    CALENDAR_DAYS = "calendar-days"


class Limit(msgspec.Struct, frozen=True):
    """`amount` is seconds for the three kinds of hours, days for days, else `amount / per` of an office day."""

    measure: Measure
    amount: int
    text: str
    per: int = 1
    first_day_counts: bool = False


class Reading(msgspec.Struct, frozen=True):
    """Another tenable reading; with `until_close` a limit in time runs on to the close of the day on which it ends."""

    limit: Limit | None = None
    closes_at_midnight: bool = False
    rest_day_starts_next: bool = False
    half_is_session: bool = False
    until_close: bool = False


AS_WRITTEN = Reading()
_SHAPE = re.compile(r"(\d{1,9})(?:\.(\d{1,4}))?(h|wh|oh|om|wd|d)", re.ASCII)
_SECONDS = {"h": 3_600, "wh": 3_600, "oh": 3_600, "om": 60}
_MEASURES = {"h": Measure.NATURAL, "wh": Measure.WORKING_NATURAL, "oh": Measure.OFFICE, "om": Measure.OFFICE}
# The most of each unit that can fit into ten years.
_MOST = {"h": 87_672, "wh": 87_672, "oh": 87_672, "om": 87_672 * 60, "wd": 3_653, "d": 3_653}


@cache
def parse_limit(text: str) -> Limit:
    """`24h` hours, `24wh` hours of working days, `24oh` and `30om` office time, `3wd` working days, `10d` days."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise _refused(text, sentence("is not a limit"))
    unit = shape[3]
    amount = Fraction(f"{shape[1]}.{shape[2] or 0}")
    if amount > _MOST[unit]:
        raise _refused(text, sentence("is longer than ten years"))
    if unit == "wd":
        return _working_days(text, amount)
    scaled = amount * _SECONDS.get(unit, 1)
    if scaled.denominator != 1 or not scaled:
        raise _refused(text, sentence("is not a whole, positive count"))
    return Limit(measure=_MEASURES.get(unit, Measure.CALENDAR_DAYS), amount=scaled.numerator, text=text)


def _working_days(text: str, amount: Fraction) -> Limit:
    if not amount:
        return Limit(measure=Measure.SAME_DAY, amount=0, text=text)
    whole = amount.denominator == 1
    measure = Measure.WORKING_DAYS if whole else Measure.OFFICE_SHARE
    return Limit(measure=measure, amount=amount.numerator, per=amount.denominator, text=text)


def _refused(text: str, why: str) -> ValueError:
    message = sentence(
        "the limit {text!r} {why}; write 24h, 24wh, 24oh, 30om, 0.5wd, 3wd, 0wd or 10d, at most ten years", text=text, why=why
    )
    return ValueError(message)
