"""An act recorded over HTTP, whichever operation it came by: once, and answered with what it made of the case."""

from datetime import datetime

from api.wire.answer import Answer, reply
from api.wire.idempotency import once_or_again
from api.wire.operation import ApiRequest
from casework.recording.opening import NewCase
from casework.recording.recorded import Recorded, record_and_show
from casework.recording.recording import etag
from domain.acts import Acted


async def recorded(request: ApiRequest, act: Acted, occurred_at: datetime | None) -> Answer:
    """Record an act in the case that the request names, at the version that it names."""
    program, context, caller = request.program, request.program.context(), request.user
    about = request.path_params["caseId"], request.headers.get("if-match")
    new = NewCase(caller.city, act, None, occurred_at)

    def answer(recorded: Recorded) -> Answer:
        location = f"/v1/cases/{recorded.case.case_id}/acts?after={recorded.before}&limit=1"
        return reply(recorded.shown, 201, {"location": location, "etag": etag(recorded.case)})

    return await once_or_again(request, lambda tx: record_and_show(tx, context, program.ring, caller, about, new), answer)
