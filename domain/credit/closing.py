"""When a record of credit or accountability may be closed: once it is over, and never by whom it is about."""

from calendars import local_day
from domain.accountability.state import accountability_of
from domain.cases.context import ActContext
from domain.credit.state import credit_of
from domain.refusals import NotAllowed, OutOfOrder
from words import listed, sentence

_OVER = frozenset({"refused", "repaired", "expired", "withdrawn", "concluded"})


def check_record_over(asked: ActContext) -> None:
    """Refuse to close a record that somebody still has to be heard on, or that is still in use."""
    if asked.case.kind == "credit":
        credit = credit_of(asked.entries, local_day(asked.at))
        _check(asked, credit.proposed.party, credit.state, over=credit.state in _OVER)
    elif asked.case.kind == "accountability":
        record = accountability_of(asked.entries)
        spared = record.decided is not None and record.decided.measure == "none"
        _check(asked, record.proposed.unit, record.state, over=spared or record.state in _OVER)


def _check(asked: ActContext, about: str | None, state: str, *, over: bool) -> None:
    if asked.actor.party == about:
        message = sentence("the record is about {about} itself; somebody else closes it", about=about)
        raise NotAllowed(message)
    if not over:
        message = sentence("the record is {state!r}; it is closed once it is over: {over}", state=state, over=listed(sorted(_OVER)))
        raise OutOfOrder(message, state=state)
