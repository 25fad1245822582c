"""The one plan of a case (一个方案): each utility's part, who digs where, and what could be dug once; read by everyone in the case."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation
from casework.access.visibility import seen_case
from casework.schemes.rules import Words, words
from casework.shown import Shown
from domain.acts.connection import SurveyHeld
from domain.judging.route import Route
from domain.judging.situation import Situation
from domain.refusals import NotAllowed, NotFound
from domain.schemes.rulebook import Rulebook
from domain.works.plan import Plan, WorksPart, plan_of
from storage.cases.cases import read_case
from storage.cases.ledger import read_ledger


class RouteShown(Shown, frozen=True):
    """Which way the works of one utility are approved, and why."""

    route: Literal["commitment", "joint", "none"]
    because: str
    metres: int
    """All that counts towards the threshold."""
    cite: Words | None


class PlanPartShown(Shown, frozen=True):
    """One utility's part of the plan; without a moment it has not been issued."""

    utility: str
    name: str
    feasible: bool | None
    works_needed: bool | None
    metres: int
    route: RouteShown | None
    """Null until a survey has said what works it needs."""
    issued_at: datetime | None
    seq: int | None
    standard: str | None
    shares_trench_with: tuple[str, ...]
    documents: tuple[UUID, ...]


class TrenchShown(Shown, frozen=True):
    """One stretch: for whom it is dug, and who with a stretch of its own there digs together with them."""

    place: str
    utilities: tuple[str, ...]
    metres: int
    does: tuple[str, ...]
    together_with: tuple[str, ...]


class CouldShareShown(Shown, frozen=True):
    """Stretches at one place that are planned apart, and the metres that would not be dug twice."""

    place: str
    utilities: tuple[str, ...]
    metres: int


class CountedTogether(Shown, frozen=True):
    """Works of another case at the same place that count towards the threshold."""

    utility: str
    place: str
    metres: int
    other_case: UUID
    days: int


class SurveyedShown(Shown, frozen=True):
    """The survey that the plan rests on."""

    seq: int
    held_at: datetime
    called_by: str
    participants: tuple[str, ...]
    reason: str | None


class PlanShown(Shown, frozen=True):
    """The plan of a case; before a survey its parts alone."""

    case_id: UUID
    survey: SurveyedShown | None
    complete: bool
    """Every utility that has something to build has issued its part."""
    parts: tuple[PlanPartShown, ...]
    stretches: tuple[TrenchShown, ...]
    metres_named: int
    metres_dug: int
    could_share: tuple[CouldShareShown, ...]
    counted_together: tuple[CountedTogether, ...]


READ = Operation(reply=PlanShown, problems=(NotAllowed, NotFound), tag="cases")


@get("/v1/cases/{caseId:uuid}/plan", operation_id="readPlan", summary="Read the one plan of a case", opt=READ.opt)
async def read_plan(request: ApiRequest) -> Answer:
    """Answer with the plan as the last survey and the utilities' parts make it."""
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        entries = await read_ledger(tx, case.case_id)
    book = context.book(case.scheme)
    return reply(_shown(book, case.case_id, plan_of(Situation(book, entries))))


def _shown(book: Rulebook, case_id: UUID, plan: Plan) -> PlanShown:
    return PlanShown(
        case_id=case_id,
        survey=_survey(plan),
        complete=plan.survey is not None and all(part.issued_at for part in plan.parts if part.metres),
        parts=tuple(_part(book, part) for part in plan.parts),
        stretches=tuple(TrenchShown(one.place, one.utilities, one.metres, one.does, one.together_with) for one in plan.trenches),
        metres_named=plan.metres_named,
        metres_dug=plan.metres_dug,
        could_share=tuple(CouldShareShown(one.place, one.utilities, one.metres) for one in plan.could_share),
        counted_together=tuple(CountedTogether(one.utility, one.place, one.metres, one.other_case, one.days) for one in plan.together),
    )


def _survey(plan: Plan) -> SurveyedShown | None:
    if plan.survey is None or not isinstance(plan.survey.act, SurveyHeld):
        return None
    entry, act = plan.survey, plan.survey.act
    return SurveyedShown(entry.seq, entry.occurred_at, act.called_by, act.participants, act.reason)


def _part(book: Rulebook, part: WorksPart) -> PlanPartShown:
    return PlanPartShown(
        utility=part.utility,
        name=book.name_of(part.utility),
        feasible=part.feasible,
        works_needed=part.works_needed,
        metres=part.metres,
        route=None if part.works_needed is None else _route(part.route),
        issued_at=part.issued_at,
        seq=part.seq,
        standard=part.standard,
        shares_trench_with=part.shares_trench_with,
        documents=part.documents,
    )


def _route(route: Route) -> RouteShown:
    return RouteShown(route.route, route.because, route.metres, words(route.cite) if route.cite else None)
