"""Short-lived tokens for clients (RFC 6749, 4.4); makes no clients and keeps no session."""

import asyncio
import base64
from datetime import UTC, datetime
from typing import Annotated, Literal, cast

from litestar import post
from msgspec import Meta, field

from api.program import HttpProgram
from api.tokens import LIFETIME, NOBODY, fits
from api.wire.answer import Answer, reply
from api.wire.operation import FORM, ApiRequest, Body, Operation, Wire, body_of, decoded, pairs_of
from api.wire.problems import NotReadable
from casework.access.caller import Caller, NotAuthenticated
from casework.access.roles import SCOPES
from casework.shown import Shown
from domain.refusals import NotAllowed
from domain.schemes.enforcement import Role
from storage.access.clients import AT_ONCE, ApiClient, Secret, find_client
from words import listed, sentence

Text = Annotated[str, Meta(min_length=1, max_length=200)]


class TokenRequest(Wire, frozen=True, rename=None):
    """The form that a client sends; id and secret may come by HTTP Basic instead."""

    grant_type: Literal["client_credentials"]
    scope: Annotated[str, Meta(max_length=200, description="Scopes, separated by spaces; without it, all of the client's.")] | None = None
    client_id: Text | None = None
    client_secret: Text | None = None


class TokenGiven(Shown, frozen=True, rename=None):
    """The token, and what it allows."""

    access_token: str
    expires_in: int
    scope: str
    token_type: str = field(default="Bearer")


class _Form(Body[TokenRequest]):
    media = FORM

    async def of(self, request: ApiRequest) -> TokenRequest:
        return decoded(pairs_of(await body_of(request, FORM)), TokenRequest)


_FORM = _Form(TokenRequest)
_NOBODYS = Secret(NOBODY, datetime.min.replace(tzinfo=UTC))
"""Compared where there is none, so that the answer takes as long."""
ISSUE = Operation(
    reply=TokenGiven,
    body=_FORM,
    problems=(NotReadable, NotAuthenticated, NotAllowed),
    examples={
        "credentials": {"grant_type": "client_credentials", "client_id": "portal", "client_secret": "…", "scope": "cases:read cases:write"}
    },
    tag="tokens",
)


@post("/oauth/token", operation_id="issueToken", summary="Get a token for a client's own id and secret", status_code=200, opt=ISSUE.opt)
async def issue_token(request: ApiRequest) -> Answer:
    """Answer with a token of ten minutes, or of what its secret has left; the client's secret is checked off the loop."""
    asked = await _FORM.of(request)
    program = request.program
    name, secret = _credentials(request, asked)
    async with program.db.connection() as tx:
        client = await find_client(tx, name)
    now = program.wall_now()
    right = await _right_one(program, secret, client, now)
    caller, lifetime = _caller(client, asked.scope, right), _lifetime(right, now)
    return reply(TokenGiven(program.tokens.issue(caller, now, lifetime), lifetime, " ".join(sorted(caller.scopes))))


async def _right_one(program: HttpProgram, secret: str, client: ApiClient | None, now: datetime) -> Secret | None:
    """Find the secret that was sent among those that hold; one that fitted before costs nothing, so all are asked for that first."""
    holding = client.secrets_at(now)[:AT_ONCE] if client else ()
    known = next((one for one in holding if program.proofs.has(secret, one.hash)), None)
    if known is not None:
        return known
    for one in holding or (_NOBODYS,):
        if await _is_right(program, secret, one.hash):
            return one if holding else None
    return None


def _lifetime(right: Secret | None, now: datetime) -> int:
    """A token does not outlive the secret that it was given for."""
    left = LIFETIME if right is None or right.ends_at is None else int((right.ends_at - now).total_seconds())
    return min(LIFETIME, left)


async def _is_right(program: HttpProgram, secret: str, kept: str) -> bool:
    if program.proofs.has(secret, kept):
        return True
    async with program.checking:
        right = await asyncio.to_thread(fits, secret, kept)
    if right:
        program.proofs.note(secret, kept)
    return right


def _caller(client: ApiClient | None, scope: str | None, right: Secret | None) -> Caller:
    if client is None or client.disabled or right is None:
        raise _refused(
            NotAuthenticated, "invalid_client", sentence("The client's id and secret do not fit together, or the client is disabled.")
        )
    asked = frozenset(client.scopes if scope is None else scope.split())
    if not asked <= frozenset(client.scopes):
        raise _refused(
            NotAllowed,
            "invalid_scope",
            sentence(
                "The client has {scopes}; all there are: {known}.", scopes=listed(client.scopes) or sentence("none"), known=listed(SCOPES)
            ),
        )
    return Caller(client.client_id, client.city, client.party, cast("Role", client.role), asked, client.generation)


def _credentials(request: ApiRequest, asked: TokenRequest) -> tuple[str, str]:
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        return _basic(text)
    if asked.client_id is None or asked.client_secret is None:
        raise _refused(NotAuthenticated, "invalid_client", sentence("Send client_id and client_secret in the form, or by HTTP Basic."))
    return asked.client_id, asked.client_secret


def _basic(text: str) -> tuple[str, str]:
    try:
        name, _, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except ValueError as fault:
        raise _refused(NotAuthenticated, "invalid_client", sentence("The Authorization header is not HTTP Basic in base64.")) from fault
    if "\0" in name:
        raise _refused(NotAuthenticated, "invalid_client", sentence("The client's id holds the character NUL."))
    return name, secret


def _refused(kind: type[NotAuthenticated | NotAllowed], error: str, words: str) -> NotAuthenticated | NotAllowed:
    """RFC 6749, 5.2: the same words under its own names as well."""
    return kind(words, error=error, error_description=words)
