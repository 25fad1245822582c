"""The consolidated sheet of opinions (综合审批意见单): given by departments, read by everyone in the case."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar import get, post
from msgspec import Meta

from api.answer import Answer, reply
from api.operation import Asking, Body, Operation, Shown, Wire
from api.running import Running
from api.v1.acts import ActRecorded, recorded
from api.v1.sight import seen_case
from domain.acts.connection import ApprovalOpened, CommitmentNotified, SignoffGiven
from domain.acts.field import Code, Moment, Text
from domain.ledger import Entry
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotFound, OutOfOrder, StaleVersion
from domain.rulebook import Rulebook
from storage.cases import read_case
from storage.ledger import read_ledger


class SignOffGiving(Wire, frozen=True):
    """A department's opinion on one utility's works; the department is the caller's own."""

    utility: Code
    outcome: Literal["approved", "rejected"]
    opinion: Text
    signatory: Annotated[str, Meta(min_length=1, max_length=200)]
    occurred_at: Moment | None = None


class OpinionShown(Shown, frozen=True):
    """One line of the sheet; empty where no opinion has been given yet."""

    utility: str
    department: str
    title: str
    outcome: Literal["approved", "rejected"] | None = None
    opinion: str | None = None
    signatory: str | None = None
    signed_at: datetime | None = None


class Sheet(Shown, frozen=True):
    """The sheet of a case."""

    case_id: UUID
    project_code: str | None
    items: tuple[OpinionShown, ...]
    next: None = None


_BODY = Body[SignOffGiving](SignOffGiving)
GIVE = Operation(
    reply=ActRecorded,
    status=201,
    body=_BODY,
    problems=(NotAllowed, NotFound, OutOfOrder, AlreadyDone, StaleVersion, Malformed, KeyReused),
    headers=("Location", "ETag"),
    takes=("Idempotency-Key", "If-Match"),
    examples={"approved": {"utility": "jm-water", "outcome": "approved", "opinion": "同意", "signatory": "张三"}},
    tag="sign-offs",
)
READ = Operation(reply=Sheet, problems=(NotAllowed, NotFound), tag="sign-offs")


@post("/v1/cases/{caseId:uuid}/sign-offs", operation_id="giveSignOff", summary="Give a department's opinion", status_code=201, opt=GIVE.opt)
async def give_sign_off(request: Asking) -> Answer:
    """Answer as for any act: an opinion is one."""
    asked = await _BODY.of(request)
    act = SignoffGiven(
        utility=asked.utility,
        department=request.user.party,
        outcome=asked.outcome,
        opinion=asked.opinion,
        signatory=asked.signatory,
    )
    return await recorded(request, act, asked.occurred_at)


@get("/v1/cases/{caseId:uuid}/sign-offs", operation_id="readSignOffs", summary="Read the consolidated sheet", opt=READ.opt)
async def read_sign_offs(request: Asking) -> Answer:
    """Answer with a line per utility and department, the latest opinion in each."""
    running: Running = request.app.state.running
    async with running.db.reading() as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        entries = await read_ledger(tx, case.case_id)
    return reply(Sheet(case.case_id, case.subject, tuple(_lines(running.book(case.scheme), entries))))


def _lines(book: Rulebook, entries: list[Entry]) -> Iterable[OpinionShown]:
    given = _given(entries)
    titles = {row.department: row.title for row in book.scheme.signoffs}
    asked = {utility for entry in entries for utility in _utilities(entry)}
    pairs = {(utility, department) for utility in asked for department in titles} | set(given)
    for utility, department in sorted(pairs):
        title = titles.get(department) or book.party(department).name
        entry, act = given.get((utility, department), (None, None))
        if entry is None or act is None:
            yield OpinionShown(utility, department, title)
        else:
            yield OpinionShown(utility, department, title, act.outcome, act.opinion, act.signatory, entry.occurred_at)


def _given(entries: list[Entry]) -> dict[tuple[str, str], tuple[Entry, SignoffGiven]]:
    acts = sorted(
        ((entry, entry.act) for entry in entries if isinstance(entry.act, SignoffGiven)), key=lambda one: (one[0].occurred_at, one[0].seq)
    )
    return {(act.utility, act.department): (entry, act) for entry, act in acts}


def _utilities(entry: Entry) -> Iterable[str]:
    """Name the utilities whose works go to the departments."""
    act = entry.act
    if isinstance(act, ApprovalOpened):
        return [approval.utility for approval in act.approvals]
    return [act.utility] if isinstance(act, CommitmentNotified) else []
