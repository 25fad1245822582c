"""The end of publication windows: written down once each, on the first day after it; what ended otherwise is left alone."""

from datetime import datetime
from uuid import UUID

from auditor.standing import Standing
from calendars import local_day
from casework.recording.projections import follow
from domain.cases.appending import write
from domain.credit.expiring import expiry_of
from domain.ledger import AUDITOR
from storage.cases.cases import lock_case, save_case
from storage.cases.ledger import append, read_ledger
from storage.credit.records import windows_over
from storage.postgres.transaction import Database, Tx

BATCH = 200


async def expire(db: Database, standing: Standing, now: datetime) -> int:
    """Write down every window that has ended by now; gives how many. Two that do so at once write each once."""
    written, seen = 0, list[UUID]()
    while True:
        async with db.connection() as tx:
            ids = await windows_over(tx, local_day(now), seen, BATCH)
        if not ids:
            return written
        for case_id in ids:
            async with db.transaction() as tx:
                written += await expire_case(tx, standing, case_id, now)
        seen += ids


async def expire_case(tx: Tx, standing: Standing, case_id: UUID, now: datetime) -> int:
    """Write down the end of one entry's window, where nobody has meanwhile."""
    case = await lock_case(tx, case_id)
    expired = None if case is None else expiry_of(await read_ledger(tx, case_id), local_day(now))
    if case is None or expired is None:
        return 0
    moved, made = write(case, [(expired, now, AUDITOR)], now, standing.offices.newest, standing.digest)
    await append(tx, made)
    kept = await save_case(tx, moved)
    await follow(tx, kept, made)
    return 1
