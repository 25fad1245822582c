"""Where a rule comes from: the clause and the quoted words, beside what encodes them."""

from typing import Annotated, dataclass_transform

from msgspec import Meta, Struct, field


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a scheme file: read once, never changed, an unknown key refused."""


class Cite(Table, kw_only=True):
    """The source's own sentence."""

    clause: Annotated[str, Meta(min_length=1)]
    quote: Annotated[str, Meta(min_length=1)]
    document: str | None = None
    """Another document than the scheme's own (a law), where it is one."""
