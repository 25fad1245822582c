"""A report (举报) is closed to the party that it is about and to portals; a complaint (投诉) opens to its party when that is asked."""

from tests.api.callers import JINGMEN, Body, Callers, opened, record


def complaint(form: str, about: str) -> Body:
    act = {"act": "complaint.received", "form": form, "channel": "12345", "about": about, "businessEnvironment": True}
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
