"""The consolidated sheet of opinions (综合审批意见单): given by departments, read by everyone in the case."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar import get, post
from msgspec import Meta

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Body, Operation, Wire
from api.wire.recording import recorded
from casework.access.visibility import seen_case
from casework.cases.views import number_of
from casework.people.masking import entries_masked
from casework.program import Context
from casework.recording.recorded import ActRecorded
from casework.shown import Shown
from domain.acts.connection import SignoffGiven
from domain.acts.field import Code, Moment, Text
from domain.case import Case
from domain.printing.records import Opinion, Signing
from domain.printing.records import Sheet as Gathered
from domain.printing.sheet import sheet_of
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotFound, OutOfOrder, StaleVersion
from storage.cases.cases import read_case


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
    asked: bool
    """The department was asked about this utility's works; where not, the box of the form stays empty."""
    outcome: Literal["approved", "rejected", "not-needed"] | None = None
    opinion: str | None = None
    signatory: str | None = None
    signed_at: datetime | None = None


class OpinionSheet(Shown, frozen=True):
    """The sheet of a case, as its acts make it; persons are masked."""

    case_id: UUID
    number: str | None
    project_code: str | None
    applicant: str | None
    legal_representative: str | None
    address: str | None
    contact: str | None
    phone: str | None
    works_from: date | None
    works_until: date | None
    zone: str | None
    """镇街区, where the form says it."""
    connection_place: str | None
    complete: bool
    """Opinions were asked for, and every one has been given."""
    items: tuple[OpinionShown, ...]
    next: None = None


_AS_PRINTED = (frozenset(OpinionSheet.__struct_fields__) & frozenset(Gathered.__struct_fields__)) - {"number"}
"""What the sheet says on paper and here in the same words; its number is written out here."""
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
READ = Operation(reply=OpinionSheet, problems=(NotAllowed, NotFound), tag="sign-offs")


@post("/v1/cases/{caseId:uuid}/sign-offs", operation_id="giveSignOff", summary="Give a department's opinion", status_code=201, opt=GIVE.opt)
async def give_sign_off(request: ApiRequest) -> Answer:
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
async def read_sign_offs(request: ApiRequest) -> Answer:
    """Answer with a line per utility and department, the latest opinion in each."""
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        entries = await entries_masked(tx, program.ring, request.user, case)
    return reply(_shown(context, case, sheet_of(context.book(case.scheme), case, entries)))


def _shown(context: Context, case: Case, sheet: Gathered) -> OpinionSheet:
    return OpinionSheet(
        case_id=case.case_id,
        number=number_of(context, case),
        **{name: getattr(sheet, name) for name in _AS_PRINTED},
        complete=any(box.opinions for box in sheet.signings) and not any(box.awaited for box in sheet.signings),
        items=tuple(sorted(_lines(sheet.signings), key=lambda line: (line.utility, line.department))),
    )


def _lines(signings: Sequence[Signing]) -> Iterable[OpinionShown]:
    """Give each box of the form a line for every utility whose works any department was asked about."""
    involved = {one.utility for box in signings for one in box.opinions}.union(*(box.awaited for box in signings))
    for box in signings:
        given = {one.utility: one for one in box.opinions}
        yield from (_line(box, utility, given.get(utility)) for utility in involved)


def _line(box: Signing, utility: str, one: Opinion | None) -> OpinionShown:
    if one is None:
        return OpinionShown(utility, box.department, box.title, utility in box.awaited)
    return OpinionShown(
        utility=utility,
        department=box.department,
        title=box.title,
        asked=True,
        outcome=one.outcome,
        opinion=one.text,
        signatory=one.signatory,
        signed_at=one.signed_at,
    )
