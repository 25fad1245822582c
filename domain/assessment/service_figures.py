"""What the service asked of the user ("1.5"): links, materials, visits, fees, days to connection, beside what the plan promises."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from msgspec import Struct

from calendars import Measure
from domain.acts import Acted
from domain.acts.fact import FeeCharged, FormDemanded, MaterialRequested, VisitRequired
from domain.clock import Clock
from domain.judging.situation import Situation
from domain.offices import Offices
from domain.schemes.enforcement import Figure, FigureName
from domain.schemes.program import DeadlineProgram
from domain.schemes.rulebook import Rulebook

A = TypeVar("A", bound=Acted)


class FigurePart(NamedTuple):
    """How much of a figure is a party's doing; nobody's where it is the user's own application."""

    party: str | None
    amount: int


class ServiceFigure(Struct, frozen=True, kw_only=True):
    """One figure of a case beside the promise; fees in 分, days in hundredths of a working day."""

    promised: Figure
    value: int | None
    """The slowest connection where it is days; null before the first."""
    parts: tuple[FigurePart, ...] = ()

    @property
    def kept(self) -> bool | None:
        return None if self.value is None else self.value <= self.promised.at_most


def figures_of(case: Situation, clocks: Iterable[Clock], offices: Offices) -> tuple[ServiceFigure, ...]:
    """Give the figures that the case's plan has, and no others."""
    kept = list(clocks)
    return tuple(
        _connections(one, case, kept, offices) if one.what == "working-days" else _counted(one, _COUNTS[one.what](case))
        for one in case.book.scheme.figures
    )


def connected_within(book: Rulebook, rule: str, party: str, between: tuple[datetime, datetime], offices: Offices) -> int:
    """Measure a connection in hundredths of a working day, begun ones counted, as the rule's own limit is measured."""
    program, office = book.programs[rule], offices.of(book, party, offices.newest)
    if isinstance(program, DeadlineProgram) and program.limit is not None and program.limit.measure is Measure.WORKING_DAYS:
        return 100 * office.elapsed(Measure.WORKING_DAYS, *between)
    return -(-100 * office.office_seconds(*between) // office.seconds_a_day)


def _connections(promised: Figure, case: Situation, clocks: Sequence[Clock], offices: Offices) -> ServiceFigure:
    rule = promised.rule or ""
    parts = tuple(
        FigurePart(clock.party, connected_within(case.book, rule, clock.party, (clock.started, clock.ended_at), offices))
        for clock in clocks
        if clock.rule == rule and clock.state in {"met", "late"} and clock.ended_at is not None
    )
    return ServiceFigure(promised=promised, value=max((part.amount for part in parts), default=None), parts=parts)


def _counted(promised: Figure, parts: tuple[FigurePart, ...]) -> ServiceFigure:
    return ServiceFigure(promised=promised, value=sum(part.amount for part in parts), parts=parts)


def _once(case: Situation, kind: type[A]) -> list[A]:
    """Give acts of a kind; one and the same fact counts once, whoever else has written it down too."""
    return [act for _, act in {(entry.occurred_at, act): (entry, act) for entry, act in case.each(kind)}.values()]


def _visits(case: Situation) -> tuple[FigurePart, ...]:
    return tuple(FigurePart(act.required_by, 1) for act in _once(case, VisitRequired))


def _materials(case: Situation) -> tuple[FigurePart, ...]:
    return tuple(FigurePart(act.requested_by, 1) for act in _once(case, MaterialRequested))


def _fees(case: Situation) -> tuple[FigurePart, ...]:
    return tuple(FigurePart(act.charged_by, act.amount) for act in _once(case, FeeCharged) if act.works == "off-site" and act.amount)


def _forms(case: Situation) -> tuple[FigurePart, ...]:
    return tuple(FigurePart(act.demanded_by, 1) for act in _once(case, FormDemanded))


def _links(case: Situation) -> tuple[FigurePart, ...]:
    """Count what the user had to do: the one application, and whatever else somebody asked of it."""
    applied = (FigurePart(None, 1),) if case.of("application.accepted") else ()
    paid = tuple(FigurePart(part.party, 1) for part in _fees(case))
    return (*applied, *_visits(case), *_materials(case), *paid, *_forms(case))


_COUNTS: Mapping[FigureName, Callable[[Situation], tuple[FigurePart, ...]]] = {
    "links": _links,
    "materials": _materials,
    "visits": _visits,
    "fees": _fees,
    "forms": _forms,
}
