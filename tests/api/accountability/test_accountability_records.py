"""Accountability records over HTTP: proposed on an upheld finding, heard, decided by another than the unit, concluded; who sees what."""

import httpx
import pytest
from litestar import Litestar

from domain.schemes.enforcement import Role
from tests.api.callers import DAYE, JINGMEN, Body, Callers, opened, record
from tests.api.records import WEDNESDAY, done, upheld
from tests.conftest import Clock


@pytest.fixture(autouse=True)
def _in_june_2023(moving: Clock, _rewound: None) -> None:
    moving.move_to(WEDNESDAY)


async def records(client: httpx.AsyncClient, **asked: str) -> list[Body]:
    answer = await client.get("/v1/accountability-records", params={"limit": "200"} | asked)
    assert answer.status_code == 200, answer.text
    items: list[Body] = answer.json()["items"]
    return items


def ids(items: list[Body]) -> set[str]:
    return {item["caseId"] for item in items}


def about(ground: Body, unit: str = "jm-spj", by: str = "jm-fgw", **changes: object) -> Body:
    act = {"act": "accountability.proposed", "unit": unit, "by": by, "conduct": "inaction", "facts": "受理后未推送", "grounds": [ground]}
    return {"kind": "accountability", "city": JINGMEN, "body": act | changes}


async def heard(callers: Callers, case: Body, now: Clock) -> None:
    """Notified by one account of 发改委; the unit says something on the next day."""
    until = now().replace(month=now().month + 1).isoformat()
    await done(
        callers("inspector", "jm-fgw"), case, "accountability.notified", by="jm-fgw", servedAt=now().isoformat(), statementUntil=until
    )
    now.advance(days=1)
    await done(callers("inspector", "jm-fgw"), case, "accountability.heard", by="jm-fgw", statement="系统故障")


async def test_an_upheld_finding_is_proposed_and_becomes_a_record_that_is_concluded(app: Litestar, callers: Callers, moving: Clock) -> None:
    ground = await upheld(app, callers, moving)
    ledger = (await callers.coordinator().get(f"/v1/cases/{ground['caseId']}/acts")).json()["items"]
    [proposed] = [one["body"] for one in ledger if one["act"] == "step.proposed"]
    assert (proposed["step"], proposed["party"], proposed["grounds"]) == ("accountability", "jm-spj", [ground])
    person = {"name": "李某某", "post": "专窗受理员"}
    case = await opened(callers("inspector", "jm-fgw"), about(ground, person=person))
    assert case["caseId"] not in ids(await records(callers.window())), "the unit hears of it once it is notified"
    await heard(callers, case, moving)
    assert case["caseId"] in ids(await records(callers.window(), state="heard"))
    own = await record(callers("supervisor", "jm-spj"), case, "accountability.decided", by="jm-spj", measure="none", reason="x")
    assert (own.status_code, "own cause" in own.json()["detail"]) == (403, True)
    bare = await record(callers("supervisor", "jm-fgw"), case, "accountability.decided", by="jm-fgw", measure="discipline", reason="x")
    assert (bare.status_code, "basis" in bare.json()["detail"]) == (422, True)
    measure = {"measure": "discipline", "basis": "公职人员政务处分法第三十九条", "reason": "多次未推送"}
    await done(callers("supervisor", "jm-fgw"), case, "accountability.decided", by="jm-fgw", **measure)
    twice = await record(callers("supervisor", "jm-fgw"), case, "accountability.decided", by="jm-fgw", **measure)
    assert twice.status_code == 409
    await done(callers("supervisor", "jm-fgw"), case, "accountability.concluded", by="jm-fgw", outcome="警告处分已执行")
    whole = (await callers("inspector", "jm-fgw").get(f"/v1/accountability-records/{case['caseId']}")).json()
    assert (whole["state"], whole["unitName"], whole["clause"]) == ("concluded", "荆门市行政审批局", "六(二)2")
    assert (whole["person"], whole["post"], whole["statement"]) == ("李**", "专窗受理员", "系统故障")
    assert (whole["measure"], whole["basis"], whole["decidedByName"]) == (
        "discipline",
        "公职人员政务处分法第三十九条",
        "荆门市发展和改革委员会",
    )
    assert (whole["outcome"], whole["grounds"]) == ("警告处分已执行", [ground | {"fell": False}])
    assert "李某某" not in (await callers.coordinator().get("/v1/events", params={"limit": "200"})).text


