"""A notice that is imported while the application runs is taken up, and every entry names the calendar it was written under."""

import json
from datetime import UTC, datetime

from litestar import Litestar

from auditor.calendars.redate import redate
from auditor.findings.sweep import sweep
from casework.program import read_context
from storage.calendars.editions import add_import
from storage.calendars.offices import load_offices
from tests.api.callers import Body, Callers, act, application, opened, record
from tests.conftest import Clock

NOTICE_2027: Body = {
    "year": 2027,
    "papers": ["https://www.gov.cn/zhengce/2027"],
    "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}],
}


async def imported(app: Litestar, now: Clock, notice: Body = NOTICE_2027) -> str:
    """Another process loads a notice."""
    async with app.state.program.db.transaction() as tx:
        await add_import(tx, "2027.json", json.dumps(notice).encode(), now())
        return (await load_offices(tx, now())).newest


async def test_an_import_by_another_process_is_taken_up(app: Litestar, callers: Callers, moving: Clock) -> None:
    program = app.state.program
    before = program.offices
    await program.renew()
    assert program.offices is before, "nothing was added, so nothing is read again"
    newest = await imported(app, moving)
    assert newest != before.newest
    await program.renew()
    assert program.offices.newest == newest
    case = await opened(callers.window())
    assert (await record(callers.water(), case, "access.confirmed", utility="jm-water")).status_code == 201


async def test_a_case_written_under_a_calendar_not_yet_known_here_is_judged_all_the_same(app: Litestar, callers: Callers) -> None:
    case = await opened(callers.window())
    program = app.state.program
    known = program.offices
    program.offices = type(known)({"older": known.editions[known.newest]}, "older")
    try:
        answer = await record(callers.water(), case, "access.confirmed", utility="jm-water")
    finally:
        program.offices = known
    assert answer.status_code == 201, answer.text


async def test_a_finding_shows_that_its_day_was_moved_by_a_notice(app: Litestar, callers: Callers, moving: Clock) -> None:
    """Three working days from 30 December are 31 December and 4 and 5 January, until a notice gives the 4th a rest."""
    moving.move_to(datetime(2026, 12, 30, 2, 0, tzinfo=UTC))
    case = await opened(callers.window(), application())
    survey = {"calledBy": "jm-spj", "participants": ["jm-water"], "surveyed": [{"utility": "jm-water", "feasible": True}]}
    works = [{"place": "白云大道", "utilities": ["jm-water"], "metres": 400, "does": ["pavement-excavation"]}]
    pair = {"utility": "jm-water", "department": "jm-cgw"}
    for who, body in (
        (callers.coordinator(), act("survey.held", **survey, works=works)),
        (callers.coordinator(), act("approval.opened", approvals=[pair])),
        (callers.water(), act("materials.submitted", **pair)),
    ):
        assert (await who.post(f"/v1/cases/{case['caseId']}/acts", json=body)).status_code == 201
    longer = [*NOTICE_2027["days"], {"name": "元旦", "date": "2027-01-04", "isOffDay": True}]
    await imported(app, moving, NOTICE_2027 | {"days": longer})
    program = app.state.program
    await program.renew()
    await redate(program.db, await read_context(program.db, program.books, moving()))
    moving.move_to(datetime(2027, 1, 7, 2, 0, tzinfo=UTC))
    await sweep(program.db, await read_context(program.db, program.books, moving()))
    office = callers.coordinator()
    listed = (await office.get("/v1/findings?rule=joint-approval")).json()["items"]
    (found,) = [one for one in listed if one["caseId"] == case["caseId"]]
    evidence = (await office.get(f"/v1/findings/{found['findingId']}")).json()["evidence"]
    assert found["dueAt"] == "2027-01-06T10:00:00Z"
    assert [(one["part"], one["act"]) for one in evidence["reliedOn"]] == [("started", "materials.submitted"), ("redated", "clock.redated")]
    assert evidence["days"][-1]["date"] == "2027-01-06"
