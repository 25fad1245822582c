"""The calendar as it is counted with: each day, whether it is worked, and by which notice."""

from datetime import date, timedelta

from litestar import get
from msgspec import field

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from calendars import BeyondCalendar
from casework.shown import CityCode, Shown
from domain.refusals import Malformed
from words import sentence

MOST_DAYS = 366


class CalendarDayShown(Shown, frozen=True):
    """A day, and where it is known from."""

    date: date
    working: bool
    name: str
    source: str
    published: bool


class WorkingDays(Shown, frozen=True):
    """Days under one edition of the calendar."""

    edition: str
    published_through: date
    items: tuple[CalendarDayShown, ...]
    next: None = None


class DaysQuery(Wire, frozen=True):
    """Which days; both ends are shown."""

    from_: date = field(name="from")
    to: date
    city: CityCode | None = None
    """With the closures of that city."""


_ASKED = Query[DaysQuery](DaysQuery)
LIST = Operation(reply=WorkingDays, query=_ASKED, problems=(Malformed, BeyondCalendar), tag="calendar")


@get("/v1/working-days", operation_id="listWorkingDays", summary="List days, worked or not, with their notices", opt=LIST.opt)
async def list_working_days(request: ApiRequest) -> Answer:
    """Answer with every day of the span."""
    asked = _ASKED.of(request)
    count = _count(asked)
    context = request.program.context()
    calendar = context.offices.editions[context.offices.newest].calendar(asked.city)
    days = (calendar.day(asked.from_ + timedelta(days=number)) for number in range(count))
    items = tuple(CalendarDayShown(day.date, day.working, day.name, day.source, day.published) for day in days)
    return reply(WorkingDays(calendar.edition, calendar.published_through, items))


def _count(asked: DaysQuery) -> int:
    count = (asked.to - asked.from_).days + 1
    if not 1 <= count <= MOST_DAYS:
        raise Malformed(
            sentence(
                "From {from_} to {to} are {count} days. Ask for 1 to {most_days} at once, the earlier day first.",
                from_=asked.from_,
                to=asked.to,
                count=count,
                most_days=MOST_DAYS,
            ),
            field="to",
        )
    return count
