"""Reads a later notice (holiday-cn JSON) or a city's own closures into a new edition; changes no edition."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NoReturn, TypeVar

import msgspec

from calendars.editions.edition import Closure, Edition, edition_of, package_edition
from calendars.editions.notices import Notice
from calendars.faults import CalendarFault
from calendars.moments import FIRST, LAST
from words import all_of, sentence

_MOST_BYTES = 1 << 20
_DECEMBER = 12
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SHAPES = sentence(
    'Write a year as {{"year", "papers", "days": [{{"name", "date", "isOffDay"}}]}}, '
    'or closures as {{"city", "document", "closed": [{{"date", "name"}}], "opened": […]}}'
)


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
    """The edition with that file's days: a year replaces that year's notices, a document its city's namesake.

    A year that only repeats what is known gives the same edition back.
    """
    reader = _Reader(edition, source_name)
    found = reader.read(data)
    if isinstance(found, dict) and "city" in found:
        return reader.with_closure(reader.form(found, _City))
    return reader.with_notice(reader.form(found, _Year))


def edition_with(imports: Iterable[tuple[str, bytes]]) -> Edition:
    """The shipped days with imported files added in order, each by its name and content."""
    edition = package_edition()
    for name, data in imports:
        edition = import_notice(edition, data, name)
    return edition


class _Reader:
    """One file on its way into one edition; every refusal names the file and the place in it."""

    def __init__(self, edition: Edition, file: str) -> None:
        self.edition, self.file = edition, file

    def refuse(self, path: str, what: str, mend: str, cause: Exception | None = None) -> NoReturn:
        raise CalendarFault(self.file, path, what, mend) from cause

    def read(self, data: bytes) -> object:
        if len(data) > _MOST_BYTES:
            what = sentence("it holds {size} bytes, more than any calendar", size=len(data))
            self.refuse("$", what, sentence("Give one year or one document"))
        if 0 in data:
            mend = sentence("Fetch the file again; it was damaged on its way")
            self.refuse(sentence("byte {number}", number=data.index(0)), sentence("it holds a NUL"), mend)
        try:
            return msgspec.json.decode(data.decode("utf-8-sig"))
        except UnicodeDecodeError as fault:
            where = sentence("byte {number}", number=fault.start)
            self.refuse(where, sentence("it is not UTF-8 text"), sentence("Save it again as UTF-8"), fault)
        except (msgspec.DecodeError, RecursionError) as fault:
            self.refuse("$", sentence("it is not JSON ({fault})", fault=str(fault)), _SHAPES, fault)

    def form(self, found: object, form: type[Form]) -> Form:
        try:
            return msgspec.convert(found, form)
        except msgspec.ValidationError as fault:
            what, _, path = str(fault).partition(" - at ")
            self.refuse(path.strip("`") or "$", what, _SHAPES, fault)

    def with_notice(self, year: _Year) -> Edition:
        self._check_year(year)
        number = year.number or year.papers[-1]
        self._check_words({"$.number": number} | {f"$.days[{n}].name": day.name for n, day in enumerate(year.days)})
        notice = Notice(
            year=year.year,
            number=number,
            rest={day.date: day.name for day in year.days if day.is_off_day},
            makeup={day.date: day.name for day in year.days if not day.is_off_day},
            issued_on=year.issued_on,
        )
        others = [other for other in self.edition.notices if other.year != year.year]
        notices = tuple(sorted([*others, notice], key=lambda one: one.year))
        made = edition_of(msgspec.structs.replace(self.edition.content, notices=notices))
        return self.edition if year.number is None and self._known(made, year.year) else made

    def with_closure(self, city: _City) -> Edition:
        if re.fullmatch("[0-9]{6}", city.city) is None:
            mend = sentence("Give its six figures, for example 420800")
            self.refuse("$.city", sentence("{city!r} is no city code", city=city.city), mend)
        days = {"closed": city.closed, "opened": city.opened}
        if not (city.closed or city.opened):
            self.refuse("$.closed", sentence("the document closes and opens no day"), sentence("Name the days that it names"))
        self._check_days([*city.closed, *city.opened], all_of(("$.closed", "$.opened")))
        self._check_words(
            {"$.document": city.document} | {f"$.{kind}[{n}].name": day.name for kind, named in days.items() for n, day in enumerate(named)}
        )
        closed, opened = ({day.date: day.name for day in named} for named in days.values())
        closure = Closure(city.city, city.document, closed, opened, city.issued_on)
        others = [one for one in self.edition.closures if (one.city, one.document) != (city.city, city.document)]
        return edition_of(msgspec.structs.replace(self.edition.content, closures=(*others, closure)))

    def _check_year(self, year: _Year) -> None:
        last, wanted = self.edition.published_through.year, year.year
        if not FIRST.year <= wanted <= LAST.year:
            mend = sentence("Give a year from {first} to {last}", first=FIRST.year, last=LAST.year)
            self.refuse("$.year", sentence("{year} is outside the calendar", year=wanted), mend)
        if wanted > last + 1:
            mend = sentence("Import {year} first: a year without a notice in between would be guessed", year=last + 1)
            self.refuse("$.year", sentence("{year} leaves a gap after {last}", year=wanted, last=last), mend)
        if not (year.papers and year.days):
            mend = sentence("Wait for the State Council's notice; until then the year stays provisional")
            self.refuse("$.days" if year.papers else "$.papers", sentence("no notice stands behind {year} yet", year=wanted), mend)
        self._check_days(year.days, "$.days")
        for place, day in enumerate(year.days):
            if day.date.year != wanted and (day.date.year, day.date.month) != (wanted - 1, _DECEMBER):
                mend = sentence("A notice names days of its own year and of the December before; correct the year or the day")
                what = sentence("{day} is no day of the notice for {year}", day=day.date, year=wanted)
                self.refuse(f"$.days[{place}].date", what, mend)

    def _check_days(self, days: Sequence[_Day] | Sequence[_Own], where: str) -> None:
        for before, after in pairwise(sorted(day.date for day in days)):
            if before == after:
                what = sentence("{day} stands there twice", day=after)
                self.refuse(where, what, sentence("Keep the one that the document names"))
        for day in days:
            if not FIRST <= day.date <= LAST:
                what = sentence("{day} is outside the calendar", day=day.date)
                self.refuse(where, what, sentence("Give days from {first} to {last}", first=FIRST, last=LAST))

    def _check_words(self, words: dict[str, str]) -> None:
        for path, word in words.items():
            if not word.strip() or _CONTROL.search(word):
                self.refuse(path, sentence("{word!r} is no name", word=word), sentence("Write it as the document prints it"))

    def _known(self, made: Edition, year: int) -> bool:
        """Whether every day stays as it was, though the file may name weekends that rest anyway."""
        return year in self.edition.published_years and made.calendar().before == self.edition.calendar().before
