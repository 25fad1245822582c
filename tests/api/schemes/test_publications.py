"""What is published of each plan is open to everybody: its rules, guide, forms, places, hours, complaint channels and the law it cites."""

import httpx

from tests.api.callers import Body


async def published(anybody: httpx.AsyncClient, city: str) -> Body:
    answer = await anybody.get(f"/v1/publications?city={city}")
    assert answer.status_code == 200, answer.text
    (plan,) = answer.json()["items"]
    found: Body = plan
    return found


async def test_everybody_reads_jingmens_plan_guide_and_hours(anybody: httpx.AsyncClient) -> None:
    plan = await published(anybody, "420800")
    assert (plan["title"], plan["issuedOn"]) == ("荆门市中心城区 2023 年“水气热电网”联动接入实施方案（试行）", "2023-05-12")
    assert (plan["hours"], plan["hoursCite"]["clause"]) == ([["08:30", "12:00"], ["14:30", "18:00"]], "六(四)")
    assert (plan["applicants"], plan["applicantsCite"]["clause"]) == (["enterprise"], "二")
    guides = {guide["title"]: {rule["title"]: rule for rule in guide["rules"]} for guide in plan["guides"]}
    assert list(guides) == ["申请", "联合踏勘", "并联审批", "接入", "服务", "监管", "资金"]
    approval = guides["并联审批"]["并联审批3个工作日办结"]
    assert (approval["limit"], approval["statutory"]) == ("3wd", "20wd")
    assert approval["cites"][0]["quote"] == "通过市政务服务网实现行政审批并联协同,全流程线上流转,3个工作日办结"
    assert (await anybody.get(plan["whole"])).status_code == 200


async def test_the_halls_stand_with_their_addresses_as_the_plan_writes_them(anybody: httpx.AsyncClient) -> None:
    places = {place["name"]: place for place in (await published(anybody, "420800"))["places"]}
    # 六(三)1、2
    assert "掇刀区炼厂路石化小观园南侧 30m" in places["掇刀区共享营业厅"]["cite"]["quote"]
    assert "白云大道 62 号" in places["东宝区共享营业厅"]["cite"]["quote"]
    assert {places[name]["kind"] for name in ("掇刀区共享营业厅", "东宝区共享营业厅")} == {"hall"}
    assert (places["湖北政务服务网"]["kind"], places["湖北政务服务网"]["hours"]) == ("portal", [])


async def test_complaint_channels_and_the_law_are_those_of_the_plan(anybody: httpx.AsyncClient) -> None:
    plan = await published(anybody, "420800")
    assert plan["complaintChannels"][:2] == ["各级政府官网", "政务中心窗口"]
    assert plan["complaintsCite"]["clause"] == "五(四)"
    laws = {law["document"]: [clause["clause"] for clause in law["clauses"]] for law in plan["laws"]}
    assert {"第四十二条第一款", "第四十五条"} <= set(laws["中华人民共和国行政许可法"])


async def test_every_form_has_a_blank_that_everybody_gets(anybody: httpx.AsyncClient) -> None:
    for city in ("420800", "420281"):
        forms = {form["form"]: form for form in (await published(anybody, city))["forms"]}
        assert forms["demand"]["annex"] == "附件2"
        assert "地址" in "".join(forms["demand"]["required"])
        assert forms["sheet"]["fillable"] is None
        assert (await anybody.get(forms["demand"]["fillable"])).headers["content-type"] == "application/pdf"
        for form in forms.values():
            assert (await anybody.get(form["blank"])).headers["content-type"] == "application/pdf", form["form"]


async def test_without_a_city_every_plan_is_published(anybody: httpx.AsyncClient) -> None:
    items = (await anybody.get("/v1/publications")).json()["items"]
    assert [item["scheme"] for item in items] == ["daye-2023", "jingmen-2023"]
    assert (await anybody.get("/v1/publications?city=110000")).json()["items"] == []
