"""Findings are listed and read with their evidence, by the office at once and by a party once it has been notified."""

from datetime import UTC, datetime

import httpx
from litestar import Litestar

from auditor.findings.sweep import sweep
from casework.program import read_context
from tests.api.callers import DAYE, Body, Callers, application, opened, record
from tests.conftest import Clock

START = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)


async def missed(app: Litestar, callers: Callers, now: Clock) -> tuple[Body, Body]:
    """A case whose window pushed nothing for two hours, and the finding that the sweep opened about it."""
    now.move_to(START)
    case = await opened(callers.window())
    now.advance(hours=2)
    program = app.state.program
    await sweep(program.db, await read_context(program.db, program.books, now()))
    found = await callers.coordinator().get("/v1/findings?party=jm-spj&limit=200")
    return case, next(item for item in found.json()["items"] if item["caseId"] == case["caseId"])


async def notify(callers: Callers, now: Clock, case: Body, finding: Body) -> httpx.Response:
    now.advance(hours=4)
    served = now().isoformat()
    return await record(callers.coordinator(), case, "finding.notified", findingId=finding["findingId"], servedAt=served)


async def test_a_missed_limit_is_listed_with_its_clause_party_and_overrun(app: Litestar, callers: Callers, moving: Clock) -> None:
    _, finding = await missed(app, callers, moving)
    assert (finding["rule"], finding["carriesOut"], finding["stage"]) == ("any-window", ["J-22"], "application")
    assert (finding["party"], finding["partyName"]) == ("jm-spj", "荆门市行政审批局")
    assert finding["clause"] == "四(一)1"
    assert "任一窗口申报" in finding["quote"]
    assert (finding["startedAt"], finding["dueAt"], finding["endedAt"]) == ("2026-06-03T02:00:00Z", "2026-06-03T02:30:00Z", None)
    # Due 10:30, now 12:00: an hour and a half, all of it office time.
    assert finding["overrun"] == {"own": 5400, "measure": "seconds", "naturalSeconds": 5400}
    assert (finding["state"], finding["contested"], finding["provisional"]) == ("open", False, False)


async def test_a_finding_is_read_with_everything_it_rests_on(app: Litestar, callers: Callers, moving: Clock) -> None:
    case, finding = await missed(app, callers, moving)
    whole = (await callers.coordinator().get(f"/v1/findings/{finding['findingId']}")).json()
    evidence, _, held = whole.pop("evidence"), whole.pop("process"), whole.pop("delayShareSeconds")
    assert held == 5_400, "due at 10:30, read at noon, and nobody else was late"
    assert whole == finding
    assert evidence["missed"] == "promise"
    assert [(day["date"], day["seconds"]) for day in evidence["days"]] == [("2026-06-03", 1800)]
    assert evidence["assumptions"], "at once is thirty minutes by assumption, which is said"
    start = (await callers.coordinator().get(f"/v1/cases/{case['caseId']}/acts")).json()["items"][0]
    assert [(entry["seq"], entry["part"], entry["hash"]) for entry in evidence["reliedOn"]] == [(1, "started", start["hash"])]
    assert evidence["reliedOn"][0]["partyName"] == "荆门市行政审批局"
    assert evidence["document"].startswith("荆门市中心城区 2023 年“水气热电网”联动接入实施方案（试行），")
    assert evidence["hashes"] == [start["hash"]]


async def test_findings_are_filtered_by_all_they_are_known_by(app: Litestar, callers: Callers, moving: Clock) -> None:
    _, finding = await missed(app, callers, moving)
    office = callers.coordinator()
    same = ["rule=any-window", "stage=application", "state=open", "city=420800", "party=jm-spj", f"light={finding['light']}"]
    same += ["from=2026-06-03", "to=2026-06-03", "from=2026-06-03&to=2026-06-03&stage=application"]
    other = ["rule=half-day-connection", "stage=approval", "state=upheld", f"city={DAYE}", "party=jm-gas", "district=jm-dongbao"]
    other += ["from=2026-06-04", "to=2026-06-02"]
    for query, there in [(query, True) for query in same] + [(query, False) for query in other]:
        items = (await office.get(f"/v1/findings?limit=200&{query}")).json()["items"]
        assert (finding["findingId"] in {item["findingId"] for item in items}) is there, query


