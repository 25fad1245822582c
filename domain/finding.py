"""A finding (违规记录): what an inspector sees of one missed limit; derived from the ledger."""

import hashlib
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.ledger import digest_id

FindingState = Literal["open", "lapsed", "notified", "objected", "upheld", "excused", "withdrawn", "disposed"]
Light = Literal["yellow", "red"]


class Finding(Struct, frozen=True, kw_only=True):
    """One finding, unique per case, rule, starting entry and keys (a counted standard: and party)."""

    finding_id: UUID
    case_id: UUID
    rule: str
    keys: tuple[str, ...]
    party: str
    start_seq: int
    started_at: datetime
    due_at: datetime
    state: FindingState
    opened_seq: int
    opened_at: datetime
    red_at: datetime
    """The moment from which an overrun that still lasts is 红."""
    also_due_at: datetime | None = None
    statutory_due_at: datetime | None = None
    ended_at: datetime | None = None
    """When what was missed happened after all."""
    late_entry: bool = False
    provisional: bool = False
    withdrawal_proposed: bool = False
    notified_at: datetime | None = None
    objected_at: datetime | None = None
    decided_at: datetime | None = None
    light: Light = "yellow"
    """黄 when missed; 红 once the auditor has written that it turned."""


def finding_id(case_id: UUID, rule: str, start_seq: int, keys: tuple[str, ...], party: str) -> UUID:
    """Make the one id that this finding can have, whoever finds it and however often."""
    text = "\n".join((str(case_id), rule, str(start_seq), party, *keys))
    return digest_id(hashlib.sha256(text.encode()).digest())
