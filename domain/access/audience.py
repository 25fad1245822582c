"""One set of rights to read: a city's offices, a party, or a party that comes as a portal; knows no token."""

from typing import Literal

from msgspec import Struct

Sees = Literal["city", "own", "portal"]
"""All of its own city; what its party takes part in; the same, as a portal."""


class Audience(Struct, frozen=True):
    """Whoever reads with the same rights reads the same."""

    city: str
    party: str | None
    """None for a city's offices together."""
    sees: Sees

    @property
    def is_office(self) -> bool:
        """Say whether it sees all of its own city."""
        return self.sees == "city"


def office_of(city: str) -> Audience:
    """Give the rights that a city's offices have together."""
    return Audience(city, None, "city")