async def test_findings_come_in_pages_in_either_order(app: Litestar, callers: Callers, moving: Clock) -> None:
    for _ in range(3):
        await missed(app, callers, moving)
    office, orders = callers.coordinator(), {}
    for order in ("newest", "oldest"):
        seen, path = [], f"/v1/findings?limit=2&order={order}"
        while path:
            answer = await office.get(path)
            seen += [item["findingId"] for item in answer.json()["items"]]
            path = answer.links["next"]["url"] if answer.json()["next"] else ""
        orders[order] = seen
    assert orders["newest"] == orders["oldest"][::-1]
    assert len(orders["newest"]) == len(set(orders["newest"])) >= 3


async def test_a_party_sees_its_finding_once_it_has_been_notified(app: Litestar, callers: Callers, moving: Clock) -> None:
    case, finding = await missed(app, callers, moving)
    path, acts = f"/v1/findings/{finding['findingId']}", f"/v1/cases/{case['caseId']}/acts"
    before = await callers.window().get(path)
    assert before.status_code == 404
    assert "finding.opened" not in (await callers.window().get(acts)).text
    answer = await notify(callers, moving, case, finding)
    assert answer.status_code == 201, answer.text
    after = await callers.window().get(path)
    assert (after.status_code, after.json()["state"]) == (200, "notified")
    assert finding["findingId"] in (await callers.window().get("/v1/findings?limit=200")).text
    assert "finding.opened" in (await callers.window().get(acts)).text


async def test_nobody_else_in_the_case_sees_a_partys_finding(app: Litestar, callers: Callers, moving: Clock) -> None:
    case, finding = await missed(app, callers, moving)
    assert (await notify(callers, moving, case, finding)).status_code == 201
    water = callers.water()
    assert (await water.get(f"/v1/findings/{finding['findingId']}")).status_code == 404
    assert finding["findingId"] not in (await water.get("/v1/findings?limit=200")).text
    assert "finding." not in (await water.get(f"/v1/cases/{case['caseId']}/acts")).text
    stranger = callers("coordinator", "dy-cgj", DAYE)
    assert (await stranger.get(f"/v1/findings/{finding['findingId']}")).status_code == 404
    assert (await stranger.get("/v1/findings")).json()["items"] == []


async def test_a_portal_sees_nothing_of_the_audit(app: Litestar, callers: Callers, moving: Clock) -> None:
    portal = callers("portal", "hb-portal")
    case = await opened(portal, application())
    await record(callers.coordinator(), case, "visit.required", requiredBy="jm-spj")
    moving.advance(hours=2)
    program = app.state.program
    await sweep(program.db, await read_context(program.db, program.books, moving()))
    office = (await callers.coordinator().get(f"/v1/cases/{case['caseId']}/acts")).text
    assert "finding.opened" in office
    outside = callers("portal", "hb-portal")
    for path in (f"/v1/cases/{case['caseId']}/acts", "/v1/events?limit=200"):
        text = (await outside.get(path)).text
        assert "application.accepted" in text
        assert not any(word in text for word in ("finding", "suspicion", "warning", '"auditor"')), path
    assert (await outside.get("/v1/findings")).status_code == 403


async def test_what_was_missed_and_done_after_all_says_so(app: Litestar, callers: Callers, moving: Clock) -> None:
    case, finding = await missed(app, callers, moving)
    moving.advance(hours=3)
    await record(callers.window(), case, "application.pushed", utilities=["jm-water", "jm-gas"])
    after = (await callers.coordinator().get(f"/v1/findings/{finding['findingId']}")).json()
    assert after["endedAt"] == "2026-06-03T07:00:00Z"
    # 10:30 to 12:00 and 14:30 to 15:00: two office hours; four and a half by the clock on the wall.
    assert after["overrun"] == {"own": 7200, "measure": "seconds", "naturalSeconds": 16200}
    assert [entry["act"] for entry in after["evidence"]["reliedOn"]] == ["application.accepted", "application.pushed"]


