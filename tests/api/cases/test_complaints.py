"""A report (举报) is closed to the party that it is about and to portals; a complaint (投诉) opens to its party when that is asked."""

from base64 import b64decode
from datetime import timedelta

from tests.api.callers import JINGMEN, Body, Callers, opened, record
from tests.conftest import Clock


def complaint(form: str, about: str, *, business: bool = True) -> Body:
    act = {"act": "complaint.received", "form": form, "channel": "12345", "about": about, "businessEnvironment": business}
    return {"kind": "complaint", "city": JINGMEN, "body": act | {"class": "general", "subject": "拖延"}}


async def test_a_report_is_closed_to_the_party_that_it_is_about(callers: Callers) -> None:
    case = await opened(callers("inspector", "jm-fgw"), complaint("report", "jm-spj"))
    assert "jm-spj" not in case["parties"]
    for role in ("coordinator", "window", "department", "supervisor"):
        accused = callers(role, "jm-spj")
        for path in ("", "/acts", "/deadlines"):
            assert (await accused.get(f"/v1/cases/{case['caseId']}{path}")).status_code == 404
        assert (await record(accused, case, "remark.made", text="?")).status_code == 404
        assert case["caseId"] not in (await accused.get("/v1/cases?kind=complaint&limit=200")).text
        assert case["caseId"] not in (await accused.get("/v1/events?limit=200")).text
    assert (await callers("inspector", "jm-fgw").get(f"/v1/cases/{case['caseId']}")).status_code == 200
    assert case["caseId"] in (await callers("inspector", "jm-zjj").get("/v1/events?limit=200")).text


async def test_a_complaint_opens_to_its_party_when_that_is_asked_for_a_statement(callers: Callers) -> None:
    inspector, water = callers("inspector", "jm-fgw"), callers.water()
    case = await opened(inspector, complaint("complaint", "jm-water"))
    assert (await water.get(f"/v1/cases/{case['caseId']}")).status_code == 404
    assert (await record(inspector, case, "complaint.accepted", body="jm-fgw")).status_code == 201
    assert (await record(inspector, case, "statement.asked", of="jm-water")).status_code == 201
    assert (await water.get(f"/v1/cases/{case['caseId']}")).status_code == 200


async def test_no_report_reaches_a_portal_though_it_was_made_there(callers: Callers) -> None:
    portal = callers("portal", "hb-portal")
    case = await opened(portal, complaint("report", "jm-water"))
    for path in ("", "/acts", "/deadlines", "/sign-offs"):
        assert (await portal.get(f"/v1/cases/{case['caseId']}{path}")).status_code == 404
    assert case["caseId"] not in (await portal.get("/v1/cases?kind=complaint&limit=200")).text
    assert case["caseId"] not in (await portal.get("/v1/events?limit=200")).text
    assert (await callers("inspector", "jm-fgw").get(f"/v1/cases/{case['caseId']}")).status_code == 200


async def test_complaints_that_touch_the_business_environment_are_found_apart(callers: Callers) -> None:
    reform = callers("inspector", "jm-fgw")
    urgent, other = [await opened(reform, complaint("complaint", "jm-gas", business=business)) for business in (True, False)]
    for asked, here, gone in (("true", urgent, other), ("false", other, urgent)):
        listed = (await reform.get(f"/v1/cases?kind=complaint&businessEnvironment={asked}&limit=200")).text
        assert here["caseId"] in listed
        assert gone["caseId"] not in listed
    assert (await reform.get("/v1/cases?kind=enquiry&businessEnvironment=true")).json()["items"] == []
    assert (await reform.get("/v1/cases?businessEnvironment=maybe")).status_code == 400


async def test_a_complaint_that_another_body_takes_over_says_why(callers: Callers) -> None:
    reform, housing = callers("inspector", "jm-fgw"), callers("inspector", "jm-zjj")
    case = await opened(reform, complaint("complaint", "jm-gas"))
    assert (await record(reform, case, "complaint.accepted", body="jm-fgw")).status_code == 201
    assert (await record(housing, case, "complaint.accepted", body="jm-zjj")).status_code == 422
    taken = await record(housing, case, "complaint.accepted", body="jm-zjj", reason="属住建局职责")
    states = [(clock["keys"], clock["state"]) for clock in taken.json()["deadlines"]]
    assert states == [(["jm-fgw"], "void"), (["jm-zjj"], "running")]


async def test_the_plan_says_where_complaints_are_taken_and_any_other_way_is_taken_too(callers: Callers) -> None:
    """五(四): six kinds of places; the hotline of these tests is none of them."""
    plan = (await callers.window().get("/v1/schemes/jingmen-2023")).json()
    assert plan["complaintChannels"] == [
        "各级政府官网", "政务中心窗口", "各级住建局", "市发改委", "市自然资源和规划局", "市市场监管局微信公众号",
    ]  # fmt: skip
    assert "12345" not in plan["complaintChannels"]


async def test_who_reported_is_seen_by_the_body_that_handles_it_alone(callers: Callers) -> None:
    reform, housing = callers("inspector", "jm-fgw"), callers("inspector", "jm-zjj")
    body = complaint("report", "jm-gas")
    body["body"]["reporter"] = {"name": "张三丰", "phone": "13812341234"}
    case = await opened(reform, body)
    ledger = f"/v1/cases/{case['caseId']}/acts"
    for other in (reform, housing, callers.coordinator()):
        assert "张" not in (await other.get(ledger)).text
    assert (await record(housing, case, "complaint.accepted", body="jm-zjj")).status_code == 201
    seen = (await housing.get(ledger)).text
    assert "张**" in seen
    assert "138****1234" in seen
    for path in (ledger, f"/v1/cases/{case['caseId']}/registers", "/v1/events?limit=200"):
        for other in (reform, callers.coordinator()):
            text = (await other.get(path)).text
            assert "张" not in text
            assert "****1234" not in text
            assert "13812341234" not in text


async def test_no_page_of_a_list_betrays_a_report_by_its_end(callers: Callers, moving: Clock) -> None:
    """A page cut behind something hidden would name it: the cursor holds the moment and the id of the last that was looked at."""
    reform, accused = callers("inspector", "jm-fgw"), callers("supervisor", "jm-spj")
    moving.move_to(moving() + timedelta(minutes=1))
    seen = await opened(reform, complaint("complaint", "jm-gas"))
    moving.move_to(moving() + timedelta(minutes=1))
    report = await opened(reform, complaint("report", "jm-spj"))
    for path in ("/v1/cases?kind=complaint&limit=1", "/v1/registers?limit=1"):
        page = (await accused.get(path)).json()
        assert report["caseId"].replace("-", "").encode() not in b64decode(f"{page['next'] or ''}==", altchars=b"-_")
        assert len(page["items"]) == 1
    assert (await accused.get("/v1/cases?kind=complaint&limit=1")).json()["items"][0]["caseId"] == seen["caseId"]
    assert (await reform.get("/v1/cases?kind=complaint&limit=1")).json()["items"][0]["caseId"] == report["caseId"]
    portal = callers("portal", "hb-portal")
    own = await opened(portal, complaint("report", "jm-water"))
    assert own["caseId"].replace("-", "") not in (await portal.get("/v1/cases?limit=1")).text
    assert (await portal.get("/v1/cases?kind=complaint&limit=1")).json() == {"items": [], "next": None}
