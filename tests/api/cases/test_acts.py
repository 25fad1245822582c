"""What happened is recorded and read back: facts always, steering acts in order, nothing changed afterwards."""

import hashlib

import httpx

from tests.api.callers import Body, Callers, act, opened, record
from tests.conftest import Clock


async def test_a_fact_out_of_order_is_taken_and_raises_a_suspicion(callers: Callers) -> None:
    case = await opened(callers.window())
    answer = await record(callers.water(), case, "works.started", utility="jm-water")
    assert answer.status_code == 201
    assert [entry["act"] for entry in answer.json()["items"]] == ["works.started"], "suspicions are the office's to see"
    office = (await callers.coordinator().get(f"/v1/cases/{case['caseId']}/acts")).json()["items"]
    assert [entry["act"] for entry in office] == ["application.accepted", "works.started", "suspicion.raised"]
    assert answer.headers["etag"] == '"2"', "nor do they show in what it counts"


async def test_a_steering_act_out_of_order_is_refused_with_what_may_come_next(callers: Callers) -> None:
    case = await opened(callers.window())
    answer = await record(callers.coordinator(), case, "approval.opened", approvals=[{"utility": "jm-water", "department": "jm-cgw"}])
    assert answer.status_code == 409
    assert answer.json()["missing"] == ["survey.held"]
    assert "survey.scheduled" in answer.json()["next"]
    assert (await callers.window().get(f"/v1/cases/{case['caseId']}")).json()["version"] == 1, "nothing was written"


async def test_a_utility_records_its_own_doings_alone(callers: Callers) -> None:
    case = await opened(callers.window())
    answer = await record(callers.water(), case, "service.connected", utility="jm-gas")
    assert answer.status_code == 403


async def test_what_lies_ahead_cannot_be_recorded(callers: Callers) -> None:
    case = await opened(callers.window())
    body = act("service.connected", utility="jm-water") | {"occurredAt": "2026-06-03T10:00:01+08:00"}
    answer = await callers.water().post(f"/v1/cases/{case['caseId']}/acts", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, "occurredAt")


async def test_what_happened_earlier_is_kept_with_both_moments(callers: Callers) -> None:
    case = await opened(callers.window())
    body = act("service.connected", utility="jm-water") | {"occurredAt": "2026-06-03T09:59:59.9+08:00"}
    entry = (await callers.water().post(f"/v1/cases/{case['caseId']}/acts", json=body)).json()["items"][0]
    assert (entry["occurredAt"], entry["recordedAt"]) == ("2026-06-03T01:59:59Z", "2026-06-03T02:00:00Z")


async def test_the_auditors_acts_are_nobody_elses_to_write(callers: Callers) -> None:
    case = await opened(callers.window())
    answer = await record(callers.coordinator(), case, "suspicion.raised", about="out-of-order")
    assert answer.status_code == 400
    assert "suspicion.raised" in answer.json()["detail"]


async def test_an_act_on_an_older_version_is_refused(callers: Callers) -> None:
    case, water = await opened(callers.window()), callers.water()
    path, body = f"/v1/cases/{case['caseId']}/acts", act("access.confirmed", utility="jm-water")
    assert (await water.post(path, json=body, headers={"if-match": '"1"'})).status_code == 201
    stale = await water.post(path, json=body, headers={"if-match": '"1"'})
    assert (stale.status_code, stale.json()["version"]) == (412, 2)


async def test_the_location_of_an_act_shows_that_entry(callers: Callers) -> None:
    case = await opened(callers.window())
    made = await record(callers.water(), case, "access.confirmed", utility="jm-water")
    shown = (await callers.water().get(made.headers["location"])).json()["items"]
    assert shown == made.json()["items"]


