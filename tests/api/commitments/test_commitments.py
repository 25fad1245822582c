"""Works under an annual commitment go without prior review; a commitment that is not in force carries none."""

from uuid import uuid4

import httpx

from tests.api.callers import JINGMEN, Body, Callers, opened, record
from tests.conftest import Clock


def commitment(utility: str, year: int, standard: str = "2026 版") -> Body:
    act = {"act": "commitment.signed", "utility": utility, "department": "jm-cgw", "year": year}
    return {"kind": "commitment", "city": JINGMEN, "body": act | {"standard": standard, "document": "告知承诺书"}}


async def surveyed(callers: Callers, utility: str) -> Body:
    case = await opened(callers.window())
    works = {"place": "白云大道", "utilities": [utility], "metres": 120, "does": ["pavement-excavation"]}
    survey = {"calledBy": "jm-spj", "participants": ["jm-water", "jm-gas"], "surveyed": [{"utility": utility, "feasible": True}]}
    answer = await record(callers.coordinator(), case, "survey.held", **survey, works=[works])
    assert answer.status_code == 201, answer.text
    return case


async def test_works_under_a_commitment_are_notified_and_decided_at_once(callers: Callers) -> None:
    signed = await opened(callers.water(), commitment("jm-water", 2026))
    case = await surveyed(callers, "jm-water")
    notice = {"utility": "jm-water", "departments": ["jm-cgw"], "commitment": signed["caseId"]}
    answer = await record(callers.water(), case, "commitment.notified", **notice)
    assert answer.status_code == 201, answer.text
    # J-02: at once is thirty minutes of office time from 10:00.
    due = {(one["rule"], one["party"]): one["dueAt"] for one in answer.json()["deadlines"]}
    assert due["commitment-decision", "jm-cgw"] == "2026-06-03T02:30:00Z"


async def test_without_a_commitment_for_the_year_there_is_no_such_route(callers: Callers) -> None:
    await opened(callers("utility", "jm-gas"), commitment("jm-gas", 2025))
    case = await surveyed(callers, "jm-gas")
    notice = {"utility": "jm-gas", "departments": ["jm-cgw"], "commitment": "2025"}
    answer = await record(callers("utility", "jm-gas"), case, "commitment.notified", **notice)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:lianban:problem:not-covered")


async def test_a_second_commitment_for_the_same_year_is_refused(callers: Callers) -> None:
    heat = callers("utility", "jm-heat-zhongjing")
    await opened(heat, commitment("jm-heat-zhongjing", 2026))
    assert (await heat.post("/v1/cases", json=commitment("jm-heat-zhongjing", 2026))).status_code == 409


async def test_no_works_go_under_a_suspended_commitment_until_it_is_restored(callers: Callers) -> None:
    power, cgw = callers("utility", "jm-power"), callers("department", "jm-cgw")
    signed = await opened(power, commitment("jm-power", 2026))
    case = await surveyed(callers, "jm-power")
    notice = {"utility": "jm-power", "departments": ["jm-cgw"], "commitment": signed["caseId"]}
    assert (await record(cgw, signed, "commitment.suspended", basis="《中华人民共和国行政许可法》第六十九条")).status_code == 201
    assert (await record(power, case, "commitment.notified", **notice)).json()["type"] == "urn:lianban:problem:not-covered"
    assert (await record(cgw, signed, "commitment.restored", basis="《中华人民共和国行政许可法》第六十九条，整改到位")).status_code == 201
    assert (await record(power, case, "commitment.notified", **notice)).status_code == 201


async def listed(client: httpx.AsyncClient, **asked: str) -> list[Body]:
    answer = await client.get("/v1/commitments", params=asked)
    assert answer.status_code == 200, answer.text
    items: list[Body] = answer.json()["items"]
    return items


async def test_the_signed_commitment_is_uploaded_to_its_case_and_shown_with_it(callers: Callers) -> None:
    """The act opens the case: until then there is nothing to upload to."""
    gas = callers("utility", "jm-gas")
    early = commitment("jm-gas", 2027)
    early["body"]["documents"] = [str(uuid4())]
    named = await gas.post("/v1/cases", json=early)
    assert (named.status_code, "unknown field `documents`" in named.json()["detail"]) == (400, True)
    signed = await opened(gas, commitment("jm-gas", 2027))
    about = {"caseId": signed["caseId"], "name": "告知承诺书.pdf"}
    paper = await gas.post("/v1/documents", params=about, content=b"%PDF-1.7 signed", headers={"content-type": "application/pdf"})
    assert paper.status_code == 201, paper.text
    [shown] = await listed(callers.coordinator(), utility="jm-gas", year="2027")
    assert (shown["document"], shown["documents"]) == ("告知承诺书", [paper.json()["documentId"]])
    assert (await callers("department", "jm-cgw").get(f"/v1/documents/{shown['documents'][0]}")).status_code == 200


