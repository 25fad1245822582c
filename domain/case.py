"""A case (办件) as a row of its own: what it is, whose, where, and the head of its ledger."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.acts.kinds import CaseKind

CaseState = Literal["open", "refused", "withdrawn", "closed"]


class Case(Struct, frozen=True, kw_only=True):
    """What is known of a case without reading its ledger; derived from it but for the id."""

    case_id: UUID
    kind: CaseKind
    scheme: str
    city: str
    district: str | None
    subject: str | None
    """What it is about, unique among open ones of a kind: a project code; a commitment's utility|department|year."""
    number: int | None
    """The scheme's running number of the year, once it has one."""
    year: int
    """The local year of its number; while it has none, of its opening."""
    state: CaseState
    opened_at: datetime
    opened_by: str
    """The party that opened it."""
    parties: tuple[str, ...]
    """Every party that takes part, sorted."""
    seq: int
    """The last entry's number."""
    head: bytes
    """The last entry's hash."""
    held_at: datetime | None = None
    """When it was taken for writing, by the database's clock; None where it was only read, or nothing in its database is real."""

    told: int | None = None
    """How much of it its reader was told, where that is less than all."""

    @property
    def version(self) -> int:
        """Give the version that ETags name: whatever its reader is told of raises it, and nothing else does."""
        return self.seq if self.told is None else self.told
