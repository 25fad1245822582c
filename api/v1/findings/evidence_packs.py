"""Evidence packs over HTTP, for those who see the whole city: of one finding, or of all that the list would show; judges nothing."""

from litestar import get

from api.wire.answer import ALWAYS, Answer
from api.wire.download import attachment
from api.wire.finding_filters import FindingsChosen, chosen_of
from api.wire.operation import ApiRequest, Operation, Query
from casework.findings.views import seen_finding
from domain.refusals import Malformed, NotAllowed, NotFound
from exports.packs.making import MOST_FINDINGS, TooManyFindings, make_pack
from storage.findings.findings import list_findings

ZIP = "application/zip"
_ASKED = Query[FindingsChosen](FindingsChosen)
_HEADERS = ("Content-Disposition",)
OF_ONE = Operation(reply=ZIP, problems=(NotAllowed, NotFound), headers=_HEADERS, tag="findings")
OF_MANY = Operation(reply=ZIP, query=_ASKED, problems=(NotAllowed, NotFound, Malformed, TooManyFindings), headers=_HEADERS, tag="findings")


@get("/v1/findings/{findingId:uuid}/pack", operation_id="packFinding", summary="Take a finding with all that it rests on", opt=OF_ONE.opt)
async def pack_finding(request: ApiRequest) -> Answer:
    """Answer with the evidence pack, which `lianban verify` checks without any server."""
    program = request.program
    context = program.context()
    async with program.exporting, program.reading(request.user) as tx:
        row = await seen_finding(tx, context, request.user, request.path_params["findingId"])
        made = await make_pack(tx, program.schemes, context.offices, [row])
    return _sent(made, f"证据包-{row.finding.finding_id}.zip")


@get("/v1/packs", operation_id="packFindings", summary="Take findings with all that they rest on", opt=OF_MANY.opt)
async def pack_findings(request: ApiRequest) -> Answer:
    """Answer with one evidence pack of every finding that the list would show with these filters, a thousand at the most."""
    asked = _ASKED.of(request)
    program = request.program
    context = program.context()
    chosen = chosen_of(context, request.user, asked)
    async with program.exporting, program.reading(request.user) as tx:
        rows = [] if asked.city not in {None, request.user.city} else await list_findings(tx, chosen, "oldest", None, MOST_FINDINGS + 1)
        made = await make_pack(tx, program.schemes, context.offices, rows)
    return _sent(made, "证据包.zip")


def _sent(made: bytes, name: str) -> Answer:
    return Answer(body=made, media_type=ZIP, headers={**ALWAYS, "content-disposition": attachment(name)})
