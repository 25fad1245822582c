"""Credit files over HTTP: from a falsification to the repair, who sees what and when, and what the public platform is told."""

from datetime import timedelta

import httpx
import pytest
from litestar import Litestar

from auditor.credit.expiring import expire
from casework.program import read_context
from domain.schemes.enforcement import Role
from tests.api.callers import CREDIT_CODE, DAYE, JINGMEN, Body, Callers, opened, record
from tests.api.records import DOCUMENT, ITEM, PENALTY, SOMEBODY, UTILITY, WEDNESDAY, decided, done, entry, falsified, shown
from tests.conftest import Clock

MEASURE = {"measuresList": "全国失信惩戒措施基础清单（2022年版）", "number": "2", "law": "招标投标法第五十四条", "text": "限制参加投标"}


async def records(client: httpx.AsyncClient, **asked: str) -> list[Body]:
    answer = await client.get("/v1/credit-records", params={"limit": "200"} | asked)
    assert answer.status_code == 200, answer.text
    items: list[Body] = answer.json()["items"]
    return items


def ids(items: list[Body]) -> set[str]:
    return {item["caseId"] for item in items}


async def told(client: httpx.AsyncClient, part: str = "others", after: str | None = None) -> tuple[list[Body], str | None]:
    """Everything behind a cursor, page by page, and the cursor then."""
    lines: list[Body] = []
    while True:
        page = await client.get("/v1/credit-records/changes", params={"part": part, "limit": "2"} | ({"after": after} if after else {}))
        assert page.status_code == 200, page.text
        lines += page.json()["items"]
        after = page.json()["next"]
        if not page.json()["more"]:
            return lines, after


@pytest.fixture(autouse=True)
def _in_june_2023(moving: Clock, _rewound: None) -> None:
    moving.move_to(WEDNESDAY)


async def test_a_falsification_goes_into_the_file_is_shown_used_and_repaired(callers: Callers, moving: Clock) -> None:
    suspicion = await falsified(callers, "jm-water")
    case = await opened(callers("inspector", "jm-fgw"), entry(subject=UTILITY, party="jm-water", suspicion=suspicion))
    # nobody but the office knows of it, until the subject is notified
    assert case["caseId"] not in ids(await records(callers.water()))
    assert (await callers.water().get(f"/v1/credit-records/{case['caseId']}")).status_code == 404
    assert (await callers("department", "jm-cgw").get(f"/v1/credit-records/{case['caseId']}")).status_code == 404
    _, before = await told(callers.coordinator())
    await decided(callers, case, moving)
    assert case["caseId"] in ids(await records(callers.water(), state="entered"))
    assert case["caseId"] not in ids(await records(callers("utility", "jm-gas")))
    await shown(callers, case)
    [line], cursor = await told(callers.coordinator(), after=before)
    assert (line["change"], line["how"], line["on"], line["until"]) == ("put", "published", "2023-06-09", "2023-09-09")
    assert (line["creditCode"], line["grade"], line["itemNumber"], line["documentNumber"]) == (
        CREDIT_CODE,
        "general",
        "3.12",
        "荆审改〔2023〕3号",
    )
    await done(callers("department", "jm-cgw"), case, "measure.entered", department="jm-cgw", on="2023-06-09", **MEASURE)
    whole = (await callers("department", "jm-cgw").get(f"/v1/credit-records/{case['caseId']}")).json()
    assert [(one["departmentName"], one["law"], one["inForce"]) for one in whole["measures"]] == [
        ("荆门市城市管理委员会", "招标投标法第五十四条", True)
    ]
    assert (whole["clause"], whole["statement"], whole["decidedBy"]) == ("八(四)", "照片由分包单位提供", "jm-spj")
    moving.advance(days=3)
    await done(callers("supervisor", "jm-spj"), case, "credit.repaired", by="jm-spj", on="2023-06-12", reason="已整改")
    repaired = (await callers("inspector", "jm-fgw").get(f"/v1/credit-records/{case['caseId']}")).json()
    assert (repaired["state"], repaired["endedOn"], repaired["endedBecause"]) == ("repaired", "2023-06-12", "repaired")
    assert [one["inForce"] for one in repaired["measures"]] == [False]
    [gone], _ = await told(callers.coordinator(), after=cursor)
    assert {name: value for name, value in gone.items() if value is not None and name != "cursor"} == {
        "change": "delete",
        "caseId": case["caseId"],
        "how": "published",
        "because": "repaired",
        "endedOn": "2023-06-12",
    }
    # whoever reads the file from its start is told to delete it, and nothing of what it said
    lines, _ = await told(callers.coordinator())
    assert [one["change"] for one in lines if one["caseId"] == case["caseId"]] == ["delete"]


