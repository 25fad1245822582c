"""The ladder over HTTP: each rung on the one before, seen by those it concerns; and draws that anybody can repeat."""

import asyncio
import hashlib
from uuid import uuid4

import httpx
from litestar import Litestar

from auditor.supervision.proposing import propose
from casework.program import read_context
from tests.api.callers import DAYE, JINGMEN, Body, Callers, opened, record
from tests.api.commitments.test_commitments import commitment, surveyed
from tests.conftest import Clock

PARKS, HOUSING = "jm-cgw", "jm-zjj"


def parks(callers: Callers) -> httpx.AsyncClient:
    return callers("department", PARKS)


def case(kind: str, act: str, **fields: object) -> Body:
    return {"kind": kind, "city": JINGMEN, "body": {"act": act, **fields}}


def order(signed: Body, utility: str, seq: int, due: str = "2026-06-10") -> Body:
    about = {"utility": utility, "department": PARKS, "commitment": signed["caseId"], "defectSeq": seq}
    return case("supervision", "rectification.ordered", defect="路面沉降", dueOn=due, **about)


async def done(client: httpx.AsyncClient, about: Body, tag: str, **fields: object) -> Body:
    answer = await record(client, about, tag, **fields)
    assert answer.status_code == 201, answer.text
    made: Body = answer.json()
    return made


async def defective(callers: Callers, moving: Clock, signed: Body, utility: str, item: int) -> int:
    """Inspect and find an item not met; give the defect's entry."""
    moving.advance(minutes=1)
    both = {"department": PARKS, "utility": utility}
    await done(parks(callers), signed, "inspection.held", **both, inspectors=["赵四"], checked=[{"item": item, "met": False}])
    moving.advance(minutes=1)
    seq: int = (await done(parks(callers), signed, "defect.found", **both, item=item, text="路面沉降"))["items"][0]["seq"]
    return seq


async def insufficient(callers: Callers, moving: Clock, utility: str, ordered: Body) -> None:
    moving.advance(minutes=1)
    await done(callers("utility", utility), ordered, "rectification.reported", utility=utility, evidence="照片")
    moving.advance(minutes=1)
    await done(parks(callers), ordered, "rectification.judged", utility=utility, accepted=False, reason="仍有沉降")


async def listed(client: httpx.AsyncClient, **asked: str) -> list[Body]:
    answer = await client.get("/v1/supervision", params=asked)
    assert answer.status_code == 200, answer.text
    items: list[Body] = answer.json()["items"]
    return items


CALL = {"grounds": "两次违规，整改不到位", "heldFor": "2026-06-05T09:00:00+08:00", "place": "三楼会议室"}


async def test_the_ladder_from_a_defect_to_the_referral(callers: Callers, moving: Clock) -> None:
    utility, water = "jm-water", callers.water()
    both = {"utility": utility, "department": PARKS}
    signed = await opened(water, commitment(utility, 2026))
    first = await opened(parks(callers), order(signed, utility, await defective(callers, moving, signed, utility, 1)))
    await insufficient(callers, moving, utility, first)
    early = await record(parks(callers), first, "interview.called", **both, **CALL)
    assert (early.status_code, early.json()["type"]) == (409, "urn:lianban:problem:out-of-order")
    assert "takes 2 orders under one commitment" in early.json()["detail"]
    second = await opened(parks(callers), order(signed, utility, await defective(callers, moving, signed, utility, 2)))
    await insufficient(callers, moving, utility, second)
    [one, other] = await listed(parks(callers), party=utility)
    assert (one["caseId"], one["kind"], one["rectification"]) == (second["caseId"], "ladder", "not-in-place")
    assert one["limit"] == {"dueAt": "2026-06-10T10:00:00Z", "state": "running"}
    assert [(step["act"], step["by"], step.get("accepted")) for step in one["steps"]] == [
        ("rectification.ordered", PARKS, None),
        ("rectification.reported", utility, None),
        ("rectification.judged", PARKS, False),
    ]
    assert (one["next"]["rung"], one["next"]["ready"], one["next"]["clause"]) == ("interview.called", True, "四(二)1")
    assert (other["next"]["ready"], "a later order stands" in other["next"]["whyNot"]) == (False, True)
    await done(parks(callers), second, "interview.called", **both, **CALL)
    moving.advance(days=2)
    await done(parks(callers), second, "interview.held", party=utility, by=PARKS, outcome="无人到场")
    referral = {"authority": "某执法机关", "law": "《某某管理条例》第十条", "facts": "连续违规，约谈无人参加"}
    await done(parks(callers), second, "penalty.referred", **both, **referral)
    [seen] = await listed(callers.coordinator(), step="penalty.referred")
    assert (seen["steps"][-2]["attended"], seen["steps"][-1]["law"]) == ([], "《某某管理条例》第十条")
    assert (seen["steps"][-1]["printed"], seen["next"]["rung"]) == ("referral", "referral.answered")
    await done(parks(callers), second, "referral.answered", department=PARKS, outcome="已立案")
    [seen] = await listed(callers.coordinator(), step="referral.answered", department=PARKS)
    assert (seen["next"], seen["steps"][-1]["text"]) == (None, "已立案")


