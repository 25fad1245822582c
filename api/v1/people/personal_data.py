"""Persons' particulars: shown whole for a reason that the ledger keeps, and erased once a case is over; shows them nowhere else."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import post
from msgspec import Meta

from api.wire.answer import Answer, reply
from api.wire.idempotency import Discreet, once
from api.wire.operation import ApiRequest, Body, Operation, Wire
from casework.access.caller import Caller
from casework.program import Context
from casework.recording.recording import actor_of, etag, locked, write_act
from casework.shown import Shown
from domain.acts import tag_of
from domain.acts.fact import PersonalDataErased, PersonalDataRead
from domain.acts.field import Text
from domain.people.particulars import MARK
from domain.people.readers import Held, check_may_erase, check_may_read, held_in
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotFound, OutOfOrder, StaleVersion
from storage.cases.ledger import read_ledger
from storage.people.case_keys import destroy_key, read_key
from storage.people.sealing import CaseSeal, KeyRing
from storage.postgres.faults import KeyLost
from storage.postgres.transaction import Tx
from words import sentence

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
    examples={"kept long enough": {"reason": "案件办结，保存期限已满"}},
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
    program = request.program
    context = program.context()
    case_id, if_match = request.path_params["caseId"], request.headers.get("if-match")

    async def work(tx: Any) -> Discreet:  # noqa: ANN401 -- asyncpg comes without types
        return await _read(tx, context, program.ring, request.user, case_id, if_match, asked)

    return await once(request, work)


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
    program = request.program
    context = program.context()
    case_id, if_match = request.path_params["caseId"], request.headers.get("if-match")

    async def work(tx: Any) -> Answer:  # noqa: ANN401 -- asyncpg comes without types
        return await _erase(tx, context, program.ring, request.user, case_id, if_match, asked)

    return await once(request, work)


async def _read(
    tx: Tx, context: Context, ring: KeyRing, caller: Caller, case_id: UUID, if_match: str | None, asked: PersonalDataRequest
) -> Discreet:
    case = await locked(tx, caller, case_id, if_match)
    ledger = await read_ledger(tx, case_id)
    check_may_read(context.book(case.scheme), case, ledger, actor_of(caller))
    held = held_in(ledger, asked.fields)
    seal = await _seal_of(tx, ring, case_id)
    plain = [(field.mask, _whole(one, seal)) for one in held for _, field, _ in [one]]
    act = PersonalDataRead(reason=asked.reason, fields=tuple(sorted({field.name for _, field, _ in held})))
    made, _ = await write_act(tx, context, ring, caller, case, act, None)
    headers = {"etag": etag(made.case)}
    whole = ParticularsShown(case_id, made.case.version, tuple(one for _, one in plain))
    less = tuple(ParticularShown(one.seq, one.act, one.field, mask(one.value)) for mask, one in plain)
    return Discreet(reply(whole, headers=headers), reply(ParticularsShown(case_id, made.case.version, less), headers=headers))


async def _erase(
    tx: Tx, context: Context, ring: KeyRing, caller: Caller, case_id: UUID, if_match: str | None, asked: ErasureRequest
) -> Answer:
    case = await locked(tx, caller, case_id, if_match)
    check_may_erase(context.book(case.scheme), case, actor_of(caller))
    held = held_in(await read_ledger(tx, case_id))
    at = context.now
    if not await destroy_key(tx, case_id, at):
        raise AlreadyDone(sentence("The persons of this case were erased before."))
    made, _ = await write_act(tx, context, ring, caller, case, PersonalDataErased(reason=asked.reason), None)
    plain = tuple(sorted({entry.seq for entry, _, text in held if not text.startswith(MARK)}))
    return reply(ParticularsErased(case_id, made.case.version, at, plain), headers={"etag": etag(made.case)})


async def _seal_of(tx: Tx, ring: KeyRing, case_id: UUID) -> CaseSeal | None:
    """Give what opens the case's particulars; None where all of them were written before anything was sealed."""
    kept = await read_key(tx, case_id)
    if kept is not None and kept.erased_at is not None:
        raise NotFound(sentence("The persons of this case were erased at {erased_at}.", erased_at=kept.erased_at.isoformat()))
    return ring.seal_of(case_id, kept.wrapped) if kept and kept.wrapped else None


def _whole(held: Held, seal: CaseSeal | None) -> ParticularShown:
    entry, field, text = held
    if seal is None and text.startswith(MARK):
        raise KeyLost(sentence("case {case_id} has sealed particulars and no key", case_id=entry.case_id))
    return ParticularShown(entry.seq, tag_of(entry.act), field.name, seal.opened(field.name, text) if seal else text)
