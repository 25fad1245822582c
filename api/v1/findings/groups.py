"""Findings added up by party, as an interview (约谈) is prepared from them; whom to call in, and whether, people decide."""

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.finding_filters import FindingsChosen, chosen_of
from api.wire.operation import ApiRequest, Operation, Query
from api.wire.paging import asks_elsewhere
from casework.findings.tallies import PartyGroup, grouped
from casework.shown import Shown
from domain.refusals import Malformed, NotAllowed


class PartyGroups(Shown, frozen=True):
    """The parties, those with most findings that stand first."""

    items: tuple[PartyGroup, ...]
    next: None = None


_ASKED = Query[FindingsChosen](FindingsChosen)
GROUP = Operation(reply=PartyGroups, query=_ASKED, problems=(NotAllowed, Malformed), tag="findings")


@get("/v1/findings/grouped", operation_id="groupFindings", summary="Add findings up by party, for an interview", opt=GROUP.opt)
async def group_findings(request: ApiRequest) -> Answer:
    """Answer with each party's findings by rule, state and light, its overruns, and what came of them."""
    asked, context = _ASKED.of(request), request.program.context()
    chosen = chosen_of(context, request.user, asked)
    if await asks_elsewhere(request, asked.city, asked.party):
        return reply(PartyGroups(()))
    async with request.program.reading(request.user) as tx:
        return reply(PartyGroups(await grouped(tx, context, request.user, chosen)))
