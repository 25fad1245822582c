"""The moments of an act: aware, whole seconds, UTC; what has happened cannot lie ahead."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from calendars import local_day
from domain.refusals import Malformed
from words import sentence

FIRST = datetime(2015, 1, 1, tzinfo=UTC)
LAST = datetime(2045, 1, 1, tzinfo=UTC)
HAPPENED = frozenset({"to_customer_at", "to_receiver_at", "replied_at", "noticed_at", "served_at", "received_at"})
"""Fields that tell when something happened; others may lie ahead (an appointment, the end of a stop)."""

OWED_BY = frozenset({"due_on", "works_until"})
"""Days that an act sets for somebody; what is over by then can be owed by nobody."""

S = TypeVar("S", bound=msgspec.Struct)


def whole(at: datetime) -> datetime:
    """Cut a moment to the second, in UTC."""
    try:
        return at.astimezone(UTC).replace(microsecond=0)
    except OverflowError as fault:
        message = sentence("{at} is no moment that a calendar can hold; moments are counted from 2015 to 2044", at=at.isoformat())
        raise Malformed(message) from fault


def check_moment(at: datetime, now: datetime, name: str) -> datetime:
    """Refuse what lies ahead of now or outside the years that can be counted."""
    cut = whole(at)
    if cut > now:
        message = sentence(
            "{name} is {at:%Y-%m-%dT%H:%M:%SZ}, which is {ahead} ahead of our clock; only what has happened can be recorded",
            name=name,
            at=cut,
            ahead=_length(cut - now),
        )
        raise Malformed(message, field=name)
    return _countable(cut, name)


def _length(time: timedelta) -> str:
    hours = str(timedelta(seconds=time.seconds))
    return sentence("{days} d {hours}", days=time.days, hours=hours) if time.days else hours


def _countable(cut: datetime, name: str) -> datetime:
    if not FIRST <= cut < LAST:
        message = sentence("{name} is {at:%Y-%m-%dT%H:%M:%SZ}; moments are counted from 2015 to 2044", name=name, at=cut)
        raise Malformed(message, field=name)
    return cut


def settle(value: S, now: datetime) -> S:
    """Give the act with every moment in it cut to the second in UTC, and checked."""
    held = ((name, getattr(value, name)) for name in value.__struct_fields__)
    changes = {name: _settled(name, one, now) for name, one in held if isinstance(one, date | msgspec.Struct | tuple)}
    return msgspec.structs.replace(value, **changes) if changes else value


def _settled(name: str, held: Any, now: datetime) -> Any:  # noqa: ANN401 -- whatever a field holds
    if isinstance(held, datetime):
        return check_moment(held, now, name) if name in HAPPENED else _countable(whole(held), name)
    if isinstance(held, date):
        _countable(datetime(held.year, held.month, held.day, tzinfo=UTC), name)
    if isinstance(held, tuple):
        return tuple(_settled(name, one, now) for one in held)
    return settle(held, now) if isinstance(held, msgspec.Struct) else held


def check_days_ahead(value: msgspec.Struct, at: datetime) -> None:
    """Refuse a day that is set for somebody and was over when it was set: it would be missed from its first moment."""
    for name, written in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
        held = getattr(value, name)
        if name in OWED_BY and held is not None and held < local_day(at):
            message = sentence(
                "{field} is {day}, which was over on {on}; write the day that was meant",
                field=written,
                day=held,
                on=local_day(at),
            )
            raise Malformed(message, field=written)
        for part in held if isinstance(held, tuple) else ():
            if isinstance(part, msgspec.Struct):
                check_days_ahead(part, at)
