"""Reads a request exactly as the contract says and writes its answer; what it reads with is what the contract shows."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any, Generic, TypeVar, cast
from urllib.parse import parse_qsl

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from msgspec import Struct

from api.program import HttpProgram
from api.wire.answer import JSON
from api.wire.problems import NotReadable, TooLarge, TooSlow, WrongMediaType
from casework.access.caller import Caller
from domain.refusals import Refusal
from schemes.misfits import misfit, unreadable
from words import sentence

Shape = TypeVar("Shape")


class ApiRequest(Request[Caller, None, State]):
    """A request whose caller is known, with the program that answers it."""

    @property
    def program(self) -> HttpProgram:
        """Give the program as it was made at start."""
        program: HttpProgram = self.app.state.program
        return program


FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 1_000_000
"""The largest body that is read."""
PATIENCE = 30
"""Seconds in which a body has to come; nothing is held open for it meanwhile but the connection."""
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
TOO_LARGE = 413


class Wire(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What a caller sends: an unknown field is refused."""


class Query(Generic[Shape]):
    """The query parameters of an operation, one field each."""

    def __init__(self, kind: type[Shape]) -> None:
        """Note which parameters are whole numbers: a query knows only text."""
        self.kind = kind
        fields = msgspec.structs.fields(cast("type[Struct]", kind))
        self._numbers = {field.encode_name for field in fields if _is_number(field.type)}

    def of(self, request: ApiRequest) -> Shape:
        """Read them; one that is unknown, given twice or of another type is refused."""
        return decoded(_pairs(request.scope["query_string"]), self.kind, self._numbers)


class Body(Generic[Shape]):
    """The JSON body of an operation."""

    media = JSON

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 -- a struct or a union made at run time
        """Make the decoder once."""
        self.kind = kind
        self._decoder: msgspec.json.Decoder[Shape] = msgspec.json.Decoder(kind)

    async def of(self, request: ApiRequest) -> Shape:
        """Read it strictly, or say what stands where it may not."""
        content = await body_of(request, self.media)
        if _NUL.search(content):
            raise NotReadable(sentence(r"The body holds the character NUL (\u0000), which no text here may hold. Leave it out."))
        try:
            return self._decoder.decode(content)
        except msgspec.ValidationError as fault:
            raise _misplaced(fault) from fault
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
            raise NotReadable(sentence("The body is not JSON in UTF-8 that can be read: {why}.", why=unreadable(fault))) from fault


class Operation(Struct, frozen=True, kw_only=True):
    """What the contract says of an operation beyond its handler's name and path."""

    reply: Any
    """The struct it answers with, or a media type, or several of them."""
    status: int = 200
    query: Query[Any] | None = None
    body: Body[Any] | None = None
    uploads: tuple[str, ...] = ()
    """Media types of a body that is taken as it is, instead of one that is read."""
    also: Mapping[int, str] = {}
    """Other good answers by their status, in words; the reply is the same."""
    problems: tuple[type[Exception], ...] = ()
    headers: tuple[str, ...] = ()
    """Response headers that a caller may rely on."""
    takes: tuple[str, ...] = ()
    """Request headers that it reads."""
    examples: Mapping[str, Any] = {}
    """Examples of the body, by name."""
    tag: str = "operations"

    def __deepcopy__(self, _: object) -> "Operation":
        """Litestar copies handlers with all they carry; a frozen value is its own copy."""
        return self

    @property
    def opt(self) -> dict[str, Any]:
        """Hand it to the handler."""
        return {"operation": self}


async def body_of(request: ApiRequest, media: str) -> bytes:
    """Take the bytes of the body, of that media type and within the limit."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != media:
        if not given:
            raise WrongMediaType(sentence("The body came without a media type. Send it as {media}.", media=media))
        raise WrongMediaType(sentence("The body came as {given!r}. Send it as {media}.", given=given, media=media))
    try:
        async with asyncio.timeout(PATIENCE):
            return await request.body()
    except TimeoutError as fault:
        raise TooSlow(
            sentence("The body did not come within {patience} seconds; nothing was saved. Send it again, at once.", patience=PATIENCE)
        ) from fault
    except HTTPException as fault:
        if fault.status_code != TOO_LARGE:
            raise
        raise TooLarge(sentence("The body is over {most_bytes} bytes. Send less at once.", most_bytes=MOST_BYTES)) from fault


def decoded(pairs: Mapping[str, str], kind: type[Shape], numbers: frozenset[str] | set[str] = frozenset()) -> Shape:
    """Make a struct of named texts."""
    try:
        return msgspec.convert({name: _number(text) if name in numbers else text for name, text in pairs.items()}, kind)
    except msgspec.ValidationError as fault:
        raise _misplaced(fault) from fault


def pairs_of(text: bytes) -> dict[str, str]:
    """Take apart `a=1&b=2`; a name that comes twice, NUL and broken UTF-8 are refused."""
    try:
        given = parse_qsl(text.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=100)
    except ValueError as fault:
        raise NotReadable(sentence("The parameters are not percent-encoded UTF-8, or too many. Write a plus sign as %2B.")) from fault
    pairs = dict(given)
    if len(pairs) != len(given):
        raise NotReadable(sentence("A parameter is given twice. Give each at most once."))
    if any("\0" in name or "\0" in value for name, value in given):
        raise NotReadable(sentence("A parameter holds the character NUL, which no text here may hold. Leave it out."))
    return pairs


def _pairs(text: bytes) -> dict[str, str]:
    return pairs_of(text) if text else {}


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 16 else text  # noqa: PLR2004 -- past any column


def _is_number(kind: Any) -> bool:  # noqa: ANN401 -- any annotation
    return "int" in str(kind)


def _misplaced(fault: msgspec.ValidationError) -> Refusal:
    what, place = misfit(fault)
    return NotReadable(
        sentence("{what} (at {place}). The contract is at /v1/openapi.json.", what=what, place=place),
        errors=[{"at": place, "message": what}],
    )
