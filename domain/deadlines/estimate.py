"""When would it be due, and why: one rule's limit from a moment, without a case."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from calendars import BeyondCalendar, DayCount, Limit, OfficeClock
from domain.cases.moments import whole
from domain.clock import Span
from domain.refusals import Malformed, NotComputable, NotCovered
from domain.schemes.program import DeadlineProgram
from domain.schemes.rule import Rule
from domain.schemes.rulebook import Rulebook
from words import sentence


class Also(Struct, frozen=True):
    """The due moment under the other tenable reading, and which reading that is."""

    due: datetime | None
    reading: str


class Estimate(Struct, frozen=True):
    """A due moment with everything that it rests on; moments are UTC."""

    rule: Rule
    start: datetime
    due: datetime | None
    warn: datetime | None
    provisional: bool
    edition: str
    also: Also | None
    statutory: datetime | None
    assumptions: tuple[str, ...]
    days: tuple[DayCount, ...]


def estimate(book: Rulebook, name: str, start: datetime, stops: Sequence[Span], office: OfficeClock, *, explained: bool = True) -> Estimate:
    """Work out when a rule would be due from a moment, with stops; the rule by its slug or an obligation id."""
    rule = book.rule(name)
    program = _deadline(book, rule)
    limit = _limit(program, rule)
    at, spans = whole(start), _spans(program, rule, stops)
    try:
        return _estimate(program, limit, at, spans, office, explained=explained)
    except BeyondCalendar as fault:
        raise Malformed(fault.args[0], field="from") from fault


def _estimate(
    program: DeadlineProgram, limit: Limit, at: datetime, spans: Sequence[Span], office: OfficeClock, *, explained: bool
) -> Estimate:
    due = office.due(at, limit, spans)
    warn = office.warn(at, due, limit, *program.warn, spans) if program.warn and due is not None else None
    return Estimate(
        rule=program.rule,
        start=at,
        due=due,
        warn=warn,
        provisional=due is not None and office.calendar.is_provisional(due),
        edition=office.calendar.edition,
        also=Also(office.due(at, limit, spans, program.reading), in_words(program.rule)) if program.reading else None,
        statutory=office.due(at, program.statutory, spans) if program.statutory else None,
        assumptions=program.rule.assumes,
        days=tuple(office.explain(at, limit, due, spans)) if explained else (),
    )


def _deadline(book: Rulebook, rule: Rule) -> DeadlineProgram:
    program = book.programs[rule.id]
    if not isinstance(program, DeadlineProgram):
        message = sentence("{rule!r} is a counted standard: it has no due moment", rule=rule.id)
        raise NotComputable(message)
    return program


def _limit(program: DeadlineProgram, rule: Rule) -> Limit:
    if program.limit is None:
        what = (
            sentence("the class of the matter")
            if program.given and program.given.by
            else sentence("a day or moment in the act that starts it")
        )
        message = sentence("the limit of {rule!r} is given by {what}; it cannot be worked out from a moment alone", rule=rule.id, what=what)
        raise NotComputable(message)
    return program.limit


def _spans(program: DeadlineProgram, rule: Rule, stops: Sequence[Span]) -> Sequence[Span]:
    if stops and not program.may_stop:
        message = sentence("the clock of {rule!r} may not be stopped; only a department's approval clock may", rule=rule.id)
        raise NotCovered(message, rule=rule.id)
    for begin, end in stops:
        if end is not None and end <= begin:
            message = sentence("a stop from {begin} to {end} ends before it begins", begin=begin.isoformat(), end=end.isoformat())
            raise Malformed(message, field="stops")
    return [(whole(begin), None if end is None else whole(end)) for begin, end in stops]


def in_words(rule: Rule) -> str:
    """Name the other reading of a rule as people say it."""
    other = rule.also_read_as
    if other is None:
        return ""
    words = (
        (other.limit, f"时限按 {other.limit} 计"),
        (other.closes, "截止到当日 24:00"),
        (other.rest_day_start, "休息日收到的，视为下一工作日收到"),
        (other.half, "半日按下一个办公时段计"),
        (other.until, "截止到当日下班"),
    )
    return "；".join(text for given, text in words if given)
