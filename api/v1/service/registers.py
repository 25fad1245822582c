"""The two registers (受理台账, 转办台账) of a case or of many, and what does not agree between them; writes nothing."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from litestar import get
from msgspec import Meta, field

from api.wire.answer import Answer, reply
from api.wire.date_ranges import beginning, end
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import After, Pages, each
from casework.access.caller import Caller
from casework.access.visibility import closed_to, is_city_wide, seen_as_told
from casework.cases.views import number_of
from casework.program import Context
from casework.service.reading import registers_in, registers_of_cases
from casework.shown import CityCode, Shown
from domain.acts.field import Code
from domain.acts.kinds import CaseKind
from domain.case import Case
from domain.refusals import Malformed, NotAllowed, NotFound
from domain.schemes.rulebook import Rulebook
from domain.service.agreement import SAYS, Disagreement, Kind, Said, concerns
from domain.service.registers import KINDS_KEPT, ProblemKind, Register, Registers, Step, TimeLimit
from domain.service.sides import Side
from storage.cases.cases import CaseFilter, list_cases
from storage.postgres.cursor import Place, decode_place, encode_place

DEFAULT = 20
"""Cases a page: each is read whole."""


class LimitShown(Shown, frozen=True):
    """A limit that the step sets context, or ends."""

    rule: str
    title: str
    party: str
    party_name: str
    part: Literal["started", "ended"]
    due_at: datetime | None
    state: str


class ProblemShown(Shown, frozen=True):
    """问题情况记录: what was noticed about the step; whose it is, where the ledger says so."""

    kind: ProblemKind
    words: str
    party: str | None


class StepShown(Shown, frozen=True):
    """One step (环节) with both its moments."""

    seq: int
    act: str
    title: str
    party: str
    party_name: str
    role: str
    happened_at: datetime
    written_at: datetime
    limits: tuple[LimitShown, ...]
    problems: tuple[ProblemShown, ...]


class SaidShown(Shown, frozen=True):
    """One side's words; without an entry where it wrote nothing."""

    side: Side
    party: str
    party_name: str
    seq: int | None
    at: datetime | None
    words: str


class DisagreementShown(Shown, frozen=True):
    """One thing on which the registers differ, with the words of both; whose fault it is, it does not say."""

    kind: Kind
    title: str
    said: tuple[SaidShown, ...]


class RegisterShown(Shown, frozen=True):
    """One party's ledger of a case."""

    side: Side
    party: str
    party_name: str
    steps: tuple[StepShown, ...]


class RegistersShown(Shown, frozen=True):
    """Both sides' registers of a case, the window's first."""

    case_id: UUID
    kind: CaseKind
    number: str | None
    version: int
    registers: tuple[RegisterShown, ...]
    disagreements: tuple[DisagreementShown, ...]


class RegistersPage(Shown, frozen=True):
    """Cases with their registers, the newest first; a page may hold fewer than were looked at."""

    items: tuple[RegistersShown, ...]
    next: str | None


class RegistersQuery(Wire, frozen=True):
    """Whose registers, of which cases."""

    city: CityCode | None = None
    side: Side | None = None
    party: Code | None = None
    """The party whose registers they are."""
    from_: date | None = field(default=None, name="from")
    """Of cases opened on that day or later."""
    to: date | None = None
    """Of cases opened on that day or before."""
    disagreeing: Literal["true"] | None = None
    """Only where something does not agree."""
    after: After | None = None
    limit: Annotated[int, Meta(ge=1, le=50, description="How many cases a page looks at, at the most.")] = DEFAULT


_ASKED = Query[RegistersQuery](RegistersQuery)
_PAGES = Pages[Case, Place](RegistersPage, lambda last: encode_place(Place(last.opened_at, last.case_id)), decode_place)
LIST = Operation(reply=RegistersPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="registers")
READ = Operation(reply=RegistersShown, problems=(NotAllowed, NotFound), tag="registers")


@get("/v1/cases/{caseId:uuid}/registers", operation_id="readCaseRegisters", summary="Read both sides' registers of a case", opt=READ.opt)
async def read_case_registers(request: ApiRequest) -> Answer:
    """Answer with each step as the window and the handling departments have it."""
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        case = await seen_as_told(tx, request.user, request.path_params["caseId"])
        both = await registers_in(tx, context, request.user, case)
    return reply(_shown(context, case, both))


@get("/v1/registers", operation_id="listRegisters", summary="Read the registers of many cases", opt=LIST.opt)
async def list_registers(request: ApiRequest) -> Answer:
    """Answer with a page of what the caller may see."""
    asked, context, caller = _ASKED.of(request), request.program.context(), request.user
    chosen = _chosen(caller, asked)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: list_cases(tx, chosen, after, most),
        each(lambda one: _shown(context, *one), lambda tx, page: registers_of_cases(tx, context, caller, page, partial(_only, asked))),
    )


def _chosen(caller: Caller, asked: RegistersQuery) -> CaseFilter:
    return CaseFilter(
        city=caller.city,
        kinds=KINDS_KEPT,
        party=None if is_city_wide(caller) else caller.party,
        beside=asked.party,
        opened_from=beginning(asked.from_, "from"),
        opened_before=end(asked.to, "to"),
        closed=closed_to(caller),
    )


def _only(asked: RegistersQuery, both: Registers) -> Registers | None:
    """Leave the registers and disagreements that are asked for; None where nothing is left."""
    kept = tuple(one for one in both.registers if asked.side in {None, one.side} and asked.party in {None, one.party})
    differing = tuple(one for one in both.disagreements if asked.party is None or concerns(one, asked.party))
    if not kept or (asked.disagreeing and not differing):
        return None
    return Registers(kept, differing)


def _shown(context: Context, case: Case, both: Registers) -> RegistersShown:
    book = context.book(case.scheme)
    return RegistersShown(
        case_id=case.case_id,
        kind=case.kind,
        number=number_of(context, case),
        version=case.version,
        registers=tuple(_ledger(book, one) for one in both.registers),
        disagreements=tuple(_disagreement(book, one) for one in both.disagreements),
    )


def _ledger(book: Rulebook, one: Register) -> RegisterShown:
    return RegisterShown(one.side, one.party, book.name_of(one.party), tuple(_steps(book, one.steps)))


def _steps(book: Rulebook, steps: Sequence[Step]) -> Iterator[StepShown]:
    for step in steps:
        yield StepShown(
            seq=step.seq,
            act=step.act,
            title=step.title,
            party=step.party,
            party_name=book.name_of(step.party),
            role=step.role,
            happened_at=step.happened_at,
            written_at=step.written_at,
            limits=tuple(_limit(book, limit) for limit in step.limits),
            problems=tuple(ProblemShown(problem.kind, problem.words, problem.party) for problem in step.problems),
        )


def _limit(book: Rulebook, limit: TimeLimit) -> LimitShown:
    return LimitShown(limit.rule, limit.title, limit.party, book.name_of(limit.party), limit.part, limit.due, limit.state)


def _disagreement(book: Rulebook, one: Disagreement) -> DisagreementShown:
    return DisagreementShown(one.kind, SAYS[one.kind], tuple(_said(book, said) for said in one.said))


def _said(book: Rulebook, said: Said) -> SaidShown:
    return SaidShown(said.side, said.party, book.name_of(said.party), said.seq, said.at, said.words)
