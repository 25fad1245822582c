"""Client secrets and the short-lived tokens made for them; decides nothing about what a caller may do."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Annotated, Final

import jwt
import msgspec
from jwt.types import Options
from msgspec import Meta, Struct

from casework.access.caller import Caller, NotAuthenticated
from domain.schemes.enforcement import Role
from words import sentence

ISSUER = "lianban"
AUDIENCE = "lianban-api"
LIFETIME = 600
"""Seconds that a token holds; never more than fifteen minutes."""
LONGEST = 900
SKEW = 30
"""Seconds by which the clock of another machine of ours may be ahead of this one's."""
_KEPT_AT_ONCE = 4096
_COST: Final = {"n": 2**14, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}
_CLAIMS = ["iss", "aud", "sub", "iat", "exp", "jti", "city", "party", "role", "scope", "gen"]
_CHECKS: Options = {"require": _CLAIMS, "strict_aud": True, "verify_exp": False, "verify_iat": False, "verify_nbf": False}
"""The moments are checked against the clock that the application is given, not against the machine's."""


class Claims(Struct, frozen=True):
    """What a token of ours says, beside who made it and for whom."""

    sub: str
    jti: str
    city: str
    party: str
    role: Role
    scope: str
    gen: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    iat: int
    exp: int


class Tokens:
    """Makes and reads the tokens of one installation."""

    def __init__(self, secret: str) -> None:
        """Take the installation's secret."""
        self._key = hmac.digest(secret.encode(), b"lianban token", "sha256")
        self._read: dict[str, tuple[Caller, int]] = {}

    def issue(self, caller: Caller, at: datetime, lifetime: int = LIFETIME) -> str:
        """Sign a token for that caller from now on."""
        moment = int(at.timestamp())
        whose = {"iss": ISSUER, "aud": AUDIENCE, "sub": caller.client, "jti": secrets.token_urlsafe(12)}
        what = {"city": caller.city, "party": caller.party, "role": caller.role, "scope": " ".join(sorted(caller.scopes))}
        when = {"gen": caller.generation, "iat": moment, "exp": moment + lifetime}
        return jwt.encode(whose | what | when, self._key, algorithm="HS256")

    def caller(self, token: str, at: datetime) -> Caller:
        """Read a token: signature, issuer, audience, every claim and its time; a token read before is only checked for its time.

        Whether its client is still as it was then, the request's own transaction asks the database.
        """
        kept = self._read.get(token) or self._remember(token, at)
        if kept[1] <= at.timestamp():
            raise NotAuthenticated(sentence("The token has expired. Ask POST /oauth/token for a new one."))
        return kept[0]

    def _remember(self, token: str, at: datetime) -> tuple[Caller, int]:
        claims = self._claims(token)
        if claims.exp - claims.iat > LONGEST or claims.iat > at.timestamp() + SKEW:
            raise NotAuthenticated(sentence("The token's times are not ours. Ask POST /oauth/token for a new one."))
        if len(self._read) >= _KEPT_AT_ONCE:
            self._read.clear()
        caller = Caller(claims.sub, claims.city, claims.party, claims.role, frozenset(claims.scope.split()), claims.gen)
        made = self._read[token] = (caller, claims.exp)
        return made

    def _claims(self, token: str) -> Claims:
        try:
            found = jwt.decode(token, self._key, ["HS256"], options=_CHECKS, audience=AUDIENCE, issuer=ISSUER)
            return msgspec.convert(found, Claims)
        except (jwt.PyJWTError, msgspec.ValidationError) as fault:
            message = sentence("The token is not one of ours, or is damaged. Ask POST /oauth/token for a new one.")
            raise NotAuthenticated(message) from fault


def make_secret() -> str:
    """Make a client's secret; it is shown once and kept only as its hash."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Hash a secret with scrypt and a salt of its own."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_text(salt)}${_text(hashlib.scrypt(secret.encode(), salt=salt, **_COST))}"


def fits(secret: str, kept: str) -> bool:
    """Say whether a secret is the one that was hashed; takes some 50 ms, so never on the loop."""
    _, salt, digest = kept.split("$")
    return hmac.compare_digest(hashlib.scrypt(secret.encode(), salt=base64.b64decode(salt), **_COST), base64.b64decode(digest))


class Proofs:
    """Remembers secrets that fitted, under a key of this process, so that a flood of wrong ones keeps no known client waiting."""

    def __init__(self) -> None:
        """Know none."""
        self._key = secrets.token_bytes(32)
        self._seen: dict[str, bytes] = {}

    def has(self, secret: str, kept: str) -> bool:
        """Say whether this very secret has fitted this hash before."""
        return hmac.compare_digest(self._seen.get(kept, b""), self._digest(secret))

    def note(self, secret: str, kept: str) -> None:
        """Remember that it fitted."""
        if len(self._seen) >= _KEPT_AT_ONCE:
            self._seen.clear()
        self._seen[kept] = self._digest(secret)

    def _digest(self, secret: str) -> bytes:
        return hmac.digest(self._key, secret.encode(), "sha256")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


NOBODY = hash_secret(make_secret())
"""What an unknown client's secret is compared with, so that the answer takes as long."""
