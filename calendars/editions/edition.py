"""An edition: every day on which the calendar departs from Monday to Friday, under an id made from its content."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache

import msgspec

from calendars.days import Exceptional
from calendars.editions.notices import SHIPPED, Notice, read_notices
from calendars.editions.package import PackageDays, package_days
from calendars.faults import CalendarFault
from calendars.moments import date_of, day_number
from calendars.workdays import WorkingCalendar
from words import sentence

STATUTE = "全国年节及纪念日放假办法"
NO_NOTICE = "no notice yet"


class Closure(msgspec.Struct, frozen=True):
    """A document by which one city closes or opens its offices on days of its own."""

    city: str
    document: str
    closed: dict[date, str]
    opened: dict[date, str]
    issued_on: date | None = None


class Content(msgspec.Struct, frozen=True):
    """What an edition is made of. `statutory` days follow from the law, `estimated` ones are the package's guess."""

    notices: tuple[Notice, ...]
    statutory: dict[date, str]
    estimated: dict[date, str]
    closures: tuple[Closure, ...] = ()


class Edition(msgspec.Struct, frozen=True, eq=False):
    """Two editions with one id say the same of every day."""

    id: str
    content: Content

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edition) and other.id == self.id

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return self.content.notices

    @property
    def closures(self) -> tuple[Closure, ...]:
        return self.content.closures

    @property
    def published_years(self) -> tuple[int, ...]:
        return tuple(sorted({notice.year for notice in self.notices}))

    @property
    def published_through(self) -> date:
        """28 December of the last year of an unbroken run of notices: the next notice may move the days after it."""
        years = self.published_years
        return date(next(year for year in years if year + 1 not in years), 12, 28)

    def calendar(self, city: str | None = None) -> WorkingCalendar:
        """The working days of a city, by its six-figure code; without one, those of the whole country."""
        return _calendar(self, city if any(closure.city == city for closure in self.closures) else None)


def edition_of(content: Content) -> Edition:
    return Edition(id=hashlib.sha256(_canonical(content)).hexdigest()[:16], content=content)


def encode_edition(edition: Edition) -> bytes:
    return _canonical(edition)


def _canonical(value: Content | Edition) -> bytes:
    return msgspec.json.encode(msgspec.to_builtins(value, str_keys=True), order="sorted")


def decode_edition(data: bytes, source_name: str = "edition") -> Edition:
    try:
        edition = msgspec.json.decode(data, type=Edition)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise CalendarFault(source_name, "$", str(fault), sentence("Give back the bytes that were written")) from fault
    made = edition_of(edition.content)
    if made.id != edition.id:
        what = sentence("its content makes the id {made}, but it calls itself {called}", made=made.id, called=edition.id)
        raise CalendarFault(source_name, "$.id", what, sentence("It was changed after it was written: take it from a backup"))
    return edition


@cache
def package_edition() -> Edition:
    """China's days as shipped; refuses where the notices and the package disagree on a day of a published year."""
    notices, days = read_notices(), package_days()
    edition = edition_of(_shipped(notices, days))
    _compare(edition, days)
    return edition


def _shipped(notices: Sequence[Notice], days: PackageDays) -> Content:
    published = {notice.year for notice in notices}
    statutory = {on: name for on, name in days.statutory.items() if on.year not in published}
    estimated = {on: name for on, name in days.moved.items() if on.year not in published}
    return Content(notices=tuple(notices), statutory=statutory, estimated=estimated)


def _compare(edition: Edition, days: PackageDays) -> None:
    calendar, last = edition.calendar(), day_number(edition.published_through.replace(day=31))
    for on in map(date_of, range(last + 1)):
        if calendar.is_working(on) != days.is_working(on):
            worked, rest = sentence("worked"), sentence("rest")
            ours, theirs = (worked, rest) if calendar.is_working(on) else (rest, worked)
            what = sentence(
                "{on} is {ours} here, but {theirs} in holidays {release}", on=on, ours=ours, theirs=theirs, release=days.release
            )
            mend = sentence("Read that year's notice on gov.cn again and correct the one that is wrong")
            raise CalendarFault(SHIPPED.name, sentence("notice of {year}", year=on.year), what, mend)


@lru_cache(maxsize=64)
def _calendar(edition: Edition, city: str | None) -> WorkingCalendar:
    return WorkingCalendar(edition.id, edition.published_through, _exceptions(edition, city))


def _exceptions(edition: Edition, city: str | None) -> dict[date, Exceptional]:
    """Later words win: the law, then each notice in order, then the city's own documents."""
    content, published = edition.content, set(edition.published_years)
    found = {on: _by_law(on, name, published) for on, name in content.statutory.items()}
    unknown = {on: name for on, name in content.estimated.items() if on.year not in published}
    found |= {on: Exceptional(working=False, name=name, source=NO_NOTICE) for on, name in unknown.items()}
    for notice in content.notices:
        makeup = {on: f"{name}调休上班" for on, name in notice.makeup.items()}
        found |= _by_document(notice.rest, makeup, notice.number)
    for closure in content.closures:
        if closure.city == city:
            found |= _by_document(closure.closed, closure.opened, closure.document)
    return found


def _by_law(on: date, name: str, published: Iterable[int]) -> Exceptional:
    return Exceptional(working=False, name=name, source=STATUTE if on.year in published else NO_NOTICE)


def _by_document(rest: dict[date, str], work: dict[date, str], source: str) -> dict[date, Exceptional]:
    off = {on: Exceptional(working=False, name=name, source=source) for on, name in rest.items()}
    return off | {on: Exceptional(working=True, name=name, source=source) for on, name in work.items()}
