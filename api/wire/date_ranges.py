"""Days as lists are asked for them: from the midnight that a day begins with, up to the one that it ends with."""

from datetime import date, datetime, timedelta

from calendars import midnight
from domain.cases.moments import FIRST, LAST
from domain.refusals import Malformed
from words import sentence


def beginning(on: date | None, name: str) -> datetime | None:
    """Give the moment that the day begins with, in Shanghai; `name` is the parameter."""
    return _midnight(on, 0, name)


def end(on: date | None, name: str) -> datetime | None:
    """Give the moment that the day ends with."""
    return _midnight(on, 1, name)


def check_days(first: date | None, last: date | None) -> None:
    """Refuse days, of the parameters `from` and `to`, that none are kept of."""
    beginning(first, "from")
    end(last, "to")


def _midnight(on: date | None, later: int, name: str) -> datetime | None:
    if on is None:
        return None
    if not FIRST.date() <= on < LAST.date():
        raise Malformed(sentence("{name} is {on}; days are kept from 2015 to 2044.", name=name, on=on), field=name)
    return midnight(on + timedelta(days=later))
