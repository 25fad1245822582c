"""What a party may go on seeing, attacked over HTTP: ended credit records, another's evidence, the people of an interview."""

from urllib.parse import quote

import httpx
from litestar import Litestar

from tests.api.callers import JINGMEN, Body, Callers, opened
from tests.api.process import Office, taken
from tests.api.records import WEDNESDAY, decided, done, entry, shown
from tests.conftest import Clock

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PARKS = "jm-cgw"


async def acts_in_feed(client: httpx.AsyncClient, case: Body) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        page = (await client.get("/v1/events", params={"limit": 200} | ({"after": after} if after else {}))).json()
        found += [one["entry"]["act"] for one in page["items"] if one["caseId"] == case["caseId"] and one["entry"]]
        if not page["more"]:
            return found
        after = page["next"]


async def test_a_department_hears_that_a_credit_record_has_ended_and_uses_it_no_more(callers: Callers, moving: Clock) -> None:
    moving.move_to(WEDNESDAY)
    case = await opened(callers("inspector", "jm-fgw"), entry())
    one = f"/v1/credit-records/{case['caseId']}"
    await decided(callers, case, moving)
    await shown(callers, case)
    parks = callers("department", PARKS)
    assert (await parks.get(one)).json()["facts"] == "竣工照片系伪造"
    assert case["caseId"] in (await parks.get("/v1/credit-records")).text
    moving.advance(days=1)
    other = callers("supervisor", "jm-spj", account="another")
    await done(other, case, "credit.withdrawn", by="jm-spj", reason="照片系真")
    parks = callers("department", PARKS)
    for address in (one, f"/v1/cases/{case['caseId']}", f"/v1/cases/{case['caseId']}/acts", f"/v1/cases/{case['caseId']}/documents"):
        assert (await parks.get(address)).status_code == 404
    assert case["caseId"] not in (await parks.get("/v1/credit-records")).text
    assert await acts_in_feed(parks, case) == ["credit.withdrawn"]
    assert (await callers("window", "jm-spj").get(one)).json()["state"] == "withdrawn"


async def test_who_took_a_measure_goes_on_seeing_what_it_rested_on(callers: Callers, moving: Clock) -> None:
    moving.move_to(WEDNESDAY)
    case = await opened(callers("inspector", "jm-fgw"), entry())
    await decided(callers, case, moving)
    await shown(callers, case)
    measure = {
        "measuresList": "全国失信惩戒措施基础清单（2022年版）",
        "number": "4",
        "law": "《某某法》第九条",
        "text": "限制",
        "on": "2023-06-09",
    }
    await done(callers("department", PARKS), case, "measure.entered", department=PARKS, **measure)
    moving.move_to(WEDNESDAY.replace(month=9, day=20))  # its window ended on the 9th
    listed = {party: (await callers("department", party).get("/v1/credit-records")).text for party in (PARKS, "jm-zgj")}
    assert case["caseId"] in listed[PARKS]
    assert case["caseId"] not in listed["jm-zgj"]


async def test_the_evidence_of_an_objection_is_not_for_the_others_of_the_case(app: Litestar, callers: Callers, moving: Clock) -> None:
    office = Office(app, callers, moving)
    case, finding = await office.notified()
    water, gas = callers.water(), callers("utility", "jm-gas")
    names = ("现场照片.pdf", "异议说明.pdf")
    sent = [
        await water.post(
            f"/v1/documents?caseId={case['caseId']}&name={quote(name)}",
            content=PDF + name.encode(),
            headers={"content-type": "application/pdf"},
        )
        for name in names
    ]
    open_to_all, evidence = [one.json()["documentId"] for one in sent]
    await taken(water, finding, "objections", text="用户当日未在场", documents=[evidence])
    paths = (f"/v1/cases/{case['caseId']}/documents", f"/v1/cases/{case['caseId']}/acts?limit=200", "/v1/events?limit=200")
    for client, sees in ((gas, False), (callers.window(), False), (water, True), (callers.coordinator(), True)):
        for path in paths:
            answer = await client.get(path)
            assert (evidence in answer.text, open_to_all in answer.text) == (sees, True), (path, sees)
        assert (await client.get(f"/v1/documents/{evidence}")).status_code == (200 if sees else 404)
        assert (await client.get(f"/v1/documents/{open_to_all}")).status_code == 200


async def test_the_feed_names_nobody_who_is_asked_about_an_interview_or_came(callers: Callers, moving: Clock) -> None:
    called = {"act": "interview.arranged", "party": "jm-water", "by": "jm-zjj", "ground": "多次违规", "place": "三楼"}
    called |= {"heldFor": "2026-06-05T09:00:00+08:00", "contact": "王小明 13975318642"}
    case = await opened(callers("inspector", "jm-zjj"), {"kind": "supervision", "city": JINGMEN, "body": called})
    moving.advance(days=3)
    held = {"party": "jm-water", "by": "jm-zjj", "attended": ["李大海"], "outcome": "限期整改"}
    await done(callers("inspector", "jm-zjj"), case, "interview.held", **held)
    for client in (callers.water(), callers.coordinator(), callers("inspector", "jm-fgw")):
        fed = (await client.get("/v1/events?limit=200")).text
        assert case["caseId"] in fed
        assert [one for one in ("王小明", "13975318642", "李大海") if one in fed] == []
        assert "李大海" in (await client.get("/v1/supervision")).text
