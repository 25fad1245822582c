"""The one table from what happened to the HTTP status that says so, and the problem documents (RFC 9457) made from it."""

import traceback
from collections.abc import Mapping
from typing import Any, NamedTuple

import structlog
from litestar.exceptions import HTTPException

from api.wire.answer import ALWAYS, Answer, encoded
from calendars import BeyondCalendar
from casework.access.caller import NotAuthenticated
from domain.refusals import (
    AlreadyDone,
    HistoryRestored,
    KeyReused,
    Malformed,
    NotAllowed,
    NotComputable,
    NotCovered,
    NotFound,
    OutOfOrder,
    Refusal,
    StaleVersion,
)
from exports.packs.making import TooManyFindings
from exports.printing.fonts import NoFont
from exports.printing.typesetting import TooMuch
from exports.spreadsheets.workbook import TooManyRows
from storage.postgres.faults import (
    Busy,
    CallerUnknown,
    DatabaseAway,
    DocumentLost,
    DocumentsAway,
    KeyLost,
    NothingReal,
    OldSchema,
    StorageFault,
    SubjectTaken,
)
from words import language_of, sentence, speak, spoken

PROBLEM_JSON = "application/problem+json"
TAGS = {"zh": "zh-CN", "en": "en"}
"""Languages as `Content-Language` names them."""
AWAY = 503
_log = structlog.get_logger("lianban.api")


class NotReadable(Refusal):
    """The request is not what the contract describes: not JSON, not UTF-8, a field too many, a value of another type."""


class WrongMediaType(Refusal):
    """The body is not of the type that this operation reads."""


class TooLarge(Refusal):
    """The body is over the limit."""


class TooSlow(Refusal):
    """The body did not come in time."""


class RangeNotSatisfiable(Refusal):
    """The part that was asked for lies behind the end."""


class Row(NamedTuple):
    """How one kind of refusal is answered."""

    status: int
    slug: str
    title: str


TABLE: Mapping[type[Exception], Row] = {
    NotReadable: Row(400, "not-readable", sentence("The request cannot be read")),
    NotAuthenticated: Row(401, "not-authenticated", sentence("A valid token is needed")),
    NotAllowed: Row(403, "not-allowed", sentence("Your role or party may not do this")),
    NotFound: Row(404, "not-found", sentence("There is no such thing here")),
    OutOfOrder: Row(409, "out-of-order", sentence("This may not happen yet, or no longer")),
    AlreadyDone: Row(409, "already-done", sentence("This has been done already")),
    HistoryRestored: Row(409, "history-restored", sentence("The history was restored from a copy")),
    StaleVersion: Row(412, "stale-version", sentence("The case has moved on")),
    TooSlow: Row(408, "too-slow", sentence("The body did not come in time")),
    TooLarge: Row(413, "too-large", sentence("The body is too large")),
    WrongMediaType: Row(415, "wrong-media-type", sentence("The body has another media type")),
    RangeNotSatisfiable: Row(416, "range-not-satisfiable", sentence("There is no such part of it")),
    NotCovered: Row(422, "not-covered", sentence("The plan does not cover this")),
    Malformed: Row(422, "malformed", sentence("A value cannot be right")),
    KeyReused: Row(422, "key-reused", sentence("The idempotency key came with another request")),
    TooMuch: Row(422, "too-much-to-print", sentence("This is too long for paper")),
    TooManyFindings: Row(422, "too-many-findings", sentence("One pack holds fewer findings")),
    TooManyRows: Row(422, "too-many-rows", sentence("A sheet has no more rows")),
    NoFont: Row(503, "no-font", sentence("No Chinese font is set up here")),
    NotComputable: Row(422, "not-computable", sentence("This cannot be counted from what was given")),
    BeyondCalendar: Row(422, "beyond-calendar", sentence("The calendar does not reach that far")),
    DatabaseAway: Row(503, "database-away", sentence("The database is away")),
    OldSchema: Row(503, "old-schema", sentence("The database is of another release")),
    Busy: Row(503, "busy", sentence("The case is being written to")),
    KeyLost: Row(503, "key-missing", sentence("The persons' particulars cannot be opened")),
    DocumentsAway: Row(503, "documents-away", sentence("The storage of documents is away")),
    DocumentLost: Row(500, "document-lost", sentence("The document is damaged")),
    CallerUnknown: Row(401, "not-authenticated", sentence("A valid token is needed")),
    SubjectTaken: Row(409, "already-done", sentence("This has been done already")),
    NothingReal: Row(409, "already-done", sentence("This has been done already")),
}

FAULT = Row(500, "fault", sentence("Something went wrong on our side"))
_BY_STATUS = {
    405: Row(405, "method-not-allowed", sentence("This address does not take that method")),
    413: TABLE[TooLarge],
    404: TABLE[NotFound],
    401: TABLE[NotAuthenticated],
    403: TABLE[NotAllowed],
    415: TABLE[WrongMediaType],
    500: FAULT,
}
_HEADERS = {401: {"www-authenticate": 'Bearer realm="lianban"'}, 408: {"connection": "close"}, 503: {"retry-after": "5"}}


