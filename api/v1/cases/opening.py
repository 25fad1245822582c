"""Opening a case by its first act: one open case for one project, and what is out of scope kept as refused."""

from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
from litestar import post

from api.v1.cases.duplicate_applications import awaits_application, first_about, refuse_second
from api.v1.cases.opening_examples import OPENINGS
from api.v1.cases.out_of_scope import not_covered, refusal_in
from api.wire.answer import Answer, reply
from api.wire.idempotency import once
from api.wire.operation import ApiRequest, Body, Operation, Wire
from casework.access.caller import Caller
from casework.cases.views import CaseShown, case_shown
from casework.program import Context
from casework.recording.opening import NewCase, _kept, _opened
from casework.recording.recording import etag, write_act
from casework.shown import CityCode
from domain.acts import BY_OPERATION, KINDS, Acted, tag_of, union_of
from domain.acts.field import Code, Moment
from domain.case import Case
from domain.recording.opening import OPENS
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotCovered, NotFound
from domain.schemes.rule import CaseKind
from storage.people.sealing import KeyRing
from storage.postgres.faults import SubjectTaken
from storage.postgres.transaction import Tx
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
    program = request.program
    context = program.context()
    caller = request.user
    if OPENS[tag_of(asked.body)] != asked.kind:
        raise Malformed(
            sentence(
                "{tag!r} opens a case of kind {opens!r}, not {kind!r}.",
                tag=tag_of(asked.body),
                opens=OPENS[tag_of(asked.body)],
                kind=asked.kind,
            ),
            field="kind",
        )
    if asked.city != caller.city:
        raise NotAllowed(
            sentence("Your party {party!r} belongs to city {city}, not {city2}.", party=caller.party, city=caller.city, city2=asked.city)
        )
    try:
        return await once(request, lambda tx: _open(tx, context, program.ring, caller, asked))
    except SubjectTaken:  # another opened it between our look and our write: it is there now, and is named
        return await once(request, lambda tx: _open(tx, context, program.ring, caller, asked))


async def _open(tx: Tx, context: Context, ring: KeyRing, caller: Caller, asked: CaseOpening) -> Answer:
    opened, seal = await _opened(tx, context, ring, caller, NewCase(asked.city, asked.body, asked.district, asked.occurred_at), uuid4())
    first = await first_about(tx, opened.case)
    if first is not None:
        return await _further(tx, context, ring, caller, first, asked)
    case, clocks = await _kept(tx, context, opened, seal)
    refused = refusal_in(asked.body, opened.entries)
    if refused is not None:
        return not_covered(case, refused)
    shown = case_shown(context, case, clocks, caller, opened.doubts)
    return reply(shown, 201, {"location": f"/v1/cases/{case.case_id}", "etag": etag(case)})


async def _further(tx: Tx, context: Context, ring: KeyRing, caller: Caller, first: Case, asked: CaseOpening) -> Answer:
    """An application that a demand waits for goes into its case, at whatever window it is handed in; any other form is a second one."""
    held = await awaits_application(tx, ring, first, asked.body)
    if held is None:
        return await refuse_second(tx, context, ring, caller, first, asked.body)
    located = msgspec.structs.replace(held, district=held.district or asked.district)
    made, clocks = await write_act(tx, context, ring, caller, located, asked.body, asked.occurred_at)
    shown = case_shown(context, made.case, clocks, caller, made.doubts)
    return reply(shown, 201, {"location": f"/v1/cases/{held.case_id}", "etag": etag(made.case)})