async def test_a_record_falls_with_its_last_ground_and_the_unit_sees_why(app: Litestar, callers: Callers, moving: Clock) -> None:
    ground = await upheld(app, callers, moving)
    case = await opened(callers("inspector", "jm-fgw"), about(ground))
    await heard(callers, case, moving)
    other = callers("supervisor", "jm-fgw", account="another")
    withdrawn = {"findingId": ground["findingId"], "by": "jm-fgw", "outcome": "withdrawn", "reason": "推送记录在案，认定有误"}
    await done(other, {"caseId": ground["caseId"]}, "finding.decided", **withdrawn)
    [item] = [one for one in await records(callers.window(), state="withdrawn") if one["caseId"] == case["caseId"]]
    assert (item["grounds"], item["withdrawnAt"]) == ([ground | {"fell": True}], moving().isoformat().replace("+00:00", "Z"))
    ledger = (await callers("utility", "jm-spj").get(f"/v1/cases/{case['caseId']}/acts")).json()["items"]
    assert [one["act"] for one in ledger][-2:] == ["ground.fell", "accountability.withdrawn"]


async def test_no_record_rests_on_a_finding_that_nobody_upheld(callers: Callers) -> None:
    nothing = {"findingId": "00000000-0000-4000-8000-000000000000", "caseId": "00000000-0000-4000-8000-000000000000"}
    answer = await callers("inspector", "jm-fgw").post("/v1/cases", json=about(nothing))
    assert (answer.status_code, "has no finding" in answer.json()["detail"]) == (422, True)
    none = await callers("inspector", "jm-fgw").post("/v1/cases", json=about(nothing, grounds=[]))
    assert none.status_code == 400


@pytest.mark.parametrize("role", ["coordinator", "window", "registrar", "utility", "department", "inspector", "finance", "portal", "admin"])
async def test_none_but_a_supervisor_decides_or_withdraws(app: Litestar, callers: Callers, moving: Clock, role: Role) -> None:
    ground = await upheld(app, callers, moving)
    case = await opened(callers("inspector", "jm-fgw"), about(ground))
    await heard(callers, case, moving)
    for tag, fields in {"decided": {"measure": "none", "reason": "x"}, "withdrawn": {"reason": "x"}}.items():
        answer = await record(callers(role, "jm-fgw"), case, f"accountability.{tag}", by="jm-fgw", **fields)
        assert answer.status_code in {403, 404}, (tag, answer.text)


async def test_records_are_listed_by_what_they_are_known_by_in_pages(app: Litestar, callers: Callers, moving: Clock) -> None:
    ground = await upheld(app, callers, moving)
    made = {(await opened(callers("inspector", "jm-fgw"), about(ground)))["caseId"] for _ in range(3)}
    for name, value in {"city": JINGMEN, "unit": "jm-spj", "state": "proposed", "conduct": "inaction"}.items():
        assert made <= ids(await records(callers.coordinator(), **{name: value})), name
    for name, value in {"city": DAYE, "unit": "jm-water", "state": "withdrawn", "conduct": "slow"}.items():
        assert made.isdisjoint(ids(await records(callers.coordinator(), **{name: value}))), name
    seen, path = [], "/v1/accountability-records?limit=2&state=proposed"
    while path:
        answer = await callers.coordinator().get(path)
        seen += [item["caseId"] for item in answer.json()["items"]]
        path = answer.links["next"]["url"] if answer.json()["next"] else ""
    assert made <= set(seen)
    assert len(seen) == len(set(seen))
    assert (await callers("coordinator", "dy-cgj", DAYE).get("/v1/accountability-records")).json()["items"] == []
    assert (await callers("portal", "hb-portal").get("/v1/accountability-records")).status_code == 403
    assert (await callers.coordinator().get(f"/v1/accountability-records/{ground['caseId']}")).status_code == 404


async def test_in_daye_no_accountability_record_can_arise(callers: Callers) -> None:
    nothing = {"findingId": "00000000-0000-4000-8000-000000000000", "caseId": "00000000-0000-4000-8000-000000000000"}
    callings: tuple[tuple[Role, str], ...] = (("coordinator", "dy-cgj"), ("inspector", "dy-ysb"), ("supervisor", "dy-cgj"))
    for role, party in callings:
        answer = await callers(role, party, DAYE).post("/v1/cases", json=about(nothing, "dy-water", party) | {"city": DAYE})
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:lianban:problem:not-allowed"), answer.text
        assert "not recorded by people under daye-2023" in answer.json()["detail"]