_WORDS = {
    401: sentence("No valid token came with the request. Ask POST /oauth/token for one and send it as: Authorization: Bearer …"),
    404: sentence("Nothing answers at this address. The contract is at /v1/openapi.json, and for people at /docs."),
    405: sentence("This address does not take that method; the Allow header names those that it takes."),
    413: sentence("The body is over the limit of this operation. Send less at once."),
    500: sentence("The fault is ours and is in our log. Nothing was saved. Please try again; if it stays, tell the office the time."),
}
_STORAGE_WORDS = {
    "database-away": sentence("The database does not answer, and nothing was saved. Please try again in a moment."),
    "old-schema": sentence("The database's tables are of another release, and nothing was saved. The operator has to run: lianban migrate"),
    "key-missing": sentence(
        "The key that this case's persons are sealed under is not at hand, and nothing was saved. The operator has to look."
    ),
    "busy": sentence("Another request was writing to the same case, and nothing of this one was saved. Please send it again."),
    "documents-away": sentence("Documents cannot be kept or read now, and nothing was saved. Please try again in a moment."),
    "document-lost": sentence(
        "The document's bytes are gone or damaged, so they are not given out. Please tell the office; it is in our log."
    ),
    "not-authenticated": sentence("The token is over: its client was disabled or got another secret. Ask POST /oauth/token for a new one."),
    "already-done": sentence("There is an open case about this already; it came in between. Look for it in GET /v1/cases."),
}


def row_of(kind: type[Exception]) -> Row:
    """Find the row of what happened, or of the nearest kind above it."""
    return next((TABLE[above] for above in kind.__mro__ if above in TABLE), FAULT)


def problem(row: Row, detail: str, extra: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """Make the answer, in the language that is spoken: what was received, why not, what to do."""
    document = {"type": f"urn:lianban:problem:{row.slug}", "title": row.title, "status": row.status, "detail": detail}
    body = encoded(document | dict(extra or {}))
    sent = {**ALWAYS, "content-language": TAGS[spoken()], "vary": "accept-language", **_HEADERS.get(row.status, {}), **(headers or {})}
    return Answer(body=body, status_code=row.status, media_type=PROBLEM_JSON, headers=sent)


def problem_of(refusal: Refusal) -> Answer:
    """Answer what may not be done."""
    return problem(row_of(type(refusal)), refusal.message, refusal.extra)


def answer_refusal(request: Any, refusal: Refusal) -> Answer:  # noqa: ANN401 -- a request of any state
    """Answer a refusal that was raised, in the language of whoever asked."""
    _hear(request)
    return problem_of(refusal)


def answer_plainly(request: Any, fault: Exception) -> Answer:  # noqa: ANN401 -- a request of any state
    """Answer what has a row and words of its own but is no refusal."""
    _hear(request)
    row = row_of(type(fault))
    return problem(row, fault.args[0] if fault.args and isinstance(fault.args[0], str) else str(fault))


def answer_storage(request: Any, fault: StorageFault) -> Answer:  # noqa: ANN401 -- a request of any state
    """Answer what the database cannot do now; its own words name hosts, so they go to the log."""
    _hear(request)
    row = row_of(type(fault))
    _log.warning(row.slug, why=str(fault))
    return problem(row, _STORAGE_WORDS.get(row.slug, _WORDS[FAULT.status]))


def answer_http(request: Any, fault: HTTPException) -> Answer:  # noqa: ANN401 -- a request of any state
    """Answer what the framework refuses before a handler is reached; its own words may hold the query, so ours are said."""
    _hear(request)
    row = _BY_STATUS.get(fault.status_code, TABLE[NotReadable] if fault.status_code < FAULT.status else FAULT)
    return problem(row, _WORDS.get(row.status, row.title), headers=fault.headers)


def answer_fault(request: Any, fault: Exception) -> Answer:  # noqa: ANN401 -- a request of any state
    """Answer a bug: logged with its case but without the values at hand, nothing of the inside shown."""
    _hear(request)
    case = request.scope.get("path_params", {}).get("caseId")
    _log.error("fault", route=request.scope.get("path_template"), case=case and str(case), trace=_trace(fault))
    return problem(FAULT, _WORDS[FAULT.status])


def _hear(request: Any) -> None:  # noqa: ANN401 -- a request of any state
    """Speak the language that was asked for: what no operation answers was heard by nobody before."""
    speak(language_of(request.headers.get("accept-language")))


def _trace(fault: Exception) -> str:
    """Tell where and what, by the first line of each message: what follows it may be a whole row, with somebody's name."""
    parts = traceback.format_exception(fault)
    return "".join(part if part.startswith("  File") else f"{part.strip().partition(chr(10))[0]}\n" for part in parts)


ANSWERS: dict[int | type[Exception], Any] = {
    Refusal: answer_refusal,
    BeyondCalendar: answer_plainly,
    StorageFault: answer_storage,
    HTTPException: answer_http,
    Exception: answer_fault,
}
"""The handlers, as the application is given them."""
