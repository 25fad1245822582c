"""The State Council's notices on days of rest, as `notices.toml` gives them; does not decide which days are worked."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec

from calendars.faults import CalendarFault
from words import sentence

SHIPPED = Path(__file__).with_name("notices.toml")
_SPAN = 2


class Notice(msgspec.Struct, frozen=True):
    """One notice: its days of rest and its make-up working days, each with the holiday it belongs to."""

    year: int
    number: str
    rest: dict[date, str]
    makeup: dict[date, str]
    issued_on: date | None = None


class _Holiday(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    words: str
    rest: list[str]
    work: list[str] = []


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    year: int
    number: str
    issued_on: date
    holidays: list[_Holiday]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    notice: list[_Entry]


def read_notices(file: Path = SHIPPED) -> tuple[Notice, ...]:
    try:
        entries = msgspec.convert(tomllib.loads(file.read_text("utf-8")), _File).notice
        return tuple(_notice(entry) for entry in entries)
    except (OSError, ValueError) as fault:
        mend = sentence("Compare it with the notice on gov.cn and correct it")
        raise CalendarFault(file.name, "notice", str(fault), mend) from fault


def _notice(entry: _Entry) -> Notice:
    rest = {day: holiday.name for holiday in entry.holidays for day in _days(holiday.rest)}
    work = {day: holiday.name for holiday in entry.holidays for day in _days(holiday.work)}
    return Notice(year=entry.year, number=entry.number, rest=rest, makeup=work, issued_on=entry.issued_on)


def _days(spans: Iterable[str]) -> Iterator[date]:
    for span in spans:
        ends = [date.fromisoformat(end) for end in span.split("..", _SPAN)]
        for number in range((ends[-1] - ends[0]).days + 1):
            yield ends[0] + timedelta(days=number)
