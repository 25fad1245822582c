"""A notice that is imported while the application runs is taken up, and every entry names the calendar it was written under."""

import json

from litestar import Litestar

from storage.editions import add_import
from storage.offices import load_offices
from tests.api.callers import Callers, opened, record
from tests.conftest import Clock

NOTICE_2027 = {
    "year": 2027,
    "papers": ["https://www.gov.cn/zhengce/2027"],
    "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}],
}


async def imported(app: Litestar, now: Clock) -> str:
    """Another process loads a notice."""
    async with app.state.running.db.transaction() as tx:
        await add_import(tx, "2027.json", json.dumps(NOTICE_2027).encode(), now())
        return (await load_offices(tx, now())).newest


async def test_an_import_by_another_process_is_taken_up(app: Litestar, callers: Callers, moving: Clock) -> None:
    running = app.state.running
    before = running.offices
    await running.renew()
    assert running.offices is before, "nothing was added, so nothing is read again"
    newest = await imported(app, moving)
    assert newest != before.newest
    await running.renew()
    assert running.offices.newest == newest
    case = await opened(callers.window())
    assert (await record(callers.water(), case, "access.confirmed", utility="jm-water")).status_code == 201


async def test_a_case_written_under_a_calendar_not_yet_known_here_is_judged_all_the_same(app: Litestar, callers: Callers) -> None:
    case = await opened(callers.window())
    running = app.state.running
    known = running.offices
    running.offices = type(known)({"older": known.editions[known.newest]}, "older")
    try:
        answer = await record(callers.water(), case, "access.confirmed", utility="jm-water")
    finally:
        running.offices = known
    assert answer.status_code == 201, answer.text