async def test_an_entry_without_its_catalogue_item_stays_a_note_and_is_in_no_export(callers: Callers, moving: Clock) -> None:
    case = await opened(callers("inspector", "jm-fgw"), entry(item=None))
    served = {"servedAt": moving().isoformat(), "statementUntil": "2023-06-14T18:00:00+08:00"}
    refused = await record(callers("inspector", "jm-fgw"), case, "credit.notified", by="jm-fgw", **served)
    assert (refused.status_code, refused.json()["missing"], refused.json()["lacks"]) == (409, ["credit.completed"], ["item"])
    assert case["caseId"] in ids(await records(callers("inspector", "jm-fgw"), state="note"))
    assert (
        await record(callers("supervisor", "jm-spj"), case, "credit.decided", by="jm-spj", outcome="entered", reason="x")
    ).status_code == 409
    lines, _ = await told(callers.coordinator())
    assert case["caseId"] not in {line["caseId"] for line in lines}
    await done(callers("inspector", "jm-fgw"), case, "credit.completed", by="jm-fgw", item=ITEM, restsOn=DOCUMENT)
    await done(callers("inspector", "jm-fgw"), case, "credit.notified", by="jm-fgw", **served)


async def test_a_person_is_masked_everywhere_never_published_and_shared_apart(callers: Callers, moving: Clock) -> None:
    case = await opened(callers("inspector", "jm-fgw"), entry(subject=SOMEBODY))
    await decided(callers, case, moving)
    never = await record(callers.coordinator(), case, "credit.published", by="jm-spj", how="published", on="2023-06-09", until="2023-09-09")
    assert (never.status_code, "never published" in never.json()["detail"]) == (403, True)
    await shown(callers, case, how="shared")
    [item] = [one for one in await records(callers.coordinator()) if one["caseId"] == case["caseId"]]
    assert (item["name"], item["idNumber"], item["creditCode"], item["how"]) == ("张**", "110***********002X", None, "shared")
    lines, _ = await told(callers.coordinator())
    [line] = [one for one in lines if one["caseId"] == case["caseId"]]
    assert (line["how"], line["name"], line["idNumber"]) == ("shared", "张**", "110***********002X")
    fed = (await callers.coordinator().get("/v1/events", params={"limit": "200"})).text
    assert "张三丰" not in fed
    assert "sealed:" not in fed
    whole = await callers.coordinator().post(f"/v1/cases/{case['caseId']}/personal-data", json={"reason": "向公共信用平台报送"})
    assert [one["value"] for one in whole.json()["items"]] == ["张三丰", "11010519491231002X"]


async def test_penalties_are_told_apart(callers: Callers, moving: Clock) -> None:
    unmarked = await callers("inspector", "jm-fgw").post("/v1/cases", json=entry(restsOn=PENALTY))
    assert (unmarked.status_code, "say so by 'penalty'" in unmarked.json()["detail"]) == (422, True)
    case = await opened(callers("inspector", "jm-fgw"), entry(restsOn=PENALTY, penalty=True))
    await decided(callers, case, moving)
    await shown(callers, case)
    assert case["caseId"] in {line["caseId"] for line in (await told(callers.coordinator(), "penalties"))[0]}
    assert case["caseId"] not in {line["caseId"] for line in (await told(callers.coordinator()))[0]}


async def test_a_window_that_has_ended_is_deleted_whether_or_not_the_auditor_wrote_it_down(
    app: Litestar, callers: Callers, moving: Clock
) -> None:
    case = await opened(callers("inspector", "jm-fgw"), entry())
    await decided(callers, case, moving)
    await shown(callers, case)
    program = app.state.program
    moving.move_to(WEDNESDAY + timedelta(days=94))  # 9 September, the last day
    assert await expire(program.db, await read_context(program.db, program.books, moving())) == 0
    moving.advance(days=1)
    assert case["caseId"] in ids(await records(callers.coordinator(), state="expired"))
    assert case["caseId"] not in ids(await records(callers.coordinator(), state="shown"))
    assert case["caseId"] not in {line["caseId"] for line in (await told(callers.coordinator()))[0]}, (
        "nobody is told anew of what has ended"
    )
    assert await expire(program.db, await read_context(program.db, program.books, moving())) >= 1
    assert await expire(program.db, await read_context(program.db, program.books, moving())) == 0
    [line] = [one for one in (await told(callers.coordinator()))[0] if one["caseId"] == case["caseId"]]
    assert (line["change"], line["because"], line["endedOn"]) == ("delete", "expired", "2023-09-10")


