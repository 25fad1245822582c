"""Who asks, through whatever door."""

from msgspec import Struct

from casework.access.roles import CITY_WIDE
from domain.access.audience import Audience
from domain.refusals import Refusal
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

    @property
    def audience(self) -> Audience:
        """Say with which rights it reads."""
        if self.role in CITY_WIDE:
            return Audience(self.city, self.party, "city")
        return Audience(self.city, self.party, "portal" if self.role == "portal" else "own")


class NotAuthenticated(Refusal):
    """No valid token came with the request."""
