"""A clock: one rule's limit running for one party from one starting entry; derived from the ledger, never the truth."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

State = Literal["running", "stopped", "met", "late", "void"]
"""运行, 暂停计时 (open-ended), 按时, 逾期, 作废. A running clock past its due moment is breached."""

Span = tuple[datetime, datetime | None]
"""A stop: from, to; an open end is None."""


class Clock(Struct, frozen=True, gc=False):
    """One clock as the judge finds it; moments are UTC in whole seconds.

    A counted standard that is broken is kept as a clock too, `late` from the start, with `started` and `due` at the act
    that passed the count.
    """

    rule: str
    keys: tuple[str, ...]
    """The values of the rule's `per`, in its order."""
    party: str
    start_seq: int
    started: datetime
    due: datetime | None
    """The last good moment; None while stopped with an open end."""
    state: State
    edition: str
    warn: datetime | None = None
    also_due: datetime | None = None
    """The due moment under the other tenable reading."""
    statutory_due: datetime | None = None
    ended_seq: int | None = None
    ended_at: datetime | None = None
    """When it was met, late or void: the act's moment."""
    next_check_at: datetime | None = None
    """The next moment at which the auditor has something to do about it."""
    late_entry: bool = False
    provisional: bool = False
    counted: bool = False
    """A broken standard, not a deadline."""
    stops: tuple[Span, ...] = ()


def is_breached(clock: Clock, now: datetime) -> bool:
    """Say whether the limit is missed at that moment."""
    return clock.state == "late" or (clock.state == "running" and clock.due is not None and clock.due < now)


def is_contested(due: datetime, also_due: datetime | None, ended_at: datetime | None, now: datetime) -> bool:
    """Say whether the other reading would have cleared what this one finds missed."""
    return also_due is not None and due < (ended_at or now) <= also_due


def shown_state(clock: Clock, now: datetime) -> str:
    """Name the state as people read it at that moment: a bounded stop shows as stopped while it lasts."""
    if clock.state == "running" and any(start <= now and (end is None or now < end) for start, end in clock.stops):
        return "stopped"
    return "breached" if clock.state == "running" and is_breached(clock, now) else clock.state