async def test_a_withdrawn_entry_is_deleted_everywhere(callers: Callers, moving: Clock) -> None:
    case = await opened(callers("inspector", "jm-fgw"), entry())
    await decided(callers, case, moving)
    await shown(callers, case)
    withdrawn = {"by": "jm-spj", "reason": "决定书被撤销"}
    same = await record(callers("supervisor", "jm-spj"), case, "credit.withdrawn", **withdrawn)
    assert (same.status_code, "two pairs of eyes" in same.json()["detail"]) == (403, True)
    await done(callers("supervisor", "jm-spj", account="another"), case, "credit.withdrawn", **withdrawn)
    lines, _ = await told(callers.coordinator())
    assert [(one["change"], one["because"]) for one in lines if one["caseId"] == case["caseId"]] == [("delete", "withdrawn")]


async def test_a_missed_deadline_is_no_broken_commitment(callers: Callers) -> None:
    answer = await callers("inspector", "jm-fgw").post(
        "/v1/cases", json=entry(subject=UTILITY, party="jm-water", conduct="commitment-not-honoured")
    )
    assert (answer.status_code, answer.json()["missing"]) == (409, ["rectification.judged"])
    assert "a missed deadline is no broken commitment" in answer.json()["detail"]


async def test_entries_are_listed_by_what_they_are_known_by_in_pages(callers: Callers) -> None:
    fgw, office = callers("inspector", "jm-fgw"), callers.coordinator()
    made = {(await opened(fgw, entry(item=ITEM | {"grade": "serious"})))["caseId"] for _ in range(3)}
    same = {"city": JINGMEN, "state": "proposed", "grade": "serious", "role": "construction", "creditCode": CREDIT_CODE}
    for name, value in same.items():
        assert made <= ids(await records(office, **{name: value})), name
    other = {"city": DAYE, "state": "refused", "grade": "minor", "role": "design", "creditCode": "91420800MA000012XL"}
    for name, value in other.items():
        assert made.isdisjoint(ids(await records(office, **{name: value}))), name
    seen, path = [], "/v1/credit-records?limit=2&grade=serious"
    while path:
        answer = await office.get(path)
        seen += [item["caseId"] for item in answer.json()["items"]]
        path = answer.links["next"]["url"] if answer.json()["next"] else ""
    assert len(seen) == len(set(seen)) == 3
    elsewhere = await callers("coordinator", "dy-cgj", DAYE).get("/v1/credit-records")
    assert elsewhere.json() == {"items": [], "next": None}
    assert (await office.get("/v1/credit-records/changes", params={"city": DAYE})).json() == {"items": [], "next": None, "more": False}


async def test_another_kind_of_case_is_no_credit_record(callers: Callers) -> None:
    case = await opened(callers.window())
    assert (await callers.coordinator().get(f"/v1/credit-records/{case['caseId']}")).status_code == 404


@pytest.mark.parametrize("role", ["coordinator", "window", "registrar", "utility", "department", "inspector", "finance", "portal", "admin"])
async def test_none_but_a_supervisor_decides_repairs_or_withdraws(callers: Callers, moving: Clock, role: Role) -> None:
    case = await opened(callers("inspector", "jm-fgw"), entry())
    acts: dict[str, Body] = {
        "credit.decided": {"outcome": "entered", "reason": "x"},
        "credit.repaired": {"on": "2023-06-09", "reason": "x"},
        "credit.withdrawn": {"reason": "x"},
    }
    await decided(callers, case, moving)
    for tag, fields in acts.items():
        answer = await record(callers(role, "jm-spj"), case, tag, by="jm-spj", **fields)
        assert answer.status_code == (404 if role == "portal" else 403), (tag, answer.text)


async def test_the_auditors_acts_are_nobodys_to_write(callers: Callers) -> None:
    case = await opened(callers("inspector", "jm-fgw"), entry())
    answer = await record(callers("supervisor", "jm-spj"), case, "credit.expired", on="2023-06-09")
    assert answer.status_code == 400


async def test_a_portal_hears_nothing_of_credit(callers: Callers) -> None:
    await opened(callers("inspector", "jm-fgw"), entry())
    portal = callers("portal", "hb-portal")
    assert (await portal.get("/v1/credit-records")).status_code == 403
    assert (await portal.get("/v1/credit-records/changes")).status_code == 403
    assert "credit." not in (await portal.get("/v1/events", params={"limit": "200"})).text


async def test_in_daye_no_entry_of_a_credit_file_can_arise(callers: Callers) -> None:
    for role, party in (("coordinator", "dy-cgj"), ("inspector", "dy-ysb"), ("department", "dy-cgj"), ("supervisor", "dy-cgj")):
        answer = await callers(role, party, DAYE).post("/v1/cases", json=entry(by=party) | {"city": DAYE})  # type: ignore[arg-type]  # roles all
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:lianban:problem:not-allowed"), answer.text
        assert "not recorded by people under daye-2023" in answer.json()["detail"]
