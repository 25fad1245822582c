"""Who asks, through whatever door."""

from msgspec import Struct

from domain.refusals import (
    Refusal,
)
from domain.schemes.enforcement import Role


class Caller(Struct, frozen=True):
    """Who asks: the client, its party of which city, the role it acts in, and what its token allows."""

    client: str
    city: str
    party: str
    role: Role
    scopes: frozenset[str]
    generation: int = 1
    """Whatever ends a client's tokens begins another."""


class NotAuthenticated(Refusal):
    """No valid token came with the request."""
