"""One question and its answer as JSON, and who answers it; no command words and no colours."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct, field

from calendars import SHANGHAI, Edition, OfficeClock
from casework.deadlines.views import DayShown, day_shown
from domain.clock import Span
from domain.deadlines.estimate import Estimate, estimate
from domain.schemes.rulebook import Rulebook


class Also(Struct, frozen=True):
    due: datetime | None
    reading: str


class Cite(Struct, frozen=True):
    clause: str
    quote: str
    document: str | None


class Answer(Struct, frozen=True, omit_defaults=True):
    """`due` is null while a stop without an end keeps the clock standing; `days` is left out where nobody asked."""

    rule: str
    from_: datetime = field(name="from")
    due: datetime | None
    warn: datetime | None
    provisional: bool
    edition: str
    also: Also | None
    statutory: datetime | None
    assumptions: tuple[str, ...]
    title: str
    cites: tuple[Cite, ...]
    days: tuple[DayShown, ...] | None = None


class Counter:
    """Answers for one scheme under one calendar edition, by the hours of one office."""

    def __init__(self, book: Rulebook, edition: Edition, party: str | None) -> None:
        self.book = book
        sessions = book.sessions_of("" if party is None else book.party(party).code)
        self.office = OfficeClock(edition.calendar(book.scheme.city.code), sessions)

    def estimate(self, rule: str, start: datetime, stops: Sequence[Span], *, explained: bool) -> Estimate:
        return estimate(self.book, rule, start, stops, self.office, explained=explained)

    def assumptions(self, found: Estimate) -> list[tuple[str, str, str]]:
        """Give each assumption behind the answer: its name, its text, its reason."""
        named = self.book.scheme.assumptions
        return [(code, named[code].text, named[code].because) for code in found.assumptions]


def answer(found: Estimate, *, explained: bool) -> Answer:
    rule = found.rule
    return Answer(
        rule=rule.id,
        from_=found.start.astimezone(SHANGHAI),
        due=_local(found.due),
        warn=_local(found.warn),
        provisional=found.provisional,
        edition=found.edition,
        also=None if found.also is None else Also(_local(found.also.due), found.also.reading),
        statutory=_local(found.statutory),
        assumptions=found.assumptions,
        title=rule.title,
        cites=tuple(Cite(cite.clause, cite.quote, cite.document) for cite in rule.cites),
        days=tuple(map(day_shown, found.days)) if explained else None,
    )


def _local(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(SHANGHAI)
