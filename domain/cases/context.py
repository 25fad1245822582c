"""An act that someone wants to record, with everything that it may be checked against; decides nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from domain.acts.enforcement.supervision import StandardPublished
from domain.case import Case
from domain.cases.other_cases import NOTHING, Dug, OtherCases
from domain.clock import Clock
from domain.ledger import Actor, Entry
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook


class ActContext(NamedTuple):
    """An act that someone wants to record, and all that it is checked against."""

    book: Rulebook
    case: Case
    entries: Sequence[Entry]
    at: datetime
    recorded_at: datetime
    actor: Actor
    clocks: Sequence[Clock]
    commitments: Sequence[Case]
    offices: Offices
    standards: Sequence[StandardPublished] = ()
    """What the department of a commitment has published in others."""
    nearby: Sequence[Dug] = ()
    """What other cases dig at the places of a survey."""
    other_cases: OtherCases = NOTHING
    """What other cases say that the act rests on."""
