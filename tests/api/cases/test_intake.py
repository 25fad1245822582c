"""Whoever the plans name takes a demand in; it becomes an application in the same case; running numbers have no gaps and no doubles."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest

from api.v1.cases.opening_examples import OPENINGS
from domain.schemes.enforcement import Role
from tests.api.callers import DAYE, JINGMEN, Body, Callers, application, new_project, opened, record
from tests.conftest import Clock
from tests.domain import forms

MIDNIGHT = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
"""New Year of 2027 in Shanghai."""
_NUMBER = re.compile(r"(\d{4}) 年 \((\d+)\) 号|(\d{4}) \((\d+)\) 号")


def number(text: str) -> tuple[int, int]:
    """The year and the number that a form prints."""
    found = _NUMBER.fullmatch(text)
    assert found is not None, text
    year, running = (one for one in found.groups() if one)
    return int(year), int(running)


def wire(form: msgspec.Struct, project: str | None = None) -> Body:
    """A form as callers write it."""
    body: Body = msgspec.json.decode(msgspec.json.encode(form))
    left = {name: value for name, value in body.items() if value is not None}
    return left | ({"projectCode": project} if project else {})


def daye(project: str | None = None, **changes: object) -> Body:
    """An application of Daye with every box filled."""
    act = {"act": "application.accepted", "form": wire(forms.daye(), project or new_project()) | changes}
    return {"kind": "connection", "city": DAYE, "body": act}


def demand(body: Body, occasion: str, **form: object) -> Body:
    """A demand with that form."""
    return body | {"body": {"act": "demand.registered", "occasion": occasion, "form": form or body["body"]["form"]}}


def daye_demand(**changes: object) -> Body:
    """A demand of Daye, on its own form."""
    return demand(daye(), "land-contract", **(wire(forms.daye_demand()) | changes))


async def acts_of(client: httpx.AsyncClient, case: Body) -> list[str]:
    ledger = await client.get(f"/v1/cases/{case['caseId']}/acts")
    return [entry["act"] for entry in ledger.json()["items"]]


# 荆门 四(一)1, 七; 大冶 四(一)1.
@pytest.mark.parametrize(
    ("city", "role", "party", "occasion"),
    [
        (JINGMEN, "registrar", "jm-zgj", "land-contract"),  # 在企业办理土地手续时
        (JINGMEN, "registrar", "jm-zsj", "investment-agreement"),  # 在签订投资协议后
        (JINGMEN, "registrar", "jm-sjj", "licence"),  # 在企业办理营业执照等证照时
        (JINGMEN, "registrar", "jm-baolian", "growth"),  # 由企业包联服务干部采集
        (JINGMEN, "window", "jm-spj", "growth"),  # 水气热电网联动服务专窗
        (JINGMEN, "window", "jm-hall-dongbao", "growth"),
        (JINGMEN, "window", "jm-heat-zhongran", "growth"),  # 各公用事业单位的营业网点
        (JINGMEN, "portal", "hb-portal", "growth"),  # 通过政务服务网
        (DAYE, "registrar", "dy-zgj", "land-contract"),  # 在签订土地出让合同时，由自规局
        (DAYE, "window", "dy-zsj", "other"),
        (DAYE, "portal", "dy-bianyeban", "other"),
    ],
)
async def test_whoever_the_plan_names_takes_a_demand_in(callers: Callers, city: str, role: Role, party: str, occasion: str) -> None:
    body = demand(application(), occasion) if city == JINGMEN else demand(daye_demand(), occasion, **wire(forms.daye_demand()))
    case = await opened(callers(role, party, city), body)
    assert (case["state"], case["parties"].count(party)) == ("open", 1)
    assert (case["number"] is None) is (city == DAYE)


async def test_a_demand_becomes_an_application_in_the_same_case_with_its_first_number_and_both_deadlines(callers: Callers) -> None:
    # J-13: growth is passed on within 30 office minutes; J-22: so is the application, from its own moment.
    project = new_project()
    taken = await opened(callers("registrar", "jm-baolian"), demand(application(project), "growth"))
    hall = callers("window", "jm-hall-duodao")
    answer = await hall.post("/v1/cases", json=application(project))
    case = answer.json()
    assert (answer.status_code, case["caseId"], case["number"]) == (201, taken["caseId"], taken["number"])
    assert answer.headers["location"] == f"/v1/cases/{taken['caseId']}"
    assert [(one["rule"], one["party"]) for one in case["deadlines"]] == [
        ("growth-demand-push", "jm-baolian"),
        ("any-window", "jm-hall-duodao"),
    ]
    assert await acts_of(hall, case) == ["demand.registered", "application.accepted"]
    assert (await record(hall, case, "application.pushed", utilities=["jm-water", "jm-gas"])).status_code == 201


async def test_an_application_of_another_firm_is_not_taken_into_a_demands_case(callers: Callers) -> None:
    project = new_project()
    taken = await opened(callers("registrar", "jm-zsj"), demand(application(project), "investment-agreement"))
    other = application(project, applicant={"name": "别的有限公司", "creditCode": forms.CREDIT_CODE})
    answer = await callers("window", "jm-unicom").post("/v1/cases", json=other)
    assert (answer.status_code, answer.json()["number"]) == (409, taken["number"])
    unnamed = application(project, applicant={"name": "别的有限公司"})
    assert (await callers("window", "jm-unicom").post("/v1/cases", json=unnamed)).status_code == 409
    assert await acts_of(callers.coordinator(), taken) == ["demand.registered"]


async def test_a_firm_without_a_code_is_known_by_its_name(callers: Callers) -> None:
    project = new_project()
    taken = await opened(callers("registrar", "jm-zsj"), demand(application(project), "investment-agreement"))
    unnamed = application(project, applicant={"name": "荆门某某 制造有限公司"})
    answer = await callers("portal", "hb-portal").post("/v1/cases", json=unnamed)
    assert (answer.status_code, answer.json()["caseId"]) == (201, taken["caseId"])
    again = await callers("portal", "hb-portal").post("/v1/cases", json=unnamed)
    assert (again.status_code, again.json()["caseId"]) == (409, taken["caseId"])


async def test_a_second_demand_for_an_open_project_is_refused_with_the_first_case(callers: Callers) -> None:
    project = new_project()
    bureau = callers("registrar", "dy-zgj", DAYE)
    taken = await opened(bureau, daye_demand(projectCode=project))
    answer = await callers("portal", "dy-bianyeban", DAYE).post("/v1/cases", json=daye_demand(projectCode=project))
    refused = answer.json()
    assert (answer.status_code, refused["caseId"], refused["number"]) == (409, taken["caseId"], None)
    assert taken["caseId"] in refused["detail"]


async def test_a_demand_of_daye_is_numbered_when_its_application_is_accepted(callers: Callers, moving: Clock) -> None:
    taken = await opened(callers("registrar", "dy-zgj", DAYE), daye_demand())
    moving.advance(days=1)
    window = callers("window", "dy-zsj", DAYE)
    answer = await window.post(f"/v1/cases/{taken['caseId']}/acts", json={"body": daye()["body"]})
    assert answer.status_code == 201, answer.text
    assert number(answer.json()["number"])[0] == 2026
    assert (await window.get(f"/v1/cases/{taken['caseId']}")).json()["number"] == answer.json()["number"]


# D-32, 大冶 四(一)1: 可在建设工程规划许可证核发后，向“水电气网联动报装专窗”提交报装接入申请，或通过湖北政务服务网进行网上申请
@pytest.mark.parametrize(("role", "party"), [("window", "dy-zsj"), ("portal", "hb-portal")])
async def test_a_demand_not_yet_known_waits_for_its_planning_permit(callers: Callers, role: Role, party: str) -> None:
    project = new_project()
    bureau, taker = callers("registrar", "dy-zgj", DAYE), callers(role, party, DAYE)
    taken = await opened(bureau, daye_demand(projectCode=project))
    assert (await record(bureau, taken, "demand.deferred", reason="用量暂时无法确定")).status_code == 201
    assert (await record(bureau, taken, "planning.permitted", permit="建字第420281202600001号")).status_code == 201
    answer = await taker.post("/v1/cases", json=daye(project))
    assert (answer.status_code, answer.json()["caseId"]) == (201, taken["caseId"]), answer.text
    assert not any("planning.permitted" in doubt for doubt in answer.json()["doubts"])


async def test_an_application_out_of_scope_stays_refused_in_its_demands_case(callers: Callers) -> None:
    taken = await opened(callers("registrar", "jm-zsj"), demand(application(), "investment-agreement"))
    window = callers.window()
    refused = application(applicant={"name": "荆门某某制造有限公司", "kind": "developer"})
    answer = await window.post(f"/v1/cases/{taken['caseId']}/acts", json={"body": refused["body"]}, headers={"idempotency-key": "r-1"})
    problem = answer.json()
    assert (answer.status_code, problem["caseId"]) == (422, taken["caseId"])
    assert problem["clause"].startswith("二：")
    case = (await window.get(f"/v1/cases/{taken['caseId']}")).json()
    assert (case["state"], case["version"]) == ("refused", 2)
    entry = (await window.get(f"/v1/cases/{taken['caseId']}/acts")).json()["items"][-1]
    assert (entry["act"], entry["body"]["refusedBy"], entry["body"]["reason"]) == ("application.refused", "jm-spj", problem["reason"])
    again = await window.post(f"/v1/cases/{taken['caseId']}/acts", json={"body": refused["body"]}, headers={"idempotency-key": "r-1"})
    assert (again.status_code, again.json()) == (422, problem)
    assert (await window.get(f"/v1/cases/{taken['caseId']}")).json()["version"] == 2


async def test_two_hundred_applications_at_once_are_numbered_one_after_the_other(callers: Callers, moving: Clock) -> None:
    moving.move_to(datetime(2031, 6, 4, 2, 0, tzinfo=UTC))  # a year of their own
    windows = [callers("window", party) for party in ("jm-spj", "jm-water", "jm-hall-dongbao", "jm-unicom")]
    first = await opened(windows[0], application())
    stale = {"if-match": '"9"'}
    acts = f"/v1/cases/{first['caseId']}/acts"
    asked = [windows[turn % 4].post("/v1/cases", json=application(), headers={"idempotency-key": f"n-{turn}"}) for turn in range(200)]
    for turn in range(20):  # about a project that is open, out of scope, at a version that the case never had
        asked.insert(turn * 12, windows[turn % 4].post("/v1/cases", json=application(first["subject"])))
        asked.insert(turn * 11, windows[turn % 4].post("/v1/cases", json=application(zone="nowhere")))
        asked.insert(turn * 10, windows[0].post(acts, json={"body": application()["body"]}, headers=stale))
    answers = await asyncio.gather(*asked)
    assert Counter(answer.status_code for answer in answers) == {201: 200, 409: 20, 422: 20, 412: 20}
    given = [number(answer.json()["number"]) for answer in answers if answer.status_code == 201]
    assert sorted([number(first["number"]), *given]) == [(2031, running) for running in range(1, 202)]


async def test_over_new_years_midnight_both_years_have_no_gaps(callers: Callers, moving: Clock) -> None:
    moving.move_to(MIDNIGHT + timedelta(seconds=30))
    window = callers.window()
    moments = [(MIDNIGHT + timedelta(seconds=turn - 30)).isoformat() for turn in range(60)]
    answers = await asyncio.gather(*(window.post("/v1/cases", json=application() | {"occurredAt": at}) for at in moments))
    given = [number(answer.json()["number"]) for answer in answers]
    assert [year for year, _ in given] == [2026] * 30 + [2027] * 30
    assert consecutive([one for one in given if one[0] == 2026])
    assert sorted(given[30:]) == [(2027, running) for running in range(1, 31)]


async def test_demands_applied_for_at_once_are_numbered_one_after_the_other(callers: Callers, moving: Clock) -> None:
    moving.move_to(MIDNIGHT - timedelta(hours=9))
    bureau = callers("registrar", "dy-zgj", DAYE)
    taken = [await opened(bureau, daye_demand()) for _ in range(30)]
    assert {case["number"] for case in taken} == {None}
    moving.move_to(MIDNIGHT + timedelta(days=3, hours=2))
    window = callers("window", "dy-zsj", DAYE)
    applied = [window.post(f"/v1/cases/{case['caseId']}/acts", json={"body": daye()["body"]}) for case in taken]
    afresh = [window.post("/v1/cases", json=daye()) for _ in range(30)]
    refused = [window.post("/v1/cases", json=daye(applicant={"name": "某住户", "kind": "resident"})) for _ in range(10)]
    answers = await asyncio.gather(*applied, *afresh, *refused)
    given = [number(answer.json()["number"]) for answer in answers if answer.status_code == 201]
    assert sorted(given) == [(2027, running) for running in range(1, 61)]


@pytest.mark.parametrize(
    ("example", "role", "party", "doubts"),
    [
        ("applicationOfJingmen", "window", "jm-spj", 0),
        ("demandOfJingmen", "registrar", "jm-sjj", 0),
        ("applicationOfDaye", "window", "dy-zsj", 0),
        ("demandOfDaye", "registrar", "dy-zgj", 1),  # the network has no box on its form
        ("enquiry", "window", "jm-spj", 0),
    ],
)
async def test_the_contracts_examples_are_whole_forms_that_are_taken(
    callers: Callers, example: str, role: Role, party: str, doubts: int
) -> None:
    body = msgspec.json.decode(msgspec.json.encode(OPENINGS[example]))
    if "form" in body["body"]:
        body["body"]["form"]["projectCode"] = new_project()
    case = await opened(callers(role, party, body["city"]), body)
    assert len(case["doubts"]) == doubts, case["doubts"]


def test_every_example_of_an_opening_is_tried() -> None:
    assert sorted(OPENINGS) == ["applicationOfDaye", "applicationOfJingmen", "demandOfDaye", "demandOfJingmen", "enquiry"]


def consecutive(given: Sequence[tuple[int, int]]) -> bool:
    """Say whether the numbers follow one another; other tests may have had the first ones."""
    numbers = sorted(running for _, running in given)
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