async def test_a_supervision_is_seen_by_its_parties_and_the_city_alone(callers: Callers, moving: Clock) -> None:
    gas = callers("utility", "jm-gas")
    signed = await opened(gas, commitment("jm-gas", 2026))
    ordered = await opened(parks(callers), order(signed, "jm-gas", await defective(callers, moving, signed, "jm-gas", 1)))
    [mine] = await listed(gas)
    # what may come next is for those to know who may take it
    assert (mine["caseId"], mine["next"]) == (ordered["caseId"], None)
    assert await listed(callers("utility", "jm-heat-zhongran")) == []
    assert [one["caseId"] for one in await listed(callers("inspector", HOUSING), party="jm-gas")] == [ordered["caseId"]]
    assert await listed(parks(callers), city=DAYE) == []
    assert await listed(callers("department", "dy-cgj", DAYE)) == []
    assert (await callers("portal", "hb-portal").get("/v1/supervision")).status_code == 403
    assert (await callers("portal", "hb-portal").get("/v1/inspection-plans")).status_code == 403
    assert await listed(gas, state="closed") == []


async def test_what_the_auditor_proposes_is_told_to_the_department_and_the_office_and_not_to_the_utility(
    callers: Callers, moving: Clock, app: Litestar
) -> None:
    telecom, program = callers("utility", "jm-telecom"), app.state.program
    signed = await opened(telecom, commitment("jm-telecom", 2026))
    seq = await defective(callers, moving, signed, "jm-telecom", 1)
    moving.advance(minutes=1)
    await propose(program.db, await read_context(program.db, program.books, moving()))

    async def told(client: httpx.AsyncClient) -> list[Body]:
        items = (await client.get(f"/v1/cases/{signed['caseId']}/acts")).json()["items"]
        return [one["body"] for one in items if one["act"] == "step.proposed"]

    [proposed] = await told(parks(callers))
    assert (proposed["step"], proposed["party"], proposed["department"], proposed["becauseSeqs"]) == ("order", "jm-telecom", PARKS, [seq])
    assert await told(callers.coordinator()) == [proposed]
    assert await told(telecom) == []


