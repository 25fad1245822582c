"""What is said of one day; decides nothing."""

from datetime import date

import msgspec


class Exceptional(msgspec.Struct, frozen=True):
    """A day that departs from Monday to Friday, or is named in a document."""

    working: bool
    name: str
    source: str


class CalendarDay(msgspec.Struct, frozen=True):
    """`source` is the number of a notice or document, `weekday`, `weekend` or `no notice yet`."""

    date: date
    working: bool
    name: str
    source: str
    published: bool
