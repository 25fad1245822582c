"""A calendar edition that voids a finding, told over HTTP with the worker's own job: from the missed day to the withdrawal.

Handed in on a Monday of November 2026 at ten, the approval's three working days end on Thursday at six. It is signed on Friday at ten.
Then the closure of that Wednesday is imported: Friday at six would have been in time. Each story has its own week: a closure stays.
"""

import json
from datetime import UTC, datetime
from itertools import count

import httpx
import pytest
from litestar import Litestar

from auditor.jobs import Job, run_sweep
from storage.calendars.editions import add_import
from tests.api.callers import JINGMEN, Body, Callers, act, application, opened
from tests.api.process import Office, taken
from tests.conftest import Clock

PAIR = {"utility": "jm-water", "department": "jm-cgw"}
_papers = count(1)


@pytest.fixture
def office(app: Litestar, callers: Callers, moving: Clock) -> Office:
    """The office and its auditor."""
    return Office(app, callers, moving)


async def worked(office: Office) -> None:
    """Do what the worker does once a minute."""
    program = office.app.state.program
    await run_sweep(Job(program.db, program.books, "test", office.now, office.now))


async def imported(office: Office, **days: str) -> None:
    """Do what `lianban calendar import` does; the next sweep reads it, and a minute later everybody knows it."""
    named = {kind: [{"date": day, "name": "样例"}] for kind, day in days.items()}
    document = {"city": JINGMEN, "document": f"样例停止办公通知{next(_papers)}号", **named}
    async with office.app.state.program.db.transaction() as tx:
        await add_import(tx, "closure.json", json.dumps(document, ensure_ascii=False).encode(), office.now())
    await worked(office)
    await office.app.state.program.renew()
    office.now.advance(minutes=1)


async def recorded(who: httpx.AsyncClient, case: Body, tag: str, **fields: object) -> Body:
    answer = await who.post(f"/v1/cases/{case['caseId']}/acts", json=act(tag, **fields))
    assert answer.status_code == 201, answer.text
    body: Body = answer.json()
    return body


