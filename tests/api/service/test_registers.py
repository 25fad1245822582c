"""Both sides' registers over HTTP: of a case and of many, as far as the caller may see the case."""

import httpx

from tests.api.callers import JINGMEN, Body, Callers, application, opened, record
from tests.conftest import Clock

HALL, GAS = "jm-hall-duodao", "jm-gas"


def enquiry() -> Body:
    act = {"act": "enquiry.received", "channel": "窗口", "receiver": HALL, "class": "general", "reason": "一般", "subject": "进度"}
    return {"kind": "enquiry", "city": JINGMEN, "body": act | {"place": "炼厂路", "window": "2", "officer": "张三"}}


async def passed_on(callers: Callers) -> Body:
    hall = callers("window", HALL)
    case = await opened(hall, enquiry())
    assert (await record(hall, case, "enquiry.transferred", to=GAS)).status_code == 201
    return case


async def read(client: httpx.AsyncClient, path: str) -> Body:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    body: Body = answer.json()
    return body


async def test_a_case_shows_what_each_side_wrote_and_what_does_not_agree(callers: Callers, moving: Clock) -> None:
    case = await passed_on(callers)
    moving.advance(minutes=31)
    shown = await read(callers("window", HALL), f"/v1/cases/{case['caseId']}/registers")
    assert [(one["side"], one["party"], one["partyName"]) for one in shown["registers"]] == [
        ("window", HALL, "掇刀区共享营业厅"),
        ("handling", GAS, "中石油昆仑燃气有限公司"),
    ]
    (received, _), (handed,) = (one["steps"] for one in shown["registers"])
    assert (received["title"], received["happenedAt"], handed["title"]) == ("咨询受理", "2026-06-03T02:00:00Z", "转办")
    (limit,) = received["limits"]
    assert (limit["rule"], limit["dueAt"], limit["state"]) == ("general-feedback", "2026-06-04T02:00:00Z", "running")
    (differs,) = shown["disagreements"]
    assert (differs["kind"], differs["title"]) == ("unconfirmed", "一方已交出，另一方没有任何记录")
    said = [(one["side"], one["seq"], one["words"]) for one in differs["said"]]
    assert said == [("window", 2, "转办"), ("handling", None, "没有记录")]


async def test_what_arrived_agrees(callers: Callers, moving: Clock) -> None:
    case = await passed_on(callers)
    gas = callers("utility", GAS)
    answer = await record(gas, case, "receipt.confirmed", seq=2, party=GAS, receivedAt="2026-06-03T10:00:00+08:00")
    assert answer.status_code == 201, answer.text
    again = await record(gas, case, "receipt.confirmed", seq=2, party=GAS, receivedAt="2026-06-03T10:00:00+08:00")
    assert (again.status_code, (await record(gas, case, "receipt.confirmed", seq=9, party=GAS)).status_code) == (409, 404)
    moving.advance(minutes=31)
    assert (await read(callers("utility", GAS), f"/v1/cases/{case['caseId']}/registers"))["disagreements"] == []


async def test_a_list_goes_by_side_party_day_and_what_does_not_agree(callers: Callers, moving: Clock) -> None:
    case, window = await passed_on(callers), callers.window()
    agreeing = await opened(window, application())
    moving.advance(minutes=31)
    office = callers.coordinator()
    found = await read(office, f"/v1/registers?side=handling&party={GAS}&from=2026-06-03&to=2026-06-03&disagreeing=true")
    assert case["caseId"] in [one["caseId"] for one in found["items"]]
    assert agreeing["caseId"] not in [one["caseId"] for one in found["items"]]
    assert {(ledger["side"], ledger["party"]) for one in found["items"] for ledger in one["registers"]} == {("handling", GAS)}
    for nothing in (f"party={GAS}&from=2026-06-04", f"party={GAS}&to=2026-06-02", f"party={GAS}&side=window", "city=420281"):
        assert (await read(office, f"/v1/registers?{nothing}"))["items"] == []


async def test_a_list_goes_on_from_page_to_page(callers: Callers) -> None:
    cases = [(await passed_on(callers))["caseId"] for _ in range(3)]
    hall, seen, path = callers("window", HALL), list[str](), "/v1/registers?side=window&limit=2"
    while path:
        page = await read(hall, path)
        assert len(page["items"]) <= 2
        seen += [one["caseId"] for one in page["items"]]
        path = f"/v1/registers?side=window&limit=2&after={page['next']}" if page["next"] else ""
    assert set(cases) <= set(seen)
    assert len(seen) == len(set(seen))


async def test_the_ledgers_of_a_case_are_shown_to_those_that_see_the_case(callers: Callers) -> None:
    case = await passed_on(callers)
    path = f"/v1/cases/{case['caseId']}/registers"
    assert (await callers("utility", "jm-power").get(path)).status_code == 404
    assert (await callers("portal", "hb-portal").get(path)).status_code == 403
    strange = await read(callers("utility", "jm-power"), f"/v1/registers?party={GAS}")
    assert case["caseId"] not in [one["caseId"] for one in strange["items"]]


async def test_a_report_is_in_no_ledger_of_the_party_that_it_is_about(callers: Callers) -> None:
    act = {"act": "complaint.received", "form": "report", "channel": "市发改委", "about": "jm-spj", "businessEnvironment": True}
    reform = callers("inspector", "jm-fgw")
    case = await opened(reform, {"kind": "complaint", "city": JINGMEN, "body": act | {"class": "general", "subject": "拖延"}})
    accused = callers.coordinator()
    assert (await accused.get(f"/v1/cases/{case['caseId']}/registers")).status_code == 404
    assert case["caseId"] not in (await accused.get("/v1/registers?limit=50")).text
    assert case["caseId"] in (await reform.get("/v1/registers?limit=50")).text


async def test_a_day_that_no_calendar_holds_is_refused(callers: Callers) -> None:
    for path in ("registers", "findings"):
        for asked in ("to=2045-01-01", "from=0001-01-01"):
            assert (await callers.coordinator().get(f"/v1/{path}?{asked}")).status_code == 422
