"""Dates open clocks again after a new calendar edition: the old due moment stays in the ledger, with the reason."""

from datetime import datetime
from uuid import UUID

from auditor.standing import Standing
from domain.desk.writing import Said, write
from domain.findings.redating import redates
from domain.judge import judge
from domain.ledger import AUDITOR
from storage.cases import lock_case, save_case
from storage.clocks import read_clocks, save_clocks
from storage.findings import save_findings
from storage.ledger import append, read_ledger
from storage.redate import stale_cases
from storage.transaction import Database, Tx

BATCH = 200


async def redate(db: Database, standing: Standing, now: datetime) -> int:
    """Date every open clock again that is kept under an older edition; gives how many moved."""
    moved, after = 0, UUID(int=0)
    while True:
        async with db.connection() as tx:
            ids = await stale_cases(tx, standing.offices.newest, after, BATCH)
        if not ids:
            return moved
        for case_id in ids:
            async with db.transaction() as tx:
                moved += await redate_case(tx, standing, case_id, now)
        after = ids[-1]


async def redate_case(tx: Tx, standing: Standing, case_id: UUID, now: datetime) -> int:
    """Judge a case anew under the newest edition, note each due moment that moves, and keep the clocks."""
    case = await lock_case(tx, case_id)
    if case is None or case.scheme not in standing.books:
        return 0
    book, offices = standing.books[case.scheme], standing.offices
    entries = await read_ledger(tx, case_id)
    notes = redates(book, await read_clocks(tx, case_id), judge(book, entries, offices).clocks, offices, now)
    said: list[Said] = [(note, now, AUDITOR) for note in notes]
    written, made = write(case, said, now, offices.newest, standing.digest)
    await append(tx, made)
    judged = judge(book, [*entries, *made], offices)
    await save_clocks(tx, case_id, judged.clocks)
    await save_findings(tx, written, judged.findings, stages=standing.books[case.scheme].stages)
    await save_case(tx, written)
    return len(notes)
