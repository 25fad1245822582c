"""The end of publication windows: written down once each, on the first day after it; what ended otherwise is left alone."""

from uuid import UUID

from calendars import local_day
from casework.program import Context
from casework.recording.projections import project
from domain.cases.appending import write
from domain.credit.expiring import expiry_of
from domain.ledger import AUDITOR, SHA256
from storage.cases.cases import lock_case, save_case
from storage.cases.ledger import append, read_ledger
from storage.credit.records import windows_over
from storage.postgres.transaction import Database, Tx

BATCH = 200


async def expire(db: Database, context: Context) -> int:
    """Write down every window that has ended by now; gives how many. Two that do so at once write each once."""
    written, seen = 0, list[UUID]()
    while True:
        async with db.connection() as tx:
            ids = await windows_over(tx, local_day(context.now), seen, BATCH)
        if not ids:
            return written
        for case_id in ids:
            async with db.transaction() as tx:
                written += await expire_case(tx, context, case_id)
        seen += ids


async def expire_case(tx: Tx, context: Context, case_id: UUID) -> int:
    """Write down the end of one entry's window, where nobody has meanwhile."""
    case = await lock_case(tx, case_id)
    expired = None if case is None else expiry_of(await read_ledger(tx, case_id), local_day(context.now))
    if case is None or expired is None:
        return 0
    moved, made = write(case, [(expired, context.now, AUDITOR)], context.now, context.offices.newest, SHA256)
    await append(tx, made)
    kept = await save_case(tx, moved)
    await project(tx, kept, made)
    return 1
