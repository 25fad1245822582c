"""The ladder and other interviews (监管): every order, interview and referral with its clock, what came of it, and what comes next."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, link_to, place_after
from casework.access.caller import Caller
from casework.access.visibility import is_city_wide, sees_nothing_of, visible
from casework.shown import CityCode, Shown
from casework.supervision.views import Seen, SupervisionShown, supervision_shown
from domain.acts.field import Code
from domain.case import Case, CaseState
from domain.clock import Clock
from domain.ledger import Entry
from domain.refusals import Malformed, NotAllowed
from domain.supervision.state import order_of
from storage.cases.clocks import read_clocks_of
from storage.cases.ledger import read_ledgers
from storage.postgres.cursor import Place, decode_place, encode_place
from storage.postgres.transaction import Tx
from storage.supervision.supervision import SupervisionFilter, orders_under
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
LIST = Operation(reply=SupervisionPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")


@get("/v1/supervision", operation_id="listSupervision", summary="List orders to rectify, interviews and referrals", opt=LIST.opt)
async def list_supervision(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees the cases that it takes part in, and only who may take a rung sees which comes next."""
    asked = _ASKED.of(request)
    program = request.program
    context = program.context()
    after = place_after(asked.after, decode_place)
    if sees_nothing_of(request.user, asked.city, None):
        await request.program.must_know(request.user)
        return reply(SupervisionPage((), None))
    async with program.reading(request.user) as tx:
        cases = await find_supervision(tx, _chosen(request.user, asked), after, asked.limit + 1)
        seen = await _seen(tx, request.user, cases[: asked.limit])
    cursor = encode_place(Place(seen[-1].case.opened_at, seen[-1].case.case_id)) if len(cases) > len(seen) else None
    items = tuple(supervision_shown(context.book(one.case.scheme), one, context.now) for one in seen)
    return reply(SupervisionPage(items, cursor), headers=link_to(request, cursor))


def _chosen(caller: Caller, asked: SupervisionQuery) -> SupervisionFilter:
    return SupervisionFilter(
        city=caller.city,
        taking_part=None if is_city_wide(caller) else caller.party,
        party=asked.party,
        department=asked.department,
        state=asked.state,
        step=asked.step,
    )


async def _seen(tx: Tx, caller: Caller, cases: Sequence[Case]) -> list[Seen]:
    """Read each case as the caller sees it, its clocks, and the orders under the same commitment."""
    ids = [case.case_id for case in cases]
    ledgers, clocks = await read_ledgers(tx, ids), await read_clocks_of(tx, ids)
    under = {case_id: order.act.commitment for case_id in ids if (order := order_of(ledgers[case_id])) and order.act.commitment}
    orders = await orders_under(tx, sorted(set(under.values())))
    others = await read_ledgers(tx, sorted({one for several in orders.values() for one in several}))
    return [_one(caller, case, ledgers[case.case_id], clocks.get(case.case_id, []), others) for case in cases]


def _one(caller: Caller, case: Case, entries: Sequence[Entry], clocks: Sequence[Clock], others: dict[UUID, list[Entry]]) -> Seen:
    tells_next = is_city_wide(caller) or caller.party == case.opened_by
    return Seen(case, visible(caller, entries), clocks, others, tells_next=tells_next)
