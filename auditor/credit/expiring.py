"""The end of publication windows: written down once each, on the first day after it; what ended otherwise is left alone."""

from uuid import UUID

from calendars import local_day
from casework.program import Context
from casework.recording.appending import append_acts
from domain.credit.expiring import expiry_of
from storage.cases.cases import lock_case
from storage.cases.ledger import read_ledger
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
    """Write down the end of one entry's window, where nobody has meanwhile; of a scheme that is not loaded the audit tells."""
    case = await lock_case(tx, case_id)
    if case is None:
        return 0
    context = context.holding(case)
    expired = expiry_of(await read_ledger(tx, case_id), local_day(context.now))
    if expired is None or case.scheme not in context.books:
        return 0
    await append_acts(tx, context, case, [expired])
    return 1
