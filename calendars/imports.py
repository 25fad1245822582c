"""Reads a later notice (holiday-cn JSON) or a city's own closures into a new edition; never changes the edition it is given."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

import msgspec

from calendars.edition import Closure, Edition, edition_of
from calendars.faults import CalendarFault
from calendars.moments import FIRST, LAST
from calendars.notices import Notice

_MOST_BYTES = 1 << 20
_SATURDAY = 5
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class _Day(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    date: date
    is_off_day: bool = msgspec.field(name="isOffDay")


class _Year(msgspec.Struct, forbid_unknown_fields=True):
    """A year of holiday-cn; `number` and `issued_on` may be added by hand, from the notice itself."""

    year: int
    papers: list[str]
    days: list[_Day]
    number: str | None = None
    issued_on: date | None = None
    schema_at: str | None = msgspec.field(default=None, name="$schema")
    id_at: str | None = msgspec.field(default=None, name="$id")


class _Own(msgspec.Struct, forbid_unknown_fields=True):
    date: date
    name: str


class _City(msgspec.Struct, forbid_unknown_fields=True):
    """A city's own document: offices closed on days of work, or opened on days of rest."""

    city: str
    document: str
    closed: list[_Own] = []
    opened: list[_Own] = []
    issued_on: date | None = None


Form = TypeVar("Form", _Year, _City)


def import_notice(edition: Edition, data: bytes, source_name: str) -> Edition:
    """The edition with that file's days. A year takes the place of that year's earlier notices, a document that of its namesake."""
    text = _text(data, source_name)
    if '"city"' in text:
        return _with_closure(edition, _form(text, _City, source_name), source_name)
    return _with_notice(edition, _form(text, _Year, source_name), source_name)


def _text(data: bytes, file: str) -> str:
    if len(data) > _MOST_BYTES:
        raise CalendarFault(file, "$", f"it holds {len(data)} bytes, more than a calendar can need", "Give one year or one document")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CalendarFault(file, f"byte {fault.start}", "it is not UTF-8 text", "Save it again as UTF-8") from fault
    if "\0" in text:
        raise CalendarFault(file, f"character {text.index(chr(0))}", "it holds a NUL", "Fetch the file again; it was damaged on its way")
    return text


def _form(text: str, form: type[Form], file: str) -> Form:
    try:
        return msgspec.json.decode(text, type=form)
    except msgspec.DecodeError as fault:
        what, _, path = str(fault).partition(" - at ")
        mend = 'Write a year as {"year", "papers", "days": [{"name", "date", "isOffDay"}]}, or closures as {"city", "document", "closed", "opened"}'
        raise CalendarFault(file, path.strip("`") or "$", what, mend) from fault


def _with_notice(edition: Edition, year: _Year, file: str) -> Edition:
    _check_year(edition, year, file)
    _check_days(year.days, "days", file)
    number = year.number or year.papers[-1]
    _check_words([number, *(day.name for day in year.days)], file)
    rest = {day.date: day.name for day in year.days if day.is_off_day}
    work = {day.date: day.name for day in year.days if not day.is_off_day}
    notice = Notice(year=year.year, number=number, rest=rest, makeup=work, issued_on=year.issued_on)
    others = [other for other in edition.notices if other.year != year.year]
    notices = tuple(sorted([*others, notice], key=lambda one: one.year))
    made = edition_of(msgspec.structs.replace(edition.content, notices=notices))
    return edition if _same_days(edition, made, year.year) else made


def _check_year(edition: Edition, year: _Year, file: str) -> None:
    last = edition.published_through.year
    if not FIRST.year <= year.year <= LAST.year:
        raise CalendarFault(file, "$.year", f"{year.year} is outside the calendar", f"Give a year from {FIRST.year} to {LAST.year}")
    if year.year > last + 1:
        mend = f"Import {last + 1} first: a year without a notice in between would be guessed"
        raise CalendarFault(file, "$.year", f"{year.year} leaves a gap after {last}", mend)
    if not year.papers or not year.days:
        mend = "Wait for the State Council's notice; until then the year stays provisional"
        raise CalendarFault(file, "$.days" if year.papers else "$.papers", f"no notice stands behind {year.year} yet", mend)
    for place, day in enumerate(year.days):
        if day.date.year != year.year and (day.date.year, day.date.month) != (year.year - 1, 12):
            what = f"{day.date} is not of {year.year}"
            raise CalendarFault(file, f"$.days[{place}].date", what, "A notice names days of its year and the December before; correct the year or the day")


def _with_closure(edition: Edition, city: _City, file: str) -> Edition:
    if re.fullmatch("[0-9]{6}", city.city) is None:
        raise CalendarFault(file, "$.city", f"{city.city!r} is no city code", "Give its six figures, for example 420800")
    if not city.closed and not city.opened:
        raise CalendarFault(file, "$.closed", "it closes and opens no day", "Name the days that the document names")
    _check_days([*city.closed, *city.opened], "closed + opened", file)
    _check_words([city.document, *(day.name for day in [*city.closed, *city.opened])], file)
    closed, opened = ({day.date: day.name for day in days} for days in (city.closed, city.opened))
    closure = Closure(city.city, city.document, closed, opened, city.issued_on)
    others = [other for other in edition.closures if (other.city, other.document) != (city.city, city.document)]
    return edition_of(msgspec.structs.replace(edition.content, closures=(*others, closure)))


def _check_days(days: Sequence[_Day] | Sequence[_Own], where: str, file: str) -> None:
    for before, after in pairwise(sorted(day.date for day in days)):
        if before == after:
            raise CalendarFault(file, f"$.{where}", f"{after} stands there twice", "Keep the one that the document says")
    for day in days:
        if not FIRST <= day.date <= LAST:
            raise CalendarFault(file, f"$.{where}", f"{day.date} is outside the calendar", f"Give days from {FIRST} to {LAST}")


def _check_words(words: Iterable[str], file: str) -> None:
    for word in words:
        if not word.strip() or _CONTROL.search(word):
            raise CalendarFault(file, "$", f"{word!r} is no name", "Write the name or number as the document prints it")


def _same_days(one: Edition, other: Edition, year: int) -> bool:
    """Whether the file only repeats what is known, perhaps with weekends named that rest anyway: then nothing is new."""
    if year not in one.published_years:
        return False
    ours, theirs = one.calendar(), other.calendar()
    return ours.before == theirs.before
