"""The steps of a finding's due process: served, objected to, decided and disposed of, each an act in the finding's case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import post

from api.wire.answer import Answer, reply
from api.wire.idempotency import once
from api.wire.operation import ApiRequest, Body, Operation, Wire
from casework.findings.steps import Step, take_step
from casework.findings.views import FindingWhole
from casework.recording.recording import etag
from domain.acts import Acted
from domain.acts.enforcement.audit import FindingNotified
from domain.acts.enforcement.process import Excuse, FindingDecided, FindingDisposed, FindingObjected, Outcome
from domain.acts.field import Moment, Text
from domain.acts.parts import Documents
from domain.case import Case
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotCovered, NotFound, OutOfOrder, StaleVersion


class Notification(Wire, frozen=True):
    """Served on the party (送达)."""

    served_at: Moment
    occurred_at: Moment | None = None
    """When it was told here; now, where it is left out."""


class Objection(Wire, frozen=True):
    """异议: why the finding is wrong or excusable; the scheme says who decides."""

    text: Text
    excuse: Excuse | None = None
    documents: Documents = ()
    occurred_at: Moment | None = None


class Decision(Wire, frozen=True):
    """认定, with its reasons."""

    outcome: Outcome
    reason: Text
    excuse: Excuse | None = None
    on_reading: Text | None = None
    documents: Documents = ()
    occurred_at: Moment | None = None


class Disposal(Wire, frozen=True):
    """处理结果: what came of it."""

    measure: Text
    documents: Documents = ()
    occurred_at: Moment | None = None


_PROBLEMS = (NotAllowed, NotFound, OutOfOrder, AlreadyDone, StaleVersion, Malformed, KeyReused)
_TAKES = ("Idempotency-Key", "If-Match")
_NOTIFICATION, _OBJECTION = Body[Notification](Notification), Body[Objection](Objection)
_DECISION, _DISPOSAL = Body[Decision](Decision), Body[Disposal](Disposal)


def _operation(body: Body[Any], example: dict[str, Any], *also: type[Exception]) -> Operation:
    return Operation(
        reply=FindingWhole,
        status=201,
        body=body,
        problems=(*_PROBLEMS, *also),
        headers=("Location", "ETag"),
        takes=_TAKES,
        examples={"an example": example},
        tag="findings",
    )


NOTIFY = _operation(_NOTIFICATION, {"servedAt": "2026-06-03T16:00:00+08:00"})
OBJECT = _operation(_OBJECTION, {"text": "申请人当日未提供用地红线图，次日补齐后已推送", "excuse": "applicant-delay"})
DECIDE = _operation(
    _DECISION, {"outcome": "excused", "reason": "申请人次日才补齐材料，有记录为证", "excuse": "applicant-delay"}, NotCovered
)
DISPOSE = _operation(_DISPOSAL, {"measure": "责令书面检查，计入年度考核"})


@post(
    "/v1/findings/{findingId:uuid}/notifications",
    operation_id="notifyFinding",
    summary="Tell that a finding was served on the party",
    status_code=201,
    opt=NOTIFY.opt,
)
async def notify_finding(request: ApiRequest) -> Answer:
    """Answer with the finding; not before lawful late entries had their time."""
    asked = await _NOTIFICATION.of(request)
    return await _step(request, FindingNotified(finding_id=_about(request), served_at=asked.served_at), asked.occurred_at)


@post(
    "/v1/findings/{findingId:uuid}/objections",
    operation_id="objectToFinding",
    summary="Object to a finding",
    status_code=201,
    opt=OBJECT.opt,
)
async def object_to_finding(request: ApiRequest) -> Answer:
    """Answer with the finding; the party that it is against objects alone, once, within its days."""
    asked = await _OBJECTION.of(request)
    act = FindingObjected(
        finding_id=_about(request), party=request.user.party, text=asked.text, excuse=asked.excuse, documents=asked.documents
    )
    return await _step(request, act, asked.occurred_at)


@post(
    "/v1/findings/{findingId:uuid}/decisions",
    operation_id="decideFinding",
    summary="Decide on a finding",
    status_code=201,
    opt=DECIDE.opt,
)
async def decide_finding(request: ApiRequest) -> Answer:
    """Answer with the finding; the scheme's decider decides, once, and never in its own cause."""
    asked = await _DECISION.of(request)
    return await _step(request, _decided(request, asked), asked.occurred_at)


@post(
    "/v1/findings/{findingId:uuid}/disposals",
    operation_id="disposeFinding",
    summary="Tell what came of a finding",
    status_code=201,
    opt=DISPOSE.opt,
)
async def dispose_finding(request: ApiRequest) -> Answer:
    """Answer with the finding; only of one that was upheld."""
    asked = await _DISPOSAL.of(request)
    act = FindingDisposed(finding_id=_about(request), measure=asked.measure, documents=asked.documents)
    return await _step(request, act, asked.occurred_at)


def _decided(request: ApiRequest, asked: Decision) -> FindingDecided:
    return FindingDecided(
        finding_id=_about(request),
        by=request.user.party,
        outcome=asked.outcome,
        reason=asked.reason,
        excuse=asked.excuse,
        on_reading=asked.on_reading,
        documents=asked.documents,
    )


def _about(request: ApiRequest) -> UUID:
    about: UUID = request.path_params["findingId"]
    return about


async def _step(request: ApiRequest, act: Acted, occurred_at: datetime | None) -> Answer:
    """Record a step in the finding's case, once; whoever sees the finding need not see the case."""
    program, context, caller, about = request.program, request.program.context(), request.user, _about(request)
    step = Step(about, request.headers.get("if-match"), act, occurred_at)

    def show(taken: tuple[Case, FindingWhole]) -> Answer:
        return reply(taken[1], 201, {"location": f"/v1/findings/{about}", "etag": etag(taken[0])})

    return await once(request, lambda tx: take_step(tx, context, program.ring, caller, step), show)