async def test_the_ledger_is_read_in_pages_and_each_hash_covers_the_one_before(callers: Callers) -> None:
    case = await opened(callers.window())
    for utility in ("jm-water", "jm-gas"):
        await record(callers("utility", utility), case, "access.confirmed", utility=utility)
    office, entries, path = callers.coordinator(), [], f"/v1/cases/{case['caseId']}/acts?limit=2"
    while path:
        answer = await office.get(path)
        entries += answer.json()["items"]
        path = answer.links["next"]["url"] if answer.json()["next"] else ""
    assert [entry["seq"] for entry in entries] == [1, 2, 3]
    assert len({entry["hash"] for entry in entries}) == 3
    assert all(len(bytes.fromhex(entry["hash"])) == hashlib.sha256().digest_size for entry in entries)


async def test_accounts_are_shown_to_the_office_alone(callers: Callers) -> None:
    case = await opened(callers.window())
    path = f"/v1/cases/{case['caseId']}/acts"
    office = (await callers.coordinator().get(path)).json()["items"][0]["actor"]
    party = (await callers.water().get(path)).json()["items"][0]["actor"]
    assert office == {"party": "jm-spj", "role": "window", "account": "test-jm-spj-window"}
    assert party == {"party": "jm-spj", "role": "window"}


async def test_a_case_with_a_running_clock_cannot_be_closed(callers: Callers) -> None:
    case = await opened(callers.window())
    answer = await record(callers.coordinator(), case, "case.closed", outcome="办结")
    assert (answer.status_code, answer.json()["running"]) == (409, ["any-window"])


async def test_half_a_working_day_to_connect_is_counted_on_the_office_clock(callers: Callers) -> None:
    case = await opened(callers.window())
    answer = await record(callers.water(), case, "access.confirmed", utility="jm-water")
    due = {(one["rule"], *one["keys"]): one["dueAt"] for one in answer.json()["deadlines"]}
    # J-01: 0.5wd from 10:00 ends 16:00 (3.5 office hours).
    assert due["half-day-connection", "jm-water"] == "2026-06-03T08:00:00Z"


async def test_a_whole_joint_approval_ends_on_the_consolidated_sheet(callers: Callers, moving: Clock) -> None:
    case = await opened(callers.window())
    works = {"place": "白云大道", "utilities": ["jm-water"], "metres": 350, "does": ["pavement-excavation"]}
    survey = {"calledBy": "jm-spj", "participants": ["jm-water", "jm-gas"], "surveyed": [{"utility": "jm-water", "feasible": True}]}
    office, department = callers.coordinator(), callers("department", "jm-cgw")
    steps: list[tuple[httpx.AsyncClient, str, Body]] = [
        (office, "survey.held", survey | {"works": [works]}),
        (office, "approval.opened", {"approvals": [{"utility": "jm-water", "department": "jm-cgw"}]}),
        (department, "checklist.returned", {"utility": "jm-water", "department": "jm-cgw"}),
        (callers.water(), "materials.submitted", {"utility": "jm-water", "department": "jm-cgw"}),
    ]
    for client, tag, fields in steps:
        answer = await record(client, case, tag, **fields)
        assert answer.status_code == 201, answer.text
    moving.advance(minutes=5)
    path = f"/v1/cases/{case['caseId']}/sign-offs"
    opinion = {"utility": "jm-water", "outcome": "approved", "opinion": "同意", "signatory": "张三"}
    given = await callers("department", "jm-cgw").post(path, json=opinion)
    assert given.status_code == 201, given.text
    again = await callers("department", "jm-cgw").post(path, json=opinion)
    assert again.status_code == 409
    sheet = (await callers.water().get(path)).json()
    lines = {line["department"]: line for line in sheet["items"]}
    # J-41: opinions of 自然资源和规划局, 城管委, 行政审批局 with their dates.
    assert set(lines) == {"jm-zgj", "jm-cgw", "jm-spj"}
    signed = lines["jm-cgw"]
    assert (signed["outcome"], signed["opinion"], signed["signatory"]) == ("approved", "同意", "张三")
    assert signed["signedAt"] == "2026-06-03T02:05:00Z"
    assert lines["jm-zgj"]["outcome"] is None
