"""The ladder and other interviews (监管): every order, interview and referral with its clock, what came of it, and what comes next."""

from functools import partial
from typing import Literal

from litestar import get

from api.wire.answer import Answer
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages, each
from casework.access.caller import Caller
from casework.access.visibility import is_city_wide
from casework.shown import CityCode, Shown
from casework.supervision.reading import supervision_seen
from casework.supervision.views import SupervisionShown, supervision_shown
from domain.acts.field import Code
from domain.case import Case, CaseState
from domain.refusals import Malformed, NotAllowed
from storage.postgres.cursor import Place, decode_place, encode_place
from storage.supervision.supervision import SupervisionFilter
from storage.supervision.supervision import list_supervision as find_supervision

SupervisionStep = Literal[
    "rectification.ordered",
    "rectification.reported",
    "rectification.judged",
    "interview.called",
    "interview.arranged",
    "interview.held",
    "penalty.referred",
    "referral.answered",
]


class SupervisionPage(Shown, frozen=True):
    """Cases of supervision, the newest first."""

    items: tuple[SupervisionShown, ...]
    next: str | None


class SupervisionQuery(Wire, frozen=True):
    """Which cases of supervision."""

    city: CityCode | None = None
    party: Code | None = None
    """Who is ordered or called in."""
    department: Code | None = None
    """Who orders or calls in; of an interview on another ground, who arranged it."""
    state: CaseState | None = None
    step: SupervisionStep | None = None
    """What was done last."""
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[SupervisionQuery](SupervisionQuery)
_PAGES = Pages[Case, Place](SupervisionPage, lambda last: encode_place(Place(last.opened_at, last.case_id)), decode_place)
LIST = Operation(reply=SupervisionPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")


@get("/v1/supervision", operation_id="listSupervision", summary="List orders to rectify, interviews and referrals", opt=LIST.opt)
async def list_supervision(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees the cases that it takes part in, and only who may take a rung sees which comes next."""
    asked, context, caller = _ASKED.of(request), request.program.context(), request.user
    chosen = _chosen(caller, asked)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: find_supervision(tx, chosen, after, most),
        each(partial(supervision_shown, context), lambda tx, page: supervision_seen(tx, caller, page)),
    )


def _chosen(caller: Caller, asked: SupervisionQuery) -> SupervisionFilter:
    return SupervisionFilter(
        city=caller.city,
        taking_part=None if is_city_wide(caller) else caller.party,
        party=asked.party,
        department=asked.department,
        state=asked.state,
        step=asked.step,
    )
