"""A finding's due process over HTTP: every step by the right party, what a withdrawal reaches, and the same in both cities."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar

from domain.schemes.enforcement import Role
from tests.api.callers import DAYE, Body, Callers, opened, record
from tests.api.process import AFTER_LATE_ENTRIES, Office, accountability, credit, step, taken
from tests.conftest import Clock


@pytest.fixture
def office(app: Litestar, callers: Callers, moving: Clock) -> Office:
    return Office(app, callers, moving)


def told(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


async def read(client: httpx.AsyncClient, finding: Body) -> Body:
    answer = await client.get(f"/v1/findings/{finding['findingId']}")
    assert answer.status_code == 200, answer.text
    whole: Body = answer.json()
    return whole


async def acts_of(client: httpx.AsyncClient, case_id: str) -> list[Body]:
    entries: list[Body] = (await client.get(f"/v1/cases/{case_id}/acts?limit=200")).json()["items"]
    return entries


async def test_an_objection_is_heard_and_the_finding_withdrawn(office: Office, callers: Callers, moving: Clock) -> None:
    _, finding = await office.notified()
    whole = await read(callers.water(), finding)
    process = whole["process"]
    assert (whole["state"], process["servedAt"], process["objectUntil"]) == ("notified", "2026-06-04T07:01:00Z", "2026-06-11T10:00:00Z")
    assert (process["decider"], process["deciderName"]) == ("jm-spj", "荆门市行政审批局")
    assert process["deciderCite"]["clause"] == "八(五)"
    assert [one["name"] for one in process["assumptions"]] == ["days-to-object", "days-to-decide"]
    assert [one["code"] for one in process["excuses"]] == ["applicant-delay", "upstream-late", "force-majeure", "authority-order", "safety"]
    moving.advance(days=1)
    objected = await taken(callers.water(), finding, "objections", text="用户改约次日，已签字", excuse="applicant-delay")
    # Friday 5 June and ten working days, past the Dragon Boat Festival of Friday 19 June: Monday 22 June.
    assert (objected["state"], objected["process"]["decideUntil"]) == ("objected", "2026-06-22T10:00:00Z")
    assert objected["process"]["objection"]["addressedTo"] == "jm-spj"
    moving.advance(days=3)
    await taken(callers("supervisor", "jm-spj"), finding, "decisions", outcome="withdrawn", reason="用户确认改约")
    whole = await read(callers.water(), finding)
    (decision,) = whole["process"]["decisions"]
    assert (whole["state"], whole["decidedAt"]) == ("withdrawn", "2026-06-08T07:01:00Z")
    assert (decision["outcome"], decision["byName"], decision["reason"]) == ("withdrawn", "荆门市行政审批局", "用户确认改约")


async def test_an_objection_is_refused_and_what_came_of_the_finding_is_told(office: Office, callers: Callers) -> None:
    _, finding = await office.upheld()
    assert (await read(callers.water(), finding))["state"] == "upheld"
    whole = await taken(callers("inspector", "jm-fgw"), finding, "disposals", measure="约谈分管负责人")
    assert (whole["state"], whole["process"]["disposal"]["measure"], whole["process"]["disposal"]["by"]) == (
        "disposed",
        "约谈分管负责人",
        "jm-fgw",
    )
    assert told(await step(callers("inspector", "jm-fgw"), finding, "disposals", measure="再次"))[0] == 409


async def test_a_withdrawal_reaches_the_credit_file_and_the_accountability_record(office: Office, callers: Callers) -> None:
    case, finding = await office.upheld()
    reform = callers("inspector", "jm-fgw")
    records = [await opened(reform, accountability(finding)), await opened(reform, credit(finding))]
    resting = {one["caseId"]: one["act"] for one in (await read(reform, finding))["records"]}
    assert resting == {records[0]["caseId"]: "accountability.proposed", records[1]["caseId"]: "credit.proposed"}
    assert (await read(callers.water(), finding))["records"] == []
    await taken(office.account("li", "supervisor", "jm-spj"), finding, "decisions", outcome="withdrawn", reason="用户签收单核实为真")
    whole = await read(reform, finding)
    assert (whole["state"], [one["outcome"] for one in whole["process"]["decisions"]]) == ("withdrawn", ["upheld", "withdrawn"])
    for made, kind in zip(records, ("accountability.withdrawn", "credit.withdrawn"), strict=True):
        entries = await acts_of(reform, made["caseId"])
        assert [one["act"] for one in entries[-2:]] == ["ground.fell", kind]
        assert {one["actor"]["role"] for one in entries[-2:]} == {"auditor"}
        assert (entries[-2]["body"]["left"], entries[-2]["body"]["findingId"]) == (0, finding["findingId"])
    assert case["caseId"] not in {one["caseId"] for one in records}
    assert told(await reform.post("/v1/cases", json=accountability(finding))) == (409, "out-of-order")


async def test_a_record_stands_on_what_is_left_of_its_grounds(office: Office, callers: Callers, moving: Clock) -> None:
    _, first = await office.upheld()
    moving.move_to(datetime(2026, 6, 3, 2, 0, tzinfo=UTC))
    _, second = await office.upheld()
    reform = callers("inspector", "jm-fgw")
    made = await opened(reform, accountability(first, second))
    await taken(office.account("li", "supervisor", "jm-spj"), first, "decisions", outcome="withdrawn", reason="数据有误")
    last = (await acts_of(reform, made["caseId"]))[-1]
    assert (last["act"], last["body"]["left"]) == ("ground.fell", 1)
    await taken(office.account("li", "supervisor", "jm-spj"), second, "decisions", outcome="withdrawn", reason="数据有误")
    assert (await acts_of(reform, made["caseId"]))[-1]["act"] == "accountability.withdrawn"


async def test_a_record_made_while_its_finding_is_withdrawn_is_refused_or_falls_with_it(
    office: Office, callers: Callers, moving: Clock
) -> None:
    for _ in range(5):
        moving.move_to(datetime(2026, 6, 3, 2, 0, tzinfo=UTC))
        _, finding = await office.upheld()
        reform, li = callers("inspector", "jm-fgw"), office.account("li", "supervisor", "jm-spj")
        opening = reform.post("/v1/cases", json=accountability(finding))
        answer, _ = await asyncio.gather(opening, taken(li, finding, "decisions", outcome="withdrawn", reason="数据有误"))
        if answer.status_code == 201:
            assert (await acts_of(reform, answer.json()["caseId"]))[-1]["act"] == "accountability.withdrawn"
        else:
            assert told(answer) == (409, "out-of-order")


async def test_a_lawful_late_entry_ends_a_finding_and_with_it_nothing_can_be_notified(
    office: Office, callers: Callers, moving: Clock
) -> None:
    case, finding = await office.unconnected()
    happened = {"occurredAt": "2026-06-03T15:50:00+08:00", "body": {"act": "service.connected", "utility": "jm-water"}}
    assert (await callers.water().post(f"/v1/cases/{case['caseId']}/acts", json=happened)).status_code == 201
    await office.swept()
    assert (await read(callers.coordinator(), finding))["state"] == "lapsed"
    moving.advance(AFTER_LATE_ENTRIES)
    refused = await step(callers.coordinator(), finding, "notifications", servedAt=moving().isoformat())
    assert told(refused) == (409, "out-of-order")
    assert (await callers.water().get(f"/v1/findings/{finding['findingId']}")).status_code == 404


async def test_an_entry_written_too_late_ends_nothing_until_somebody_decides_on_anothers_evidence(
    office: Office, callers: Callers, moving: Clock
) -> None:
    case, finding = await office.unconnected()
    moving.advance(AFTER_LATE_ENTRIES)
    happened = {"occurredAt": "2026-06-03T15:50:00+08:00", "body": {"act": "service.connected", "utility": "jm-water"}}
    assert (await callers.water().post(f"/v1/cases/{case['caseId']}/acts", json=happened)).status_code == 201
    await office.swept()
    whole = await taken(callers.coordinator(), finding, "notifications", servedAt=moving().isoformat())
    assert (whole["state"], whole["lateEntry"]) == ("notified", True)
    words = {"outcome": "withdrawn", "reason": "用户的签收单"}
    own = await attached(callers.water(), case, b"our own list\n")
    refused = await step(callers("supervisor", "jm-spj"), finding, "decisions", **words, documents=[own])
    assert told(refused) == (422, "malformed")
    others = await attached(callers.window(), case, b"a signed receipt\n")
    await taken(callers("supervisor", "jm-spj"), finding, "decisions", **words, documents=[others])


async def attached(client: httpx.AsyncClient, case: Body, whose: bytes) -> str:
    pdf = b"%PDF-1.7\n" + whose * 40
    answer = await client.post(
        f"/v1/documents?caseId={case['caseId']}&name=receipt.pdf", content=pdf, headers={"content-type": "application/pdf"}
    )
    assert answer.status_code == 201, answer.text
    document: str = answer.json()["documentId"]
    return document


async def test_nobody_but_the_party_objects_and_nobody_else_learns_of_the_finding(office: Office, callers: Callers, moving: Clock) -> None:
    _, finding = await office.unconnected()
    # not notified yet: for the party there is no such finding
    assert told(await step(callers.water(), finding, "objections", text="无")) == (404, "not-found")
    moving.move_to(datetime(2026, 6, 3, 2, 0, tzinfo=UTC))
    _, finding = await office.notified()
    assert told(await step(callers("utility", "jm-gas"), finding, "objections", text="无")) == (404, "not-found")
    assert told(await step(callers.coordinator(), finding, "objections", text="无")) == (403, "not-allowed")
    assert told(await step(callers("portal", "hb-portal"), finding, "objections", text="无")) == (403, "not-allowed")


@pytest.mark.parametrize(
    ("role", "party"),
    [("supervisor", "jm-fgw"), ("coordinator", "jm-spj"), ("inspector", "jm-fgw"), ("utility", "jm-water"), ("admin", "jm-spj")],
)
async def test_nobody_but_the_decider_decides(office: Office, callers: Callers, role: Role, party: str) -> None:
    _, finding = await office.notified()
    answer = await step(callers(role, party), finding, "decisions", outcome="withdrawn", reason="无")
    assert told(answer) == (403, "not-allowed")


async def test_nobody_decides_in_their_own_cause(office: Office, callers: Callers, moving: Clock) -> None:
    case = await opened(callers.window())
    moving.advance(hours=2)
    await office.swept()
    finding = await office.found(case, "any-window")
    moving.advance(hours=4)
    await taken(callers.coordinator(), finding, "notifications", servedAt=moving().isoformat())
    objected = await taken(callers.window(), finding, "objections", text="系统故障")
    assert objected["process"]["objection"]["addressedTo"] == "jm-fgw"
    moving.advance(days=1)
    words = {"outcome": "excused", "excuse": "force-majeure", "reason": "停电有记录"}
    assert told(await step(callers("supervisor", "jm-spj"), finding, "decisions", **words)) == (403, "not-allowed")
    assert (await taken(callers("supervisor", "jm-fgw"), finding, "decisions", **words))["state"] == "excused"
    assert told(await step(callers.coordinator(), finding, "disposals", measure="无")) == (403, "not-allowed")


async def test_nobody_decides_twice_nor_by_the_account_that_notified(office: Office, moving: Clock) -> None:
    _, finding = await office.unconnected()
    moving.advance(AFTER_LATE_ENTRIES)
    zhang, li = (office.account(name, "supervisor", "jm-spj") for name in ("zhang", "li"))
    await taken(zhang, finding, "notifications", servedAt=moving().isoformat())
    words = {"outcome": "withdrawn", "reason": "数据有误"}
    assert told(await step(zhang, finding, "decisions", **words)) == (403, "not-allowed")
    await taken(li, finding, "decisions", **words)
    for one in (zhang, li):
        assert told(await step(one, finding, "decisions", outcome="upheld", reason="再议"))[0] in {403, 409}
    assert told(await step(li, finding, "decisions", outcome="upheld", reason="再议")) == (409, "already-done")


async def test_the_auditor_never_decides(callers: Callers, office: Office) -> None:
    case, finding = await office.upheld()
    entries = await acts_of(callers.coordinator(), case["caseId"])
    by = {one["act"]: one["actor"]["role"] for one in entries if one["body"].get("findingId") == finding["findingId"]}
    # red or not hangs on what else the party missed in that year
    assert by.pop("light.turned", "auditor") == "auditor"
    assert by == {
        "finding.opened": "auditor",
        "finding.notified": "coordinator",
        "finding.objected": "utility",
        "finding.decided": "supervisor",
    }


async def test_a_step_is_taken_once_for_its_key_and_at_the_version_that_was_read(office: Office, callers: Callers) -> None:
    _, finding = await office.notified()
    path, key = f"/v1/findings/{finding['findingId']}/objections", {"idempotency-key": str(uuid4())}
    read_at = (await callers.water().get(f"/v1/findings/{finding['findingId']}")).headers["etag"]
    stale = await callers.water().post(path, json={"text": "无"}, headers={"if-match": '"1"'})
    assert told(stale) == (412, "stale-version")
    first = await callers.water().post(path, json={"text": "无"}, headers=key | {"if-match": read_at})
    again = await callers.water().post(path, json={"text": "无"}, headers=key | {"if-match": read_at})
    assert (first.status_code, again.status_code, first.content == again.content) == (201, 201, True)
    assert told(await callers.water().post(path, json={"text": "无"})) == (409, "already-done")


async def test_what_is_done_about_a_finding_is_its_partys_and_the_offices_to_see_alone(office: Office, callers: Callers) -> None:
    case, finding = await office.upheld()
    own = [one["act"] for one in await acts_of(callers.water(), case["caseId"])]
    assert [tag for tag in own if tag.startswith("finding.")] == [
        "finding.opened",
        "finding.notified",
        "finding.objected",
        "finding.decided",
    ]
    gas = callers("utility", "jm-gas")
    for path in (f"/v1/cases/{case['caseId']}/acts?limit=200", f"/v1/cases/{case['caseId']}/deadlines", f"/v1/cases/{case['caseId']}"):
        text = (await gas.get(path)).text
        assert "access.confirmed" in text or "half-day-connection" in text, "the case is its own too"
        assert "finding." not in text
        assert "objection" not in text
        assert finding["findingId"] not in text
    for client in (gas, callers("portal", "hb-portal")):
        assert finding["findingId"] not in (await client.get("/v1/events?limit=200")).text


async def test_in_daye_the_same_process_runs_under_its_own_deciders(office: Office, callers: Callers, moving: Clock) -> None:
    form = {
        "applicant": {"name": "大冶某某公司", "creditCode": "91350100M000100Y43"},
        "supplies": [{"service": "water", "utility": "dy-water"}],
        "projectCode": "2026-420281-44-03-000777",
        "address": "新冶大道1号",
    }
    body = {"act": "application.accepted", "form": form, "place": "市民之家", "window": "1", "officer": "王五"}
    case = await opened(callers("window", "dy-zsj", DAYE), {"kind": "connection", "city": DAYE, "body": body})
    moving.advance(hours=1)
    await office.swept()
    listed = (await callers("coordinator", "dy-cgj", DAYE).get("/v1/findings?rule=application-push&limit=200")).json()["items"]
    finding = next(item for item in listed if item["caseId"] == case["caseId"])
    moving.advance(hours=5)
    await taken(callers("coordinator", "dy-cgj", DAYE), finding, "notifications", servedAt=moving().isoformat())
    objected = await taken(callers("window", "dy-zsj", DAYE), finding, "objections", text="公司系统故障")
    assert (objected["party"], objected["process"]["decider"]) == ("dy-zsj", "dy-cgj")
    assert [one["name"] for one in objected["process"]["assumptions"]] == ["days-to-object", "days-to-decide", "assessor"]
    stranger = await step(callers("supervisor", "jm-spj"), finding, "decisions", outcome="withdrawn", reason="无")
    assert told(stranger) == (404, "not-found")
    moving.advance(days=1)
    whole = await taken(callers("supervisor", "dy-cgj", DAYE), finding, "decisions", outcome="excused", excuse="safety", reason="抢修现场")
    assert (whole["state"], whole["process"]["decideUntil"]) == ("excused", "2026-06-17T10:00:00Z")


async def test_a_stop_that_is_struck_out_is_told_with_the_finding_that_it_leaves(office: Office, callers: Callers, moving: Clock) -> None:
    moving.move_to(datetime(2026, 6, 1, 2, 0, tzinfo=UTC))  # Monday, 10:00
    case = await opened(callers.window())
    survey = {"calledBy": "jm-spj", "participants": ["jm-water"], "surveyed": [{"utility": "jm-water", "feasible": True}]}
    works = [{"place": "白云大道", "utilities": ["jm-water"], "metres": 400, "does": ["pavement-excavation"]}]
    pair = {"utility": "jm-water", "department": "jm-cgw"}
    await record(callers.coordinator(), case, "survey.held", **survey, works=works)
    await record(callers.coordinator(), case, "approval.opened", approvals=[pair])
    await record(callers.water(), case, "materials.submitted", **pair)
    moving.move_to(datetime(2026, 6, 3, 2, 0, tzinfo=UTC))
    told_in = {"toldAt": "2026-06-03T10:00:00+08:00", "neededUntil": "2026-06-10T18:00:00+08:00"}
    stop = {"rule": "joint-approval", "keys": ["jm-water", "jm-cgw"], "reason": "art-45", "basis": "专家评审", **told_in}
    stopped = await record(callers("department", "jm-cgw"), case, "clock.stopped", **stop)
    assert stopped.status_code == 201, stopped.text
    seq = stopped.json()["items"][0]["seq"]
    moving.move_to(datetime(2026, 6, 8, 2, 0, tzinfo=UTC))
    await office.swept()
    struck = {"stoppedSeq": seq, "by": "jm-spj", "reason": "专家评审不在法定情形之内"}
    own = await record(callers("department", "jm-cgw"), case, "stop.struck_out", **struck)
    assert told(own) == (403, "not-allowed")
    assert (await record(callers("supervisor", "jm-spj"), case, "stop.struck_out", **struck)).status_code == 201
    moving.advance(minutes=5)
    await office.swept()
    finding = await office.found(case, "joint-approval")
    assert (finding["dueAt"], finding["state"]) == ("2026-06-04T10:00:00Z", "open")  # Thursday 18:00, three working days after Monday
    (one,) = (await read(callers.coordinator(), finding))["process"]["struckOut"]
    assert (one["stoppedSeq"], one["byName"], one["basis"], one["reason"]) == (
        seq,
        "荆门市行政审批局",
        "专家评审",
        "专家评审不在法定情形之内",
    )
    assert "stop.struck_out" in [entry["act"] for entry in await acts_of(callers("department", "jm-cgw"), case["caseId"])]
    assert "stop.struck_out" not in [entry["act"] for entry in await acts_of(callers.water(), case["caseId"])]
