"""Opening a case by its first act: one open case for one project, and what is out of scope kept as refused."""

from typing import TYPE_CHECKING

from litestar import post

from api.v1.cases.opening_examples import OPENINGS
from api.wire.answer import Answer, reply
from api.wire.idempotency import once_or_again
from api.wire.operation import ApiRequest, Body, Operation, Wire
from casework.access.caller import Caller
from casework.cases.views import CaseShown, case_shown
from casework.program import Context
from casework.recording.intake import Taken
from casework.recording.intake import open_case as take_in
from casework.recording.opening import NewCase
from casework.recording.recording import etag
from casework.shown import CityCode
from domain.acts import BY_OPERATION, KINDS, OPENS, Acted, tag_of, union_of
from domain.acts.field import Code, Moment
from domain.acts.kinds import CaseKind
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotCovered, NotFound
from words import sentence

if TYPE_CHECKING:
    OpeningAct = Acted
else:
    OpeningAct = union_of(tuple(KINDS[act] for act in OPENS if act not in BY_OPERATION))


class CaseOpening(Wire, frozen=True):
    """A new case: its kind, its city, and the act that opens it."""

    kind: CaseKind
    city: CityCode
    body: OpeningAct
    district: Code | None = None
    occurred_at: Moment | None = None
    """When it happened; now, where it is left out."""


_BODY = Body[CaseOpening](CaseOpening)
OPEN = Operation(
    reply=CaseShown,
    status=201,
    body=_BODY,
    problems=(NotAllowed, NotFound, AlreadyDone, NotCovered, Malformed, KeyReused),
    headers=("Location", "ETag"),
    takes=("Idempotency-Key",),
    examples=OPENINGS,
    tag="cases",
)


@post("/v1/cases", operation_id="openCase", summary="Open a case by its first act", status_code=201, opt=OPEN.opt)
async def open_case(request: ApiRequest) -> Answer:
    """Answer with the case; an application out of scope is kept as refused, and the problem says so with its id and clause.

    The application of a project whose demand is registered goes into the demand's case.
    """
    asked = await _BODY.of(request)
    _check(asked, request.user)
    program, context, caller = request.program, request.program.context(), request.user
    new = NewCase(asked.city, asked.body, asked.district, asked.occurred_at)
    return await once_or_again(
        request, lambda tx: take_in(tx, context, program.ring, caller, new), lambda taken: _answer(context, caller, taken)
    )


def _check(asked: CaseOpening, caller: Caller) -> None:
    opens = OPENS[tag_of(asked.body)]
    if opens != asked.kind:
        raise Malformed(
            sentence("{act!r} opens a case of kind {opens!r}, not {kind!r}.", act=tag_of(asked.body), opens=opens, kind=asked.kind),
            field="kind",
        )
    if asked.city != caller.city:
        raise NotAllowed(
            sentence("Your party {party!r} belongs to city {city}, not {asked}.", party=caller.party, city=caller.city, asked=asked.city)
        )


def _answer(context: Context, caller: Caller, taken: Taken) -> Answer:
    shown = case_shown(context, taken.case, taken.clocks, caller, taken.doubts)
    return reply(shown, 201, {"location": f"/v1/cases/{taken.case.case_id}", "etag": etag(taken.case)})
