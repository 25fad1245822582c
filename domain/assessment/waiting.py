"""From when to when a case waited at all: until it was over, or everybody who was asked had connected."""

from datetime import datetime

from domain.acts.connection import ServiceConnected
from domain.case import Case
from domain.judging.situation import Situation

_ENDS = ("case.closed", "case.withdrawn", "application.refused")


def waiting_of(case: Case, situation: Situation, now: datetime) -> tuple[datetime, datetime]:
    """Say from when to when; to now while something is still to be done."""
    begun = situation.entries[0].occurred_at
    if case.state != "open":
        return begun, max(entry.occurred_at for tag in _ENDS for entry in situation.of(tag))
    asked = situation.asked()
    connected = {act.utility: entry.occurred_at for entry, act in situation.each(ServiceConnected)}
    done = bool(asked) and asked <= set(connected)
    return begun, max(connected[utility] for utility in asked) if done else now