async def test_pages_of_the_list_follow_one_another(callers: Callers) -> None:
    whole = await listed(callers.coordinator())
    found, after = list[str](), None
    while True:
        asked = {"limit": "1"} | ({"after": after} if after else {})
        page = (await callers.coordinator().get("/v1/supervision", params=asked)).json()
        found += [one["caseId"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert found == [one["caseId"] for one in whole]


async def test_of_two_orders_for_one_defect_at_once_one_is_given(callers: Callers, moving: Clock) -> None:
    mobile = callers("utility", "jm-mobile")
    signed = await opened(mobile, commitment("jm-mobile", 2026))
    body = order(signed, "jm-mobile", await defective(callers, moving, signed, "jm-mobile", 1))
    answers = await asyncio.gather(*(parks(callers).post("/v1/cases", json=body) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
    refused = next(one.json() for one in answers if one.status_code == 409)
    given = next(one.json() for one in answers if one.status_code == 201)
    assert (refused["type"], refused["caseId"]) == ("urn:lianban:problem:already-done", given["caseId"])


async def test_an_order_without_a_defect_under_a_commitment_is_refused(callers: Callers) -> None:
    bare = case("supervision", "rectification.ordered", utility="jm-water", department=PARKS, defect="逾期", dueOn="2026-06-10")
    answer = await parks(callers).post("/v1/cases", json=bare)
    assert (answer.status_code, answer.json()["field"]) == (422, "commitment")
    made_up = order({"caseId": str(uuid4())}, "jm-water", 3)
    assert (await parks(callers).post("/v1/cases", json=made_up)).status_code == 404


async def test_an_interview_on_another_ground_is_arranged_seen_and_held(callers: Callers, moving: Clock) -> None:
    housing, unicom = callers("inspector", HOUSING), callers("utility", "jm-unicom")
    told = {"party": "jm-unicom", "by": HOUSING, "ground": "用户反映停网不告知", "heldFor": "2026-06-05T09:00:00+08:00", "place": "二楼"}
    unknown = [{"findingId": str(uuid4()), "caseId": str(uuid4())}]
    refused = await housing.post("/v1/cases", json=case("supervision", "interview.arranged", **told, findings=unknown))
    assert (refused.status_code, "there is no finding" in refused.json()["detail"]) == (404, True)
    arranged = await opened(housing, case("supervision", "interview.arranged", **told))
    [seen] = await listed(unicom)
    assert (seen["kind"], seen["steps"][0]["text"], seen["steps"][0]["printed"]) == ("arranged", "用户反映停网不告知", "arranged")
    moving.advance(days=2)
    housing = callers("inspector", HOUSING)  # the token of two days ago has expired
    await done(housing, arranged, "interview.held", party="jm-unicom", by=HOUSING, attended=["客服经理"], outcome="提前告知")
    [seen] = await listed(housing, party="jm-unicom", step="interview.held")
    assert (seen["steps"][-1]["attended"], seen["next"]) == (["客服经理"], None)


async def test_daye_knows_no_ladder(callers: Callers) -> None:
    bureau = callers("department", "dy-cgj", DAYE)
    about = {"utility": "dy-water", "department": "dy-cgj", "commitment": str(uuid4()), "defectSeq": 3}
    ordered = case("supervision", "rectification.ordered", defect="沉降", dueOn="2026-06-10", **about) | {"city": DAYE}
    assert (await bureau.post("/v1/cases", json=ordered)).status_code == 403
    arranged = {"party": "dy-water", "by": "dy-cgj", "ground": "沉降", "heldFor": "2026-06-05T09:00:00+08:00", "place": "二楼"}
    talk = case("supervision", "interview.arranged", **arranged) | {"city": DAYE}
    assert (await bureau.post("/v1/cases", json=talk)).status_code == 403
    assert await listed(callers("coordinator", "dy-ysb", DAYE)) == []


async def test_a_department_plans_its_supervision_and_draws_works_that_anybody_can_draw_again(callers: Callers, moving: Clock) -> None:
    power = callers("utility", "jm-power")
    signed = await opened(power, commitment("jm-power", 2026))
    works = []
    for _ in range(2):
        found = await surveyed(callers, "jm-power")
        notice = {"utility": "jm-power", "departments": [PARKS], "commitment": signed["caseId"]}
        await done(power, found, "commitment.notified", **notice)
        works.append(found["caseId"])
    shares = {"department": PARKS, "year": 2026, "title": "2026年监管方案", "low": 34, "middle": 50, "high": 100}
    plan = await opened(parks(callers), case("oversight", "supervision.planned", **shares, items=["围挡", "路面恢复"]))
    again = await parks(callers).post("/v1/cases", json=case("oversight", "supervision.planned", **shares))
    assert (again.status_code, again.json()["type"]) == (409, "urn:lianban:problem:already-done")
    moving.advance(minutes=1)
    await done(parks(callers), plan, "sample.drawn", department=PARKS, seed="福彩2026061")
    [shown] = (await callers.coordinator().get("/v1/inspection-plans", params={"department": PARKS, "year": "2026"})).json()["items"]
    [stratum] = shown["draws"][0]["strata"]
    ranks = sorted((hashlib.sha256(f"福彩2026061 {one}".encode()).hexdigest(), one) for one in works)
    # 34 per cent of two works are 0.68: one
    assert (stratum["risk"], stratum["share"], stratum["works"]) == ("low", 34, 2)
    assert [(one["rank"], one["caseId"], one["inspected"]) for one in stratum["drawn"]] == [(*ranks[0], False)]
    both = {"department": PARKS, "utility": "jm-power", "inspectors": ["赵四"], "checked": [{"item": 1, "met": True}]}
    await done(parks(callers), signed, "inspection.held", **both, project=ranks[0][1])
    [shown] = (await parks(callers).get("/v1/inspection-plans")).json()["items"]
    assert [one["inspected"] for one in shown["draws"][0]["strata"][0]["drawn"]] == [True]
    moving.advance(minutes=1)
    suits = await record(parks(callers), plan, "sample.drawn", department=PARKS, seed="换一个")
    assert (suits.status_code, suits.json()["type"]) == (409, "urn:lianban:problem:out-of-order")
    assert (await power.get("/v1/inspection-plans")).json()["items"] == []
