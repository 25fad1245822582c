"""The field types that acts are made of, and the two bases they share; no act of its own."""

from datetime import date, datetime
from typing import Annotated, Literal, dataclass_transform

from msgspec import Meta, Struct, field

Code = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9.\-]*$")]
"""A party, utility service, district or rule by its code in the scheme."""

CityCode = Annotated[str, Meta(pattern=r"^[0-9]{6}$", description="The city by its code (GB/T 2260).")]

MOST_OF_TEXT = 2_000
Text = Annotated[str, Meta(min_length=1, max_length=MOST_OF_TEXT)]
"""Words that a person wrote; never empty, and the only ones with lines."""

Moment = Annotated[datetime, Meta(tz=True)]
"""An aware moment; kept as UTC in whole seconds."""

Metres = Annotated[int, Meta(ge=0, le=1_000_000)]
"""Metres of trench, whole."""

Fen = Annotated[int, Meta(ge=0, le=10**15)]
"""Money in 分 (a hundredth of a yuan)."""

Class = Literal["general", "complex"]
"""The class of a matter, given at acceptance with a reason: 一般事项, 复杂事项."""

Excavation = Literal[
    "road-excavation",
    "pavement-excavation",
    "green-occupation",
    "changes-planning-use",
    "crosses-major-works",
]
"""What works do to the ground: 道路开挖, 挖掘人行道, (临时)占用绿地, 改变规划性质, 穿(跨)越重大管(线、路)."""


# Frozen is inherited, as msgspec has it; type checkers have to be told.
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Part(Struct, frozen=True, gc=False, rename="camel", forbid_unknown_fields=True):
    """A piece of an act: a form, a stretch of works, a deferred document."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Acted(Struct, frozen=True, gc=False, rename="camel", forbid_unknown_fields=True, tag_field="act"):
    """What every kind of act has in common: its tag under `act`."""


__all__ = ["Acted", "CityCode", "Class", "Code", "Excavation", "Fen", "Metres", "Moment", "Part", "Text", "date"]
