"""What happened in a case: recorded act by act, and read back as its ledger; nothing in it is ever changed."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from litestar import get, post
from msgspec import Meta, Raw

from api.v1.cases.duplicate_applications import first_applied_for, refuse_second
from api.v1.cases.out_of_scope import not_covered, refusal_in
from api.wire.answer import Answer, reply
from api.wire.idempotency import once
from api.wire.operation import ApiRequest, Body, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, Limit, link_to
from casework.access.caller import Caller
from casework.access.visibility import SHOWS_ACCOUNTS, seen_case, sees_clock, visible
from casework.cases.views import DeadlineBrief, number_of, state_for
from casework.people.masking import shown_masked
from casework.recording.recording import etag, locked, write_act
from casework.shown import Shown
from domain.acts import AUDITOR_ALONE, BY_OPERATION, KINDS, Acted, tag_of, union_of
from domain.acts.connection import ApplicationAccepted
from domain.acts.field import Moment
from domain.case import CaseState
from domain.ledger import Entry
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotCovered, NotFound, OutOfOrder, StaleVersion
from storage.cases.cases import read_case
from storage.cases.ledger import read_ledger
from storage.postgres.faults import SubjectTaken

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


class ActorShown(Shown, frozen=True, omit_defaults=True):
    """Who wrote it; the account is the office's to see."""

    party: str
    role: str
    account: str | None = None


class EntryShown(Shown, frozen=True):
    """One entry of a ledger."""

    seq: int
    occurred_at: datetime
    recorded_at: datetime
    actor: ActorShown
    act: str
    body: Raw
    """The act, with the particulars of persons masked."""
    hash: str
    """Of the entry as it is kept: of this very body, but where it is about persons, who are kept sealed."""


class ActRecorded(Shown, frozen=True):
    """The entries that an act made (the auditor's suspicions of it are the office's to see), and the case after it."""

    version: int
    state: CaseState
    number: str | None
    """The case's running number, which this act may have given it."""
    items: tuple[EntryShown, ...]
    deadlines: tuple[DeadlineBrief, ...]
    doubts: tuple[str, ...]


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


async def recorded(request: ApiRequest, act: Acted, occurred_at: datetime | None) -> Answer:
    """Record an act in the case that the request names, once."""
    program = request.program
    context = program.context()
    caller, case_id, if_match = request.user, request.path_params["caseId"], request.headers.get("if-match")

    async def work(tx: Any) -> Answer:  # noqa: ANN401 -- asyncpg comes without types
        case = await locked(tx, caller, case_id, if_match)
        first = await first_applied_for(tx, case, act) if isinstance(act, ApplicationAccepted) else None
        if first is not None:
            return await refuse_second(tx, context, program.ring, caller, first, act)
        made, clocks = await write_act(tx, context, program.ring, caller, case, act, occurred_at)
        refused = refusal_in(act, made.entries)
        if refused is not None:
            return not_covered(made.case, refused)
        now = context.now
        seeing = (one for one in clocks if not one.counted and sees_clock(caller, context.book(case.scheme), one))
        deadlines = tuple(DeadlineBrief(c.rule, c.keys, c.party, c.due, state_for(caller, c, now)) for c in seeing)
        seen = await shown_masked(tx, program.ring, caller, visible(caller, made.entries))
        items = tuple(entry_shown(caller, entry) for entry in seen)
        shown = ActRecorded(made.case.version, made.case.state, number_of(context, made.case), items, deadlines, made.doubts)
        location = f"/v1/cases/{case_id}/acts?after={case.version}&limit=1"
        return reply(shown, 201, {"location": location, "etag": etag(made.case)})

    try:
        return await once(request, work)
    except SubjectTaken:  # another case came to be about the project between our look and our write: it is there now, and is named
        return await once(request, work)


@get("/v1/cases/{caseId:uuid}/acts", operation_id="listActs", summary="Read a case's ledger", opt=LIST.opt)
async def list_acts(request: ApiRequest) -> Answer:
    """Answer with a page of the entries that the caller may see."""
    asked = _ASKED.of(request)
    program = request.program
    async with program.reading(request.user) as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        ledger = await read_ledger(tx, case.case_id)
        left = [entry for entry in visible(request.user, ledger) if entry.seq > int(asked.after or 0)]
        page = await shown_masked(tx, program.ring, request.user, left[: asked.limit], ledger)
    cursor = str(page[-1].seq) if len(left) > len(page) else None
    return reply(EntryPage(tuple(entry_shown(request.user, entry) for entry in page), cursor), headers=link_to(request, cursor))


def entry_shown(caller: Caller, entry: Entry) -> EntryShown:
    """Show an entry, masked before; `hash` covers it as it is kept."""
    account = entry.actor.account if caller.role in SHOWS_ACCOUNTS else None
    return EntryShown(
        seq=entry.seq,
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        actor=ActorShown(entry.actor.party, entry.actor.role, account),
        act=tag_of(entry.act),
        body=Raw(entry.body),
        hash=entry.hash.hex(),
    )
