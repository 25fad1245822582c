"""The shapes in which what is kept is shown to people and programs."""

from typing import Annotated

from msgspec import Meta, Struct

CityCode = Annotated[str, Meta(pattern=r"^[0-9]{6}$", description="The city by its code (GB/T 2260).")]


class Shown(Struct, frozen=True, rename="camel"):
    """What a caller gets."""
