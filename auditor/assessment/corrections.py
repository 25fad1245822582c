"""Writes beside a sealed year what later decisions changed in it, once each; the seal itself is never touched."""

from uuid import UUID

from casework.program import Context
from casework.recording.appending import append_acts
from domain.assessment.period import year_of
from domain.assessment.sealing import corrections, sealed_in
from storage.assessment.scores import read_upheld, sealed_cases
from storage.cases.cases import lock_case
from storage.cases.ledger import read_ledger
from storage.postgres.transaction import Database, Tx


async def correct_scores(db: Database, context: Context) -> int:
    """Look at every sealed year again; gives how many corrections were written, none the second time."""
    async with db.connection() as tx:
        cases = [case.case_id for case in await sealed_cases(tx) if case.scheme in context.books]
    written = 0
    for case_id in cases:
        async with db.transaction() as tx:
            written += await _correct(tx, context, case_id)
    return written


async def _correct(tx: Tx, context: Context, case_id: UUID) -> int:
    case, entries = await lock_case(tx, case_id), await read_ledger(tx, case_id)
    seal = sealed_in(entries)
    if case is None or seal is None:
        return 0
    context = context.holding(case)
    upheld = await read_upheld(tx, case.city, year_of(seal.year), context.books)
    corrected = list(corrections(context.books[case.scheme], entries, upheld))
    await append_acts(tx, context, case, corrected)
    return len(corrected)
