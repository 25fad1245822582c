"""What a list is chosen by: beside each field of a filter, what it asks of a row and how a command asks for it; reads no row."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Annotated, Any, TypeVar, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from calendars import midnight
from storage.postgres.listing import Listing
from words import Sentence

Filter = TypeVar("Filter", bound=Struct)
WORKED_OUT = ""
"""No column says it: whoever finds the rows works it out."""


class Choice(Struct, frozen=True, eq=False):
    """How a field chooses, written beside it as its annotation; a field without one is no caller's to choose by."""

    where: str
    """What it asks of a row, but for the value (`finding.rule =`), or `WORKED_OUT`."""
    help: Sentence
    """What a command says of its option."""
    named: str = ""
    """By what people call its values: a city, party or rule of the plans, or a kind of name in the catalogues of words."""
    option: str = ""
    """Instead of the wire's name."""
    metavar: str = "CODE"
    put: Callable[[Any], Any] | None = None
    """Makes of the value what the row is compared with."""


@cache
def choices_of(kind: type[Struct]) -> tuple[tuple[FieldInfo, Choice], ...]:
    """Give the fields that a caller may choose by, in their order."""
    annotated = [field for field in msgspec.structs.fields(kind) if get_origin(field.type) is Annotated]
    return tuple((field, one) for field in annotated for one in field.type.__metadata__ if isinstance(one, Choice))


def filter_of(kind: type[Filter], asked: Struct, **own: Any) -> Filter:  # noqa: ANN401 -- the filter's fields, by name
    """Make a filter of what is asked for; what is the reader's own takes the place of what it asked."""
    return kind(**{field.name: getattr(asked, field.name) for field, _ in choices_of(kind)} | own)


def narrow_by(listing: Listing, chosen: Struct) -> None:
    """Leave out of a statement what is not chosen; None leaves out nothing."""
    for field, choice in choices_of(type(chosen)):
        value = getattr(chosen, field.name)
        if choice.where != WORKED_OUT and value is not None:
            listing.only(choice.where, value if choice.put is None else choice.put(value))


def day_after(on: date) -> datetime:
    """Give the moment that a day ends with."""
    return midnight(on + timedelta(days=1))
