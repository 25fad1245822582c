"""The shapes in which what is kept is shown to people and programs."""

from msgspec import Struct

from domain.acts.field import CityCode

__all__ = ["CityCode", "Shown"]


class Shown(Struct, frozen=True, rename="camel"):
    """What a caller gets."""
