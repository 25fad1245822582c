"""Reads what an act rests on in other cases: the findings that it names, held until it is written, and ledgers; it checks nothing."""

from casework.recording.settlement_references import read_settlement_references
from casework.recording.supervision_references import read_supervision_references
from domain.acts import Acted
from domain.case import Case
from domain.cases.other_cases import NOTHING, OtherCases, cases_named, grounds_of
from storage.cases.ledger import read_ledgers
from storage.findings.findings import hold_findings
from storage.postgres.transaction import Tx


async def read_references(tx: Tx, act: Acted, city: str, case: Case | None = None) -> OtherCases:
    """Read it; most acts name nothing elsewhere. `case` is the one that it is recorded in, none where it opens one."""
    settling = await read_settlement_references(tx, city, case, act)
    if settling is not None:
        return settling
    supervising = await read_supervision_references(tx, city, case, act)
    if supervising is not None:
        return supervising
    findings, cases = [one.finding_id for one in grounds_of(act)], list(cases_named(act))
    if not findings and not cases:
        return NOTHING
    held = await hold_findings(tx, findings) if findings else []
    return OtherCases({one.finding.finding_id: one.finding for one in held}, await read_ledgers(tx, cases) if cases else {})