def november(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Shanghai."""
    return datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC)


async def handed_in(office: Office, monday: int) -> Body:
    callers = office.callers
    office.now.move_to(november(monday, 10))
    case = await opened(callers.window(), application())
    survey = {"calledBy": "jm-spj", "participants": ["jm-water"], "surveyed": [{"utility": "jm-water", "feasible": True}]}
    works = [{"place": "白云大道", "utilities": ["jm-water"], "metres": 400, "does": ["pavement-excavation"]}]
    await recorded(callers.coordinator(), case, "survey.held", **survey, works=works)
    await recorded(callers.coordinator(), case, "approval.opened", approvals=[PAIR])
    await recorded(callers.water(), case, "materials.submitted", **PAIR)
    return case


async def signed_late(office: Office, monday: int) -> tuple[Body, Body]:
    case = await handed_in(office, monday)
    office.now.move_to(november(monday + 3, 18, 2))
    await worked(office)
    finding = await office.found(case, "joint-approval")
    assert (finding["state"], finding["dueAt"]) == ("open", f"2026-11-{monday + 3:02}T10:00:00Z")
    office.now.move_to(november(monday + 4, 10))
    words = {"outcome": "approved", "opinion": "同意", "signatory": "样例签批人"}
    await recorded(office.callers("department", "jm-cgw"), case, "signoff.given", **PAIR, **words)
    return case, finding


async def whole(office: Office, finding: Body) -> Body:
    answer: Body = (await office.callers.coordinator().get(f"/v1/findings/{finding['findingId']}")).json()
    return answer


async def acts_of(office: Office, case: Body) -> list[Body]:
    items: list[Body] = (await office.callers.coordinator().get(f"/v1/cases/{case['caseId']}/acts?limit=200")).json()["items"]
    return items


async def test_a_closure_voids_a_notified_finding_by_the_hand_of_a_person(office: Office) -> None:
    case, finding = await signed_late(office, 2)
    office.now.advance(hours=4, minutes=30)
    await taken(office.callers.coordinator(), finding, "notifications", servedAt=office.now().isoformat())
    office.now.advance(days=3)
    await imported(office, closed="2026-11-04")
    await worked(office)
    now = await whole(office, finding)
    assert (now["state"], now["withdrawalProposed"], now["dueAt"]) == ("notified", True, "2026-11-06T10:00:00Z")
    assert ("redated", "clock.redated") in [(one["part"], one["act"]) for one in now["evidence"]["reliedOn"]]
    (note,) = [
        one["body"] for one in await acts_of(office, case) if one["act"] == "clock.redated" and one["body"]["rule"] == "joint-approval"
    ]
    assert (note["wasDue"], note["dueAt"]) == ("2026-11-05T10:00:00Z", "2026-11-06T10:00:00Z")
    assert note["wasEdition"] in note["because"]
    upheld = await office.callers("supervisor", "jm-spj").post(
        f"/v1/findings/{finding['findingId']}/decisions", json={"outcome": "upheld", "reason": "超过时限"}
    )
    assert upheld.status_code == 409, "what is shown to be in time is upheld by nobody"
    done = await taken(office.callers("supervisor", "jm-spj"), finding, "decisions", outcome="withdrawn", reason="停止办公当日不计")
    assert done["state"] == "withdrawn"
    written = [one["act"] for one in await acts_of(office, case)]
    await worked(office)
    assert [one["act"] for one in await acts_of(office, case)] == written, "nothing is dated, found or proposed a second time"


async def test_a_closure_lets_a_finding_lapse_that_nobody_was_told_of(office: Office) -> None:
    _, finding = await signed_late(office, 9)
    office.now.advance(hours=1)
    await imported(office, closed="2026-11-11")
    await worked(office)
    assert ((await whole(office, finding))["state"], (await whole(office, finding))["withdrawalProposed"]) == ("lapsed", False)


async def test_an_act_that_comes_before_the_worker_notes_the_old_day_first(office: Office) -> None:
    """The closure is imported on Tuesday; before the next sweep the bureau makes a remark."""
    case = await handed_in(office, 16)
    office.now.move_to(november(17, 10))
    await imported(office, closed="2026-11-18")
    made = await recorded(office.callers("department", "jm-cgw"), case, "remark.made", text="样例")
    entries = await acts_of(office, case)
    notes = [one["body"] for one in entries if one["act"] == "clock.redated" and one["body"]["rule"] == "joint-approval"]
    assert [(one["wasDue"], one["dueAt"]) for one in notes] == [("2026-11-19T10:00:00Z", "2026-11-20T10:00:00Z")]
    assert (entries[-1]["act"], entries[-1]["seq"]) == ("remark.made", made["items"][-1]["seq"])
    await worked(office)
    dated = [one["act"] for one in await acts_of(office, case)].count("clock.redated")
    assert dated == [one["act"] for one in entries].count("clock.redated")


async def test_a_day_worked_after_all_leaves_an_act_in_time_that_comes_before_the_worker(office: Office) -> None:
    """Handed in on Wednesday the 25th, due on Monday the 30th. That Saturday is worked is imported on Saturday."""
    case = await handed_in(office, 23)
    office.now.move_to(november(25, 10))
    await recorded(office.callers.water(), case, "materials.submitted", **PAIR)
    office.now.move_to(november(28, 10))
    await imported(office, opened="2026-11-28")
    office.now.move_to(november(30, 17))
    words = {"outcome": "approved", "opinion": "同意", "signatory": "样例签批人"}
    made = await recorded(office.callers("department", "jm-cgw"), case, "signoff.given", **PAIR, **words)
    standing = {(one["state"], one["dueAt"]) for one in made["deadlines"] if one["rule"] == "joint-approval"}
    assert ("met", "2026-11-30T10:00:00Z") in standing, standing
