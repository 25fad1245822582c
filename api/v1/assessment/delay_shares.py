"""Whose part of a case's overrun was what, and what the service asked of its user; both are counted, and accuse nobody."""

from uuid import UUID

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation
from casework.access.visibility import is_city_wide, seen_as_told
from casework.assessment.delay_shares import ShareShown, share_shown
from casework.schemes.rules import Words, words
from casework.shown import Shown
from domain.assessment.delay_shares import DelayShares, delay_shares_of, office_of
from domain.assessment.service_figures import FigurePart, ServiceFigure, figures_of
from domain.assessment.waiting import waiting_of
from domain.case import Case
from domain.judging.situation import Situation
from domain.refusals import NotAllowed, NotFound
from domain.schemes.enforcement import FigureName
from domain.schemes.rulebook import Rulebook
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledger


class PartyShareShown(Shown, frozen=True):
    """One party's part in all."""

    party: str
    party_name: str
    seconds: int
    contested_seconds: int
    """Of these, what another reading would have cleared."""


class DelaySharesShown(Shown, frozen=True):
    """A case's overrun in office seconds and whose it was; the shares sum to it."""

    case_id: UUID
    version: int
    overrun_seconds: int | None
    """Null for a party, which sees its own shares alone."""
    unowned_seconds: int
    """Waiting that no rule limits: nobody's."""
    parties: tuple[PartyShareShown, ...]
    shares: tuple[ShareShown, ...]


class FigurePartShown(Shown, frozen=True):
    """Whose doing how much of a figure was; no party's where it is the one application."""

    party: str | None
    party_name: str | None
    amount: int


class FigureShown(Shown, frozen=True):
    """One figure of the service beside what the plan promises: fees in 分, days in hundredths of a working day."""

    what: FigureName
    value: int | None
    """Null while there is none: nobody is connected yet."""
    at_most: int
    kept: bool | None
    cite: Words
    parts: tuple[FigurePartShown, ...]


class FiguresShown(Shown, frozen=True):
    """What the service asked of this case's user; a figure that the plan does not have is not there."""

    case_id: UUID
    version: int
    figures: tuple[FigureShown, ...]


READ = Operation(reply=DelaySharesShown, problems=(NotAllowed, NotFound), tag="supervision")
COUNT = Operation(reply=FiguresShown, problems=(NotAllowed, NotFound), tag="supervision")


@get(
    "/v1/cases/{caseId:uuid}/delay-shares",
    operation_id="readDelayShares",
    summary="Read whose part of a case's overrun was what",
    opt=READ.opt,
)
async def read_delay_shares(request: ApiRequest) -> Answer:
    """Answer with every share; a party sees its own."""
    context, caller = request.program.context(), request.user
    async with request.program.reading(caller) as tx:
        case = await seen_as_told(tx, caller, request.path_params["caseId"])
        entries, clocks = await read_ledger(tx, case.case_id), await read_clocks(tx, case.case_id)
    book = context.book(case.scheme)
    waiting = waiting_of(case, Situation(book, entries), context.now)
    shared = delay_shares_of(clocks, office_of(book, context.offices), context.now, waiting)
    return reply(_shown(book, case, shared, None if is_city_wide(caller) else caller.party))


def _shown(book: Rulebook, case: Case, shared: DelayShares, only: str | None) -> DelaySharesShown:
    return DelaySharesShown(
        case_id=case.case_id,
        version=case.version,
        overrun_seconds=shared.overrun if only is None else None,
        unowned_seconds=shared.unowned,
        parties=tuple(_party(book, shared, party) for party in shared.parties if only in {None, party}),
        shares=tuple(share_shown(book, share) for share in shared.shares if only in {None, share.party}),
    )


@get(
    "/v1/cases/{caseId:uuid}/service-figures",
    operation_id="readServiceFigures",
    summary="Read what the service asked of a case's user",
    opt=COUNT.opt,
)
async def read_service_figures(request: ApiRequest) -> Answer:
    """Answer with links, materials, visits, fees and days, as far as the plan promises them."""
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        case = await seen_as_told(tx, request.user, request.path_params["caseId"])
        entries, clocks = await read_ledger(tx, case.case_id), await read_clocks(tx, case.case_id)
    book = context.book(case.scheme)
    found = figures_of(Situation(book, entries), clocks, context.offices) if case.kind == "connection" else ()
    return reply(FiguresShown(case.case_id, case.version, tuple(_figure(book, one) for one in found)))


def _party(book: Rulebook, shared: DelayShares, party: str) -> PartyShareShown:
    contested = sum(share.seconds for share in shared.shares if share.party == party and share.contested)
    return PartyShareShown(party, book.name_of(party), shared.of(party), contested)


def _figure(book: Rulebook, figure: ServiceFigure) -> FigureShown:
    promised = figure.promised
    return FigureShown(
        what=promised.what,
        value=figure.value,
        at_most=promised.at_most,
        kept=figure.kept,
        cite=words(promised.cite),
        parts=tuple(_part(book, part) for part in figure.parts),
    )


def _part(book: Rulebook, part: FigurePart) -> FigurePartShown:
    return FigurePartShown(part.party, None if part.party is None else book.name_of(part.party), part.amount)
