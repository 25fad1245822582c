"""A step of a finding's due process, written into the finding's case; whoever sees the finding need not see the case."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from casework.access.caller import Caller
from casework.access.numbering import as_told
from casework.findings.views import FindingWhole, seen_finding, whole
from casework.program import Context
from casework.recording.recording import at_version, write_act
from domain.acts import Acted
from domain.case import Case
from storage.cases.cases import lock_case
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Tx


class Step(NamedTuple):
    """What is done about which finding, at the version of its case that the caller read, and when."""

    finding_id: UUID
    if_match: str | None
    act: Acted
    occurred_at: datetime | None


async def take_step(tx: Tx, context: Context, ring: KeyRing, caller: Caller, step: Step) -> tuple[Case, FindingWhole]:
    """Write it down, and give the case and the finding after it."""
    row = await seen_finding(tx, context, caller, step.finding_id)
    locked = await lock_case(tx, row.finding.case_id)
    case = at_version(await as_told(tx, caller, locked) if locked and step.if_match is not None else locked, step.if_match)
    made, _ = await write_act(tx, context, ring, caller, case, step.act, step.occurred_at)
    return made.case, await whole(tx, context, caller, await seen_finding(tx, context, caller, step.finding_id))
