"""The end of a window is written down once, by however many workers, and a window that ended otherwise never."""

import asyncio
from datetime import date
from uuid import UUID

import pytest

from auditor.credit.expiring import expire
from casework.program import Context
from domain.acts.enforcement.credit import CreditRepaired
from storage.loading.bulk import Written, write_cases
from storage.postgres.transaction import Database
from tests.auditor.keeping import acts
from tests.domain.accountability.records import File, entered, shown
from tests.domain.stories import shanghai

SHOWN, REPAIRED = UUID(int=91), UUID(int=92)


@pytest.fixture(autouse=True)
async def _shown(db: Database) -> None:
    """Two entries shown until 5 September 2026; one of them is repaired on 1 July."""
    for case_id in (SHOWN, REPAIRED):
        file = entered(File(case_id=case_id))
        file.records(shown(), by="jm-spj", role="coordinator", at="2026-06-05 11:00")
        if case_id == REPAIRED:
            repaired = CreditRepaired(by="jm-spj", on=date(2026, 7, 1), reason="已整改")
            file.records(repaired, by="jm-spj", role="supervisor", at="2026-07-01 10:00")
        assert file.case is not None
        async with db.transaction() as tx:
            await write_cases(tx, [Written(file.case, file.story.entries)])


async def test_a_window_that_has_ended_is_written_down_once_by_many_workers(db: Database, context: Context) -> None:
    assert await expire(db, context.at(shanghai("2026-09-05 23:59"))) == 0
    after = shanghai("2026-09-06 00:01")
    written = await asyncio.gather(*(expire(db, context.at(after)) for _ in range(4)))
    assert sum(written) == 1
    assert await expire(db, context.at(shanghai("2026-09-07 00:01"))) == 0
    assert (await acts(db, SHOWN)).count("credit.expired") == 1
    assert "credit.expired" not in await acts(db, REPAIRED)
