"""Plans of supervision with their draws (监管方案、抽查): who was drawn, by which rank, and whether it has been inspected."""

from datetime import datetime
from functools import partial
from uuid import UUID

from litestar import get

from api.wire.answer import Answer
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages, each
from casework.access.caller import Caller
from casework.access.visibility import is_city_wide
from casework.program import Context
from casework.shown import CityCode, Shown
from casework.supervision.inspection_plans import FoundPlan, draws_in, plans_with_draws
from domain.acts.enforcement.ladder import Risk, Sampled, SampleDrawn
from domain.acts.enforcement.supervision import Year
from domain.acts.field import Code
from domain.case import Case, CaseState
from domain.ledger import Entry
from domain.refusals import Malformed, NotAllowed
from domain.supervision.drawing import rank_of
from domain.supervision.inspection_plan_checks import plan_of
from storage.postgres.cursor import Place, decode_place, encode_place
from storage.supervision.inspection_plans import InspectionPlanFilter
from storage.supervision.inspection_plans import list_inspection_plans as find_inspection_plans


class DrawnShown(Shown, frozen=True):
    """Works that were drawn, by rank: SHA-256 of the seed, a space and the case's id; the smallest come first."""

    case_id: UUID
    rank: str
    inspected: bool
    """An inspection names this case as its project."""


class StratumShown(Shown, frozen=True):
    """Works of one risk: from how many, and which; all that were drawn from stand in the act itself."""

    risk: Risk
    share: int
    """Per cent, by the plan."""
    works: int
    drawn: tuple[DrawnShown, ...]


class DrawShown(Shown, frozen=True):
    """One draw, which its seed repeats."""

    seq: int
    drawn_at: datetime
    seed: str
    strata: tuple[StratumShown, ...]


class InspectionPlanShown(Shown, frozen=True):
    """A department's plan of supervision for a year."""

    case_id: UUID
    department: str
    department_name: str
    year: int
    title: str
    items: tuple[str, ...]
    low: int
    middle: int
    high: int
    documents: tuple[UUID, ...]
    state: CaseState
    version: int
    planned_at: datetime
    clause: str | None
    assumption: str | None
    """How risk is told and works are drawn, where the plan is silent."""
    draws: tuple[DrawShown, ...]


class InspectionPlanPage(Shown, frozen=True):
    """Plans of supervision, the newest first."""

    items: tuple[InspectionPlanShown, ...]
    next: str | None


class InspectionPlansQuery(Wire, frozen=True):
    """Which plans."""

    city: CityCode | None = None
    department: Code | None = None
    year: Year | None = None
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[InspectionPlansQuery](InspectionPlansQuery)
_PAGES = Pages[Case, Place](InspectionPlanPage, lambda last: encode_place(Place(last.opened_at, last.case_id)), decode_place)
LIST = Operation(reply=InspectionPlanPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")


@get("/v1/inspection-plans", operation_id="listInspectionPlans", summary="List plans of supervision and their draws", opt=LIST.opt)
async def list_inspection_plans(request: ApiRequest) -> Answer:
    """Answer with a page; a department sees its own plans."""
    asked, context = _ASKED.of(request), request.program.context()
    chosen = _chosen(request.user, asked)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: find_inspection_plans(tx, chosen, after, most),
        each(partial(_shown, context), lambda tx, page: plans_with_draws(tx, request.user, page)),
    )


def _chosen(caller: Caller, asked: InspectionPlansQuery) -> InspectionPlanFilter:
    taking_part = None if is_city_wide(caller) else caller.party
    return InspectionPlanFilter(city=caller.city, taking_part=taking_part, department=asked.department, year=asked.year)


def _shown(context: Context, found: FoundPlan) -> InspectionPlanShown:
    case, plan, book = found.case, plan_of(found.entries), context.book(found.case.scheme)
    oversight = book.scheme.oversight
    return InspectionPlanShown(
        case_id=case.case_id,
        department=plan.department,
        department_name=book.name_of(plan.department),
        year=plan.year,
        title=plan.title,
        items=plan.items,
        low=plan.low,
        middle=plan.middle,
        high=plan.high,
        documents=plan.documents,
        state=case.state,
        version=case.version,
        planned_at=case.opened_at,
        clause=oversight.cite.clause if oversight else None,
        assumption=book.scheme.assumptions[oversight.assumes].text if oversight and oversight.assumes else None,
        draws=tuple(_draw(entry, act, found.inspected) for entry, act in draws_in(found.entries)),
    )


def _draw(entry: Entry, act: SampleDrawn, looked_at: frozenset[UUID]) -> DrawShown:
    return DrawShown(entry.seq, entry.occurred_at, act.seed, tuple(_stratum(act.seed, one, looked_at) for one in act.strata))


def _stratum(seed: str, one: Sampled, looked_at: frozenset[UUID]) -> StratumShown:
    drawn = tuple(DrawnShown(case_id, rank_of(seed, case_id), case_id in looked_at) for case_id in one.drawn)
    return StratumShown(one.risk, one.share, len(one.drawn_from), drawn)
