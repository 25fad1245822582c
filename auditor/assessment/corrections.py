"""Writes beside a sealed year what later decisions changed in it, once each; the seal itself is never touched."""

from datetime import datetime
from uuid import UUID

from auditor.standing import Standing
from domain.assessment.period import year_of
from domain.assessment.sealing import corrections, sealed_in
from domain.cases.appending import Said, write
from domain.ledger import AUDITOR
from storage.assessment.scores import read_upheld, sealed_cases
from storage.cases.cases import lock_case, save_case
from storage.cases.ledger import append, read_ledger
from storage.postgres.transaction import Database, Tx


async def correct_scores(db: Database, standing: Standing, now: datetime) -> int:
    """Look at every sealed year again; gives how many corrections were written, none the second time."""
    async with db.connection() as tx:
        cases = [case.case_id for case in await sealed_cases(tx) if case.scheme in standing.books]
    written = 0
    for case_id in cases:
        async with db.transaction() as tx:
            written += await _correct(tx, standing, case_id, now)
    return written


async def _correct(tx: Tx, standing: Standing, case_id: UUID, now: datetime) -> int:
    case, entries = await lock_case(tx, case_id), await read_ledger(tx, case_id)
    seal = sealed_in(entries)
    if case is None or seal is None:
        return 0
    upheld = await read_upheld(tx, case.city, year_of(seal.year), standing.books)
    said: list[Said] = [(act, now, AUDITOR) for act in corrections(standing.books[case.scheme], entries, upheld)]
    if said:
        moved, made = write(case, said, now, standing.offices.newest, standing.digest)
        await append(tx, made)
        await save_case(tx, moved)
    return len(said)