async def test_a_commitment_shows_its_standard_officers_contractor_inspections_and_defects(callers: Callers, moving: Clock) -> None:
    mobile, cgw = callers("utility", "jm-mobile"), callers("department", "jm-cgw")
    earlier = await opened(callers("utility", "jm-unicom"), commitment("jm-unicom", 2026))
    items = ["围挡完整", "路面恢复平整", "绿化补植"]
    await record(cgw, earlier, "standard.published", department="jm-cgw", version="2026版", title="挖掘恢复标准", items=items)
    signed = await opened(mobile, commitment("jm-mobile", 2026))
    for name in ("王一", "王二"):
        moving.advance(minutes=1)
        assert (await record(mobile, signed, "officer.named", party="jm-mobile", name=name, post="报装专员")).status_code == 201
    assert (await record(cgw, signed, "officer.named", party="jm-cgw", name="陈三")).status_code == 201
    assert (await record(mobile, signed, "contractor.entrusted", contractor="某某管道工程公司", scope="白云大道")).status_code == 201
    held = {"department": "jm-cgw", "utility": "jm-mobile", "inspectors": ["赵四"], "project": "P1"}
    checked = [{"item": 1, "met": True}, {"item": 2, "met": False, "remark": "沉降"}]
    inspected = await record(cgw, signed, "inspection.held", **held, checked=checked)
    assert inspected.status_code == 201, inspected.text
    seq = inspected.json()["items"][0]["seq"]
    found = {"department": "jm-cgw", "utility": "jm-mobile", "item": 2, "text": "路面沉降", "inspectedSeq": seq}
    assert (await record(cgw, signed, "defect.found", **found)).status_code == 201
    [shown] = await listed(callers.coordinator(), utility="jm-mobile")
    # the standard was published once by the department, in another of its commitments, and is named by its version
    assert (shown["state"], shown["standardNamed"], shown["standard"]["items"]) == ("in-force", "2026 版", items)
    assert [(one["party"], one["name"], one["until"]) for one in shown["officers"]] == [
        ("jm-mobile", "王一", "2026-06-03T02:02:00Z"),
        ("jm-mobile", "王二", None),
        ("jm-cgw", "陈三", None),
    ]
    assert [one["contractor"] for one in shown["contractors"]] == ["某某管道工程公司"]
    assert (shown["lastInspection"]["unmet"], [one["item"] for one in shown["openDefects"]]) == (1, [2])
    answer = (await callers.coordinator().get("/v1/inspections", params={"utility": "jm-mobile", "from": "2026-06-03"})).json()
    assert [(one["project"], one["heldBy"], [d["text"] for d in one["defects"]]) for one in answer["items"]] == [
        ("P1", "jm-cgw", ["路面沉降"])
    ]
    moving.advance(minutes=5)
    await record(cgw, signed, "inspection.held", **held, checked=[{"item": 2, "met": True}])
    [mended] = await listed(callers.coordinator(), utility="jm-mobile")
    assert mended["openDefects"] == []


async def test_inspections_and_defects_rest_on_the_standard_and_on_each_other(callers: Callers) -> None:
    telecom, cgw = callers("utility", "jm-telecom"), callers("department", "jm-cgw")
    signed = await opened(telecom, commitment("jm-telecom", 2026, "2026 年修订版"))
    about = {"department": "jm-cgw", "utility": "jm-telecom"}
    await record(cgw, signed, "standard.published", department="jm-cgw", version="2026年修订版", items=["甲", "乙"])
    beyond = await record(cgw, signed, "inspection.held", **about, inspectors=["赵四"], checked=[{"item": 3, "met": True}])
    assert (beyond.status_code, "has 2 items" in beyond.json()["detail"]) == (422, True)
    early = await record(cgw, signed, "defect.found", **about, item=1, text="缺")
    assert (early.status_code, early.json()["missing"]) == (409, ["inspection.held"])
    await record(
        cgw, signed, "inspection.held", **about, inspectors=["赵四"], checked=[{"item": 1, "met": True}, {"item": 2, "met": False}]
    )
    met = await record(cgw, signed, "defect.found", **about, item=1, text="缺")
    assert (met.status_code, "item 1 not met" in met.json()["detail"]) == (409, True)
    assert (await record(cgw, signed, "defect.found", **about, item=2, text="缺")).status_code == 201
    strange = await record(cgw, signed, "inspection.held", department="jm-cgw", utility="jm-gas", inspectors=["赵四"])
    assert (strange.status_code, strange.json()["detail"]) == (
        422,
        "this is the commitment of jm-telecom to jm-cgw, not of jm-gas to jm-cgw",
    )
    other = await record(
        callers("department", "jm-zgj"), signed, "inspection.held", **about | {"department": "jm-zgj"}, inspectors=["赵四"]
    )
    assert other.status_code == 404


async def test_commitments_are_listed_page_by_page_by_year_state_and_party(callers: Callers) -> None:
    for year in (2024, 2025):
        await opened(callers.water(), commitment("jm-water", year))
    await opened(callers("utility", "jm-heat-zhongran"), commitment("jm-heat-zhongran", 2026))
    office = callers.coordinator()
    assert {one["year"] for one in await listed(office, utility="jm-water", state="ended")} == {2025, 2024}
    assert [one["utility"] for one in await listed(office, department="jm-cgw", year="2025", utility="jm-water")] == ["jm-water"]
    assert {one["utility"] for one in await listed(callers.water())} == {"jm-water"}
    assert await listed(office, city="420281") == []
    first = await office.get("/v1/commitments", params={"limit": "2", "state": "in-force"})
    seen, answer = first.json()["items"], first
    while answer.json()["next"]:
        answer = await office.get("/v1/commitments", params={"limit": "2", "state": "in-force", "after": answer.json()["next"]})
        seen += answer.json()["items"]
    whole = await listed(office, state="in-force")
    assert [one["caseId"] for one in seen] == [one["caseId"] for one in whole]
