"""Persons' particulars: shown whole for a reason that the ledger keeps, and erased once a case is over; shows them nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import post
from msgspec import Meta

from api.wire.answer import Answer, reply
from api.wire.idempotency import Discreet, once
from api.wire.operation import ApiRequest, Body, Operation, Wire
from casework.recording.personal_data import Erased, Particular, WholeRead, erase, read_whole
from casework.recording.recording import etag
from casework.shown import Shown
from domain.acts.field import Text
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotFound, OutOfOrder, StaleVersion

FieldName = Annotated[str, Meta(min_length=1, max_length=100)]


class PersonalDataRequest(Wire, frozen=True):
    """Why somebody has to be reached, and which particulars are needed for that."""

    reason: Text
    fields: Annotated[tuple[FieldName, ...], Meta(max_length=20)] = ()
    """By name, as `form.applicant.phone` or `customer.phone`; all, where it is empty."""


class ErasureRequest(Wire, frozen=True):
    """Why they are erased."""

    reason: Text


class ParticularShown(Shown, frozen=True):
    """One particular, as the entry of that number had it."""

    seq: int
    act: str
    field: str
    value: str


class ParticularsShown(Shown, frozen=True):
    """The particulars that were asked for; a repeated request under the same key is answered with masked ones."""

    case_id: UUID
    version: int
    items: tuple[ParticularShown, ...]


class ParticularsErased(Shown, frozen=True):
    """Nobody can read the case's persons again, save in the entries named."""

    case_id: UUID
    version: int
    erased_at: datetime
    kept_plain: tuple[int, ...]
    """Entries written before particulars were sealed: masked in every reply, and plain in the database for good."""


_ASKING = Body[PersonalDataRequest](PersonalDataRequest)
_ERASING = Body[ErasureRequest](ErasureRequest)
_PROBLEMS = (NotAllowed, NotFound, OutOfOrder, AlreadyDone, StaleVersion, Malformed, KeyReused)
READ = Operation(
    reply=ParticularsShown,
    body=_ASKING,
    problems=_PROBLEMS,
    headers=("ETag",),
    takes=("Idempotency-Key", "If-Match"),
    examples={"to agree on a visit": {"reason": "预约踏勘时间", "fields": ["form.applicant.contact", "form.applicant.phone"]}},
    tag="personal-data",
)
ERASE = Operation(
    reply=ParticularsErased,
    body=_ERASING,
    problems=_PROBLEMS,
    headers=("ETag",),
    takes=("Idempotency-Key", "If-Match"),
    examples={"kept long enough": {"reason": "办件办结，保存期限已满"}},
    tag="personal-data",
)


@post(
    "/v1/cases/{caseId:uuid}/personal-data",
    operation_id="readPersonalData",
    summary="Read the persons of a case whole, with a reason",
    status_code=200,
    opt=READ.opt,
)
async def read_personal_data(request: ApiRequest) -> Answer:
    """Answer with the particulars, once it is written who read which, and why."""
    asked = await _ASKING.of(request)
    program, context, about = request.program, request.program.context(), _about(request)

    def show(read: WholeRead) -> Discreet:
        headers = {"etag": etag(read.case)}
        return Discreet(reply(_page(read, read.whole), headers=headers), reply(_page(read, read.masked), headers=headers))

    return await once(request, lambda tx: read_whole(tx, context, program.ring, request.user, about, asked.reason, asked.fields), show)


@post(
    "/v1/cases/{caseId:uuid}/personal-data/erasure",
    operation_id="erasePersonalData",
    summary="Erase the persons of a case that is over",
    status_code=200,
    opt=ERASE.opt,
)
async def erase_personal_data(request: ApiRequest) -> Answer:
    """Answer when they were erased; the ledger stays whole, and its persons are gone with their key."""
    asked = await _ERASING.of(request)
    program, context, about = request.program, request.program.context(), _about(request)

    def show(erased: Erased) -> Answer:
        shown = ParticularsErased(erased.case.case_id, erased.case.version, erased.erased_at, erased.kept_plain)
        return reply(shown, headers={"etag": etag(erased.case)})

    return await once(request, lambda tx: erase(tx, context, program.ring, request.user, about, asked.reason), show)


def _about(request: ApiRequest) -> tuple[UUID, str | None]:
    return request.path_params["caseId"], request.headers.get("if-match")


def _page(read: WholeRead, items: Iterable[Particular]) -> ParticularsShown:
    return ParticularsShown(read.case.case_id, read.case.version, tuple(ParticularShown(*one) for one in items))