async def test_a_stop_written_too_late_is_shown_though_it_moved_nothing(app: Litestar, callers: Callers, moving: Clock) -> None:
    moving.move_to(datetime(2026, 6, 1, 2, 0, tzinfo=UTC))
    case = await opened(callers.window())
    survey = {"calledBy": "jm-spj", "participants": ["jm-water"], "surveyed": [{"utility": "jm-water", "feasible": True}]}
    works = [{"place": "白云大道", "utilities": ["jm-water"], "metres": 400, "does": ["pavement-excavation"]}]
    await record(callers.coordinator(), case, "survey.held", **survey, works=works)
    await record(callers.coordinator(), case, "approval.opened", approvals=[{"utility": "jm-water", "department": "jm-cgw"}])
    pair = {"utility": "jm-water", "department": "jm-cgw"}
    await record(callers.water(), case, "materials.submitted", **pair)
    moving.move_to(datetime(2026, 6, 8, 2, 0, tzinfo=UTC))  # due on Thursday 4 June at 18:00
    told = {"toldAt": "2026-06-02T10:00:00+08:00", "neededUntil": "2026-06-03T10:00:00+08:00", "reason": "art-45", "basis": "检测"}
    stop = {"act": "clock.stopped", "rule": "joint-approval", "keys": list(pair.values()), **told}
    bureau, path = callers("department", "jm-cgw"), f"/v1/cases/{case['caseId']}/acts"
    late = await bureau.post(path, json={"body": stop, "occurredAt": "2026-06-02T10:00:00+08:00"})
    assert late.status_code == 201, late.text
    await bureau.post(
        f"/v1/cases/{case['caseId']}/sign-offs", json={"utility": "jm-water", "outcome": "approved", "opinion": "同意", "signatory": "李"}
    )
    evidence = (await _finding(app, callers, moving, case, "joint-approval"))["evidence"]
    assert [(one["from"], one["basis"], one["counted"]) for one in evidence["stops"]] == [("2026-06-02T02:00:00Z", "检测", False)]
    assert "late-entry" in {one["name"] for one in evidence["assumptions"]}
    assert evidence["alsoReadAs"] == "截止到当日 24:00"
    assert evidence["names"] == {"jm-water": "荆门市城市水务集团有限公司", "jm-cgw": "荆门市城市管理委员会"}
    assert [(one["part"], one["act"]) for one in evidence["reliedOn"]] == [("started", "materials.submitted"), ("ended", "signoff.given")]


async def test_a_broken_standard_shows_every_act_that_was_counted(app: Litestar, callers: Callers, moving: Clock) -> None:
    case = await opened(callers.window())
    survey = {"calledBy": "jm-spj", "participants": ["jm-water"], "surveyed": [{"utility": "jm-water", "feasible": True}]}
    for _ in range(2):
        moving.advance(hours=1)
        assert (await record(callers.coordinator(), case, "survey.held", **survey)).status_code == 201
    evidence = (await _finding(app, callers, moving, case, "one-survey"))["evidence"]
    assert [(one["seq"], one["part"]) for one in evidence["reliedOn"]] == [(2, "counted"), (3, "counted")]


async def test_an_overrun_is_measured_by_the_class_that_chose_the_limit(app: Litestar, callers: Callers, moving: Clock) -> None:
    act = {"act": "enquiry.received", "channel": "12345", "receiver": "jm-spj", "class": "general", "reason": "一般", "subject": "进度"}
    window = callers.window()
    case = await opened(window, {"kind": "enquiry", "city": "420800", "body": act})
    await record(window, case, "matter.registered", **{"class": "complex"}, reason="须现场核实")
    moving.move_to(datetime(2026, 6, 10, 2, 0, tzinfo=UTC))  # registered on Wednesday 3 June: three working days end on Monday 8 June
    found = await _finding(app, callers, moving, case, "registered-matter")
    assert found["overrun"] == {"own": 2, "measure": "days", "naturalSeconds": 40 * 3600 + 120}
    listed = (await callers.coordinator().get("/v1/findings?rule=registered-matter&limit=200")).json()["items"]
    assert [one["overrun"] for one in listed if one["findingId"] == found["findingId"]] == [found["overrun"]]


async def _finding(app: Litestar, callers: Callers, now: Clock, case: Body, rule: str) -> Body:
    """What the sweep finds in a case under a rule, with its evidence."""
    now.advance(minutes=2)
    program = app.state.program
    await sweep(program.db, await read_context(program.db, program.books, now()))
    office = callers.coordinator()
    items = (await office.get(f"/v1/findings?rule={rule}&limit=200")).json()["items"]
    found = next(item for item in items if item["caseId"] == case["caseId"])
    whole: Body = (await office.get(f"/v1/findings/{found['findingId']}")).json()
    return whole
