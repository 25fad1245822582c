"""Every clock of a case: its rule and clause, who owes it, when it is due and why; counted standards are findings, not clocks."""

from datetime import datetime
from uuid import UUID

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation
from casework.access.caller import Caller
from casework.access.visibility import seen_as_told, sees_clock
from casework.cases.views import state_for
from casework.deadlines.views import AlsoShown, DayShown, StopShown, day_shown
from casework.program import Context
from casework.schemes.rules import Words, words
from casework.shown import Shown
from domain.clock import Clock
from domain.deadlines.estimate import in_words
from domain.deadlines.explain import days_of
from domain.deadlines.readings import class_of, readings_of
from domain.judging.situation import Situation
from domain.refusals import NotAllowed, NotFound
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledger


class ClockShown(Shown, frozen=True):
    """One clock."""

    rule: str
    title: str
    cites: tuple[Words, ...]
    keys: dict[str, str]
    party: str
    party_name: str
    started_at: datetime
    due_at: datetime | None
    """The last good moment; null while a stop without an end lasts."""
    warn_at: datetime | None
    state: str
    ended_at: datetime | None
    """When it was met, missed and done after all, or made void: the moment of the act."""
    also: AlsoShown | None
    """Another tenable reading of the limit."""
    also_missed: bool
    """Whether it is missed under that reading; where under that one alone, there is no finding."""
    statutory_due_at: datetime | None
    """The law's own limit, where it has one."""
    provisional: bool
    """It reaches past the last published year and is dated again with the next notice."""
    late_entry: bool
    """Done in time by its own moment, but written down too late to stand as it is."""
    stops: tuple[StopShown, ...]
    edition: str
    days: tuple[DayShown, ...]


class ClockPage(Shown, frozen=True):
    """All clocks of a case, at a version of it."""

    case_id: UUID
    version: int
    items: tuple[ClockShown, ...]
    next: None = None


LIST = Operation(reply=ClockPage, problems=(NotAllowed, NotFound), tag="cases")


@get("/v1/cases/{caseId:uuid}/deadlines", operation_id="listCaseDeadlines", summary="Read every clock of a case, explained", opt=LIST.opt)
async def list_case_deadlines(request: ApiRequest) -> Answer:
    """Answer with every clock and its day-by-day count."""
    context, caller = request.program.context(), request.user
    async with request.program.reading(caller) as tx:
        case = await seen_as_told(tx, caller, request.path_params["caseId"])
        clocks, entries = await read_clocks(tx, case.case_id), await read_ledger(tx, case.case_id)
    situation = Situation(context.book(case.scheme), entries)
    seen = (clock for clock in clocks if not clock.counted and sees_clock(caller, situation.book, clock))
    return reply(ClockPage(case.case_id, case.version, tuple(_shown(context, situation, clock, caller) for clock in seen)))


def _shown(context: Context, situation: Situation, clock: Clock, caller: Caller) -> ClockShown:
    book = situation.book
    rule = book.rules[clock.rule]
    readings, now = readings_of(situation, clock, context.offices), context.now
    return ClockShown(
        rule=clock.rule,
        title=rule.title,
        cites=tuple(words(cite) for cite in rule.cites),
        keys=book.rules[clock.rule].named(clock.keys),
        party=clock.party,
        party_name=book.name_of(clock.party),
        started_at=clock.started,
        due_at=clock.due,
        warn_at=clock.warn,
        state=state_for(caller, clock, now),
        ended_at=clock.ended_at,
        also=AlsoShown(readings.also, in_words(rule)) if readings.also else None,
        also_missed=caller.role != "portal" and _is_missed(clock, readings.also, now),
        statutory_due_at=readings.statutory,
        provisional=clock.provisional,
        late_entry=clock.late_entry and caller.role != "portal",
        stops=tuple(StopShown(begin, end) for begin, end in clock.stops),
        edition=clock.edition,
        days=tuple(day_shown(day) for day in days_of(book, clock, context.offices, class_of(situation, clock.start_seq))),
    )


def _is_missed(clock: Clock, due: datetime | None, now: datetime) -> bool:
    return due is not None and clock.state != "void" and (clock.ended_at or now) > due
