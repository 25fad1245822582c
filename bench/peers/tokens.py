"""Checks the same tokens as ours, as a page of PyJWT's manual shows it; issues none."""

import hmac
import os
from typing import Any

import jwt

from api.tokens import AUDIENCE, ISSUER

_KEY = hmac.digest(os.environ.get("LIANBAN_SECRET", "").encode(), b"lianban token", "sha256")


def claims_of(authorization: str, scope: str) -> dict[str, Any]:
    """Read a token: signature, issuer, audience, expiry and scope; PermissionError otherwise."""
    try:
        claims: dict[str, Any] = jwt.decode(authorization.removeprefix("Bearer "), _KEY, ["HS256"], audience=AUDIENCE, issuer=ISSUER)
    except jwt.PyJWTError as fault:
        raise PermissionError("the token is not one of ours") from fault
    if scope not in claims["scope"].split():
        raise PermissionError(f"the token lacks the scope {scope}")
    return claims
