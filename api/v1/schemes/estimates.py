"""When would it be due, and why: one rule's limit from a moment, without a case."""

from datetime import datetime
from typing import Annotated

from litestar import post
from msgspec import Meta, field

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Body, Operation, Wire
from calendars import BeyondCalendar
from casework.deadlines.views import AlsoShown, DayShown, day_shown
from casework.schemes.rules import Words, words
from casework.shown import Shown
from domain.acts.field import Code, Moment
from domain.deadlines.estimate import Also, Estimate, estimate
from domain.refusals import Malformed, NotComputable, NotCovered, NotFound


class Stop(Wire, frozen=True):
    """From when to when the clock stands still; an open end means that it still does."""

    from_: Moment = field(name="from")
    to: Moment | None = None


class DeadlineRequest(Wire, frozen=True):
    """A rule by its slug or obligation id, and the moment from which it runs."""

    scheme: Code
    rule: Annotated[str, Meta(min_length=1, max_length=64)]
    from_: Moment = field(name="from")
    stops: Annotated[tuple[Stop, ...], Meta(max_length=100)] = ()
    party: Code | None = None
    """Whose office hours count; the scheme's where none is named."""


class DeadlineShown(Shown, frozen=True):
    """A due moment with all that it rests on; null while an open stop keeps it from being due."""

    rule: str
    title: str
    cites: tuple[Words, ...]
    from_: datetime = field(name="from")
    due: datetime | None
    warn: datetime | None
    provisional: bool
    edition: str
    also: AlsoShown | None
    statutory_due: datetime | None
    assumptions: tuple[str, ...]
    days: tuple[DayShown, ...]


_BODY = Body[DeadlineRequest](DeadlineRequest)
ESTIMATE = Operation(
    reply=DeadlineShown,
    body=_BODY,
    problems=(NotFound, Malformed, NotComputable, NotCovered, BeyondCalendar),
    examples={"approval": {"scheme": "jingmen-2023", "rule": "joint-approval", "from": "2026-09-30T16:00:00+08:00"}},
    tag="calendar",
)


@post("/v1/deadlines", operation_id="estimateDeadline", summary="Work out a due moment, day by day", status_code=200, opt=ESTIMATE.opt)
async def estimate_deadline(request: ApiRequest) -> Answer:
    """Answer with the due moment and its reasons; nothing is kept."""
    asked = await _BODY.of(request)
    context = request.program.context()
    book = context.book(asked.scheme)
    party = "" if asked.party is None else book.party(asked.party).code
    office = context.offices.of(book, party, context.offices.newest)
    found = estimate(book, asked.rule, asked.from_, [(stop.from_, stop.to) for stop in asked.stops], office)
    return reply(_shown(found))


def _shown(found: Estimate) -> DeadlineShown:
    return DeadlineShown(
        rule=found.rule.id,
        title=found.rule.title,
        cites=tuple(words(cite) for cite in found.rule.cites),
        from_=found.start,
        due=found.due,
        warn=found.warn,
        provisional=found.provisional,
        edition=found.edition,
        also=_also(found.also),
        statutory_due=found.statutory,
        assumptions=found.assumptions,
        days=tuple(day_shown(day) for day in found.days),
    )


def _also(also: Also | None) -> AlsoShown | None:
    return None if also is None else AlsoShown(also.due, also.reading)
