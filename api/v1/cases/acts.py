"""What happened in a case: recorded act by act, and read back as its ledger; nothing in it is ever changed."""

from typing import TYPE_CHECKING, Annotated

from litestar import get, post
from msgspec import Meta

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Body, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, Limit, link_to
from api.wire.recording import recorded
from casework.access.visibility import seen_case
from casework.cases.entries import EntryShown, entries_after
from casework.recording.recorded import ActRecorded
from casework.shown import Shown
from domain.acts import AUDITOR_ALONE, BY_OPERATION, KINDS, Acted, union_of
from domain.acts.field import Moment
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotCovered, NotFound, OutOfOrder, StaleVersion
from storage.cases.cases import read_case

WRITABLE = tuple(kind for tag, kind in KINDS.items() if tag not in AUDITOR_ALONE | BY_OPERATION)
if TYPE_CHECKING:
    WritableAct = Acted
else:
    WritableAct = union_of(WRITABLE)


class ActRecording(Wire, frozen=True):
    """What happened, and when."""

    body: WritableAct
    occurred_at: Moment | None = None
    """Now, where it is left out; clocks count from it."""


class EntryPage(Shown, frozen=True):
    """A ledger, in the order in which it was written."""

    items: tuple[EntryShown, ...]
    next: str | None


class ActsQuery(Wire, frozen=True):
    """Which part of the ledger."""

    after: Annotated[str, Meta(pattern=r"^[0-9]{1,9}$", description="The `next` of the page before.")] | None = None
    limit: Limit = DEFAULT_LIMIT


_BODY = Body[ActRecording](ActRecording)
_ASKED = Query[ActsQuery](ActsQuery)
RECORD = Operation(
    reply=ActRecorded,
    status=201,
    body=_BODY,
    problems=(NotAllowed, NotFound, OutOfOrder, AlreadyDone, StaleVersion, NotCovered, Malformed, KeyReused),
    headers=("Location", "ETag"),
    takes=("Idempotency-Key", "If-Match"),
    examples={"connected": {"occurredAt": "2026-06-03T10:00:00+08:00", "body": {"act": "service.connected", "utility": "jm-water"}}},
    tag="cases",
)
LIST = Operation(reply=EntryPage, query=_ASKED, problems=(NotAllowed, NotFound), headers=("Link",), tag="cases")


@post("/v1/cases/{caseId:uuid}/acts", operation_id="recordAct", summary="Record what happened", status_code=201, opt=RECORD.opt)
async def record_act(request: ApiRequest) -> Answer:
    """Answer with the new entry; facts are always taken, a steering act out of order is refused with what may come next."""
    asked = await _BODY.of(request)
    return await recorded(request, asked.body, asked.occurred_at)


@get("/v1/cases/{caseId:uuid}/acts", operation_id="listActs", summary="Read a case's ledger", opt=LIST.opt)
async def list_acts(request: ApiRequest) -> Answer:
    """Answer with a page of the entries that the caller may see."""
    asked = _ASKED.of(request)
    async with request.program.reading(request.user) as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        page, cursor = await entries_after(tx, request.program.ring, request.user, case, int(asked.after or 0), asked.limit)
    return reply(EntryPage(page, cursor), headers=link_to(request, cursor))
