"""The moments of an act: aware, whole seconds, UTC; what has happened cannot lie ahead."""

from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from domain.refusals import Malformed

FIRST = datetime(2015, 1, 1, tzinfo=UTC)
LAST = datetime(2045, 1, 1, tzinfo=UTC)
HAPPENED = frozenset({"to_customer_at", "to_receiver_at", "replied_at", "noticed_at", "served_at"})
"""Fields that tell when something happened; others may lie ahead (an appointment, the end of a stop)."""

S = TypeVar("S", bound=msgspec.Struct)


def whole(at: datetime) -> datetime:
    """Cut a moment to the second, in UTC."""
    try:
        return at.astimezone(UTC).replace(microsecond=0)
    except OverflowError as fault:
        message = f"{at.isoformat()} is no moment that a calendar can hold; moments are counted from 2015 to 2044"
        raise Malformed(message) from fault


def check_moment(at: datetime, now: datetime, name: str) -> datetime:
    """Refuse what lies ahead of now or outside the years that can be counted."""
    cut = whole(at)
    if cut > now:
        ahead = f"{cut:%Y-%m-%dT%H:%M:%SZ}, which is {cut - now} ahead of our clock"
        message = f"{name} is {ahead}; only what has happened can be recorded"
        raise Malformed(message, field=name)
    return _countable(cut, name)


def _countable(cut: datetime, name: str) -> datetime:
    if not FIRST <= cut < LAST:
        message = f"{name} is {cut:%Y-%m-%dT%H:%M:%SZ}; moments are counted from 2015 to 2044"
        raise Malformed(message, field=name)
    return cut


def settle(value: S, now: datetime) -> S:
    """Give the act with every moment in it cut to the second in UTC, and checked."""
    changes: dict[str, Any] = {}
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if isinstance(held, datetime):
            cut = check_moment(held, now, name) if name in HAPPENED else _countable(whole(held), name)
            changes[name] = cut
        elif isinstance(held, msgspec.Struct):
            changes[name] = settle(held, now)
    return msgspec.structs.replace(value, **changes) if changes else value
